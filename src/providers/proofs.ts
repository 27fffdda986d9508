import type { Model } from '../vocabulary/model.ts';
import type { ProbeKind, ProbeResult } from '../vocabulary/probe.ts';

/** What probes found, by digest and host: a model that is pulled anew, or is on another machine, has to show it anew. */
export class Proofs {
  readonly #results = new Map<string, ProbeResult>();

  /** Of two results for one model the later one counts. */
  add(result: ProbeResult): void {
    const key = keyOf(result.kind, result.model, result.digest, result.host);
    const known = this.#results.get(key);
    if (!known || known.at <= result.at) this.#results.set(key, result);
  }

  /** The last result; undefined where that was never probed. */
  of(model: Model, kind: ProbeKind): ProbeResult | undefined {
    return this.#results.get(keyOf(kind, model.id, model.digest, model.host));
  }

  toolsProven(model: Model): boolean {
    return model.route === 'claude' || this.of(model, 'tools')?.passed === true;
  }

  /**
   * Whether it follows a chat: what a probe found counts, then that it called tools rightly, then its description. A
   * base model's description alone says no: a probe may say otherwise.
   */
  chatProven(model: Model): boolean | undefined {
    if (model.route === 'claude') return true;
    return this.of(model, 'chat')?.passed ?? (this.toolsProven(model) ? true : model.chatTemplate);
  }
}

function keyOf(
  kind: ProbeKind,
  id: Model['id'],
  digest: string | undefined,
  host: string | undefined,
): string {
  return `${kind}/${id.provider}/${digest ?? id.name}/${host ?? ''}`;
}
