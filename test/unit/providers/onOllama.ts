import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeDirectFetch } from '../../../src/providers/directFetch.ts';
import { createOllamaProvider } from '../../../src/providers/ollama.ts';
import type { LocalProvider, ProviderEvent } from '../../../src/providers/provider.ts';
import type { Model } from '../../../src/vocabulary/model.ts';
import { type OllamaOptions, type OllamaServer, startOllama } from '../../servers/ollama.ts';
import { callOf, never } from './asking.ts';

after(closeDirectFetch);

export interface Playing {
  readonly server: OllamaServer;
  readonly ollama: LocalProvider;
  model(name?: string): Promise<Model>;
  close(): Promise<void>;
}

async function playing(options: OllamaOptions = {}): Promise<Playing> {
  const server = await startOllama({ models: ['llama3.2:3b', 'codellama:13b'], ...options });
  const ollama = createOllamaProvider({ address: () => server.url });
  return {
    server,
    ollama,
    async model(name = 'llama3.2:3b') {
      const found = (await ollama.models(never)).find((each) => each.id.name === name);
      assert.ok(found, `${name} is listed`);
      return found;
    },
    close: () => server.close(),
  };
}

/** One test on one server, which is closed whatever happens. */
export function onServer(
  name: string,
  run: (at: Playing) => Promise<void>,
  options: OllamaOptions = {},
): void {
  test(name, async () => {
    const at = await playing(options);
    try {
      await run(at);
    } finally {
      await at.close();
    }
  });
}

export function ask(
  at: Playing,
  model: Model,
  text = 'Explain what a queue is.',
  signal = never,
): AsyncIterable<ProviderEvent> {
  return at.ollama.stream({ boundary: 'machine', composed: at.ollama.compose(callOf(model, text)) }, signal);
}
