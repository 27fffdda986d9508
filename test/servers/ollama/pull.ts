import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { write } from '../wire/loopbackServer.ts';
import { wait } from '../wire/pace.ts';
import { goJson, sendJson, WireError } from './goJson.ts';
import { completeModel } from './modelSpec.ts';
import type { ModelStore } from './modelStore.ts';

interface Download {
  readonly digest: string;
  readonly total: number;
  /** Bytes that are here already, and stay when a pull is cancelled. */
  completed: number;
  callers: number;
}

const parts = 20;

/** Downloads that know how far they came. Several callers of one model share its download. */
export class Pulls {
  readonly #store: ModelStore;
  readonly #downloads = new Map<string, Download>();
  /** Milliseconds between two reports of progress. */
  reportMs: number;

  constructor(store: ModelStore, reportMs: number) {
    this.#store = store;
    this.reportMs = reportMs;
  }

  /** Bytes of a model's large layer that were fetched so far. */
  fetched(name: string): number {
    return this.#layers(name)[0]?.completed ?? 0;
  }

  #layers(name: string): Download[] {
    const spec = this.#store.inRegistry(name);
    if (!spec) return [];
    const { sizeBytes, digest } = completeModel(spec, {}, '');
    const sizes = [sizeBytes, 1482, 485];
    return sizes.map((total, at) => {
      const own = `sha256:${createHash('sha256').update(`${digest} ${at}`).digest('hex')}`;
      const known = this.#downloads.get(own) ?? { digest: own, total, completed: 0, callers: 0 };
      this.#downloads.set(own, known);
      return known;
    });
  }

  /** `POST /api/pull`. */
  async pull(body: Record<string, unknown>, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const name = (body.model || body.name) as unknown;
    if (!name) throw new WireError(400, 'invalid model name');
    const checked = this.#store.checkName(name);
    const spec = this.#store.inRegistry(checked);
    const stream = body.stream !== false;
    const say = async (object: Record<string, unknown>) => {
      if (!stream) return;
      if (!response.headersSent) response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      await write(response, `${goJson(object)}\n`, signal);
    };
    await say({ status: 'pulling manifest' });
    await wait(0, signal);
    if (!spec) {
      const error = 'pull model manifest: file does not exist';
      if (!stream) return sendJson(response, 500, { error });
      response.end(`${goJson({ error })}\n`);
      return;
    }
    for (const layer of this.#layers(checked)) await this.#download(layer, say, signal);
    await say({ status: 'verifying sha256 digest' });
    await say({ status: 'writing manifest' });
    this.#store.install(spec);
    await say({ status: 'success' });
    if (stream) response.end();
    else sendJson(response, 200, { status: 'success' });
  }

  async #download(
    layer: Download,
    say: (object: Record<string, unknown>) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const status = `pulling ${layer.digest.slice(7, 19)}`;
    const report = () =>
      say({
        status,
        digest: layer.digest,
        total: layer.total,
        ...(layer.completed > 0 ? { completed: layer.completed } : {}),
      });
    layer.callers += 1;
    try {
      await report();
      while (layer.completed < layer.total) {
        await wait(this.reportMs, signal);
        const step = Math.ceil(layer.total / parts / layer.callers);
        layer.completed = Math.min(layer.total, layer.completed + step);
        await report();
      }
    } finally {
      layer.callers -= 1;
    }
  }
}
