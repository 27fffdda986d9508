import type { Boundary, Model } from '../vocabulary/model.ts';
import { directFetch } from './directFetch.ts';
import { hostOf, isLoopback } from './hostName.ts';
import { resolveOllamaHost } from './ollamaHost.ts';
import type { ShowAnswer } from './ollamaModels.ts';

/** One address of Ollama, and what was learnt there. */
export class OllamaServer {
  readonly address: string;
  /** Empty where the address is none. */
  readonly url: string;
  readonly host: string;
  readonly boundary: Boundary;
  readonly fetch: typeof fetch;
  /** Descriptions by digest: a digest never changes what it describes. */
  readonly shown = new Map<string, ShowAnswer>();
  /** Whether a name is a model behind this server, as last listed. */
  readonly remote = new Map<string, boolean>();
  listed: readonly Model[] = [];
  /** Said to be no field that it knows: a server that only stands in Ollama's place. Ollama skips what it does not know. */
  refusesLogprobs = false;

  constructor(
    address: string,
    editorFetch: typeof fetch | undefined,
    loopbackFetch: typeof fetch = directFetch,
  ) {
    this.address = address;
    try {
      this.url = resolveOllamaHost(address, undefined);
      this.host = hostOf(this.url);
    } catch {
      this.url = '';
      this.host = address;
    }
    const loopback = this.url !== '' && isLoopback(this.url);
    this.boundary = loopback ? 'machine' : /(^|\.)ollama\.com:/.test(this.host) ? 'cloud' : 'network';
    this.fetch = loopback ? loopbackFetch : (editorFetch ?? fetch);
  }
}
