import * as l10n from '@vscode/l10n';
import { briefSteps } from '../phrases/briefFindings.ts';
import { plainText } from '../phrases/plainText.ts';
import type { Decision } from '../vocabulary/decision.ts';
import type { EngineEvent, Progress } from '../vocabulary/event.ts';

/** Claude is offered once somebody has waited this long. */
const offerAfterMs = 3_000;

/** How far a held answer is: the model, its step, the seconds that went by and that were expected. */
export class HeldProgress {
  readonly #startedAt: number;
  #decision: Decision | undefined;
  #model = '';
  #step = '';
  /** Milliseconds from the start until the answer is expected; undefined where nobody knows. */
  #expectedMs: number | undefined;
  #attemptAt: number;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: number) {
    this.#startedAt = now;
    this.#attemptAt = now;
  }

  take(event: EngineEvent, now: number): void {
    if (event.type === 'decided') {
      this.#decision = event.decision;
      this.#model = event.decision.model.name;
      this.#expect(this.#model, now);
    } else if (event.type === 'progress') this.#progress(event.progress, now);
    else if (event.type === 'thinking') this.#step = l10n.t('thinking');
  }

  /** One line: `qwen2.5-coder:7b · writing · 8 of about 20 s`. */
  line(now: number): string {
    const seconds = Math.floor((now - this.#startedAt) / 1000);
    const expected = this.#expectedMs === undefined ? undefined : Math.round(this.#expectedMs / 1000);
    const time =
      expected === undefined || expected < 1
        ? l10n.t('{seconds} s', { seconds })
        : seconds <= expected
          ? l10n.t('{seconds} of about {expected} s', { seconds, expected })
          : l10n.t('{seconds} s, about {expected} were expected', { seconds, expected });
    return [plainText(this.#model), this.#step, time].filter(Boolean).join(' · ');
  }

  /** Whether the developer may send it on to Claude now: Claude stands in its chain, and is not asked already. */
  mayAskClaude(now: number): boolean {
    if (!this.#decision || now - this.#startedAt < offerAfterMs) return false;
    const claude = claudeIn(this.#decision);
    return claude !== undefined && this.#decision.route !== 'claude' && this.#model !== claude;
  }

  #progress(progress: Progress, now: number): void {
    const { code, params } = progress;
    switch (code) {
      case 'claudeWanted':
      case 'askingAfterCheck':
      case 'askingAsUnsure':
      case 'handedOver':
        this.#model = params.to;
        this.#step = l10n.t('asked');
        this.#expect(params.to, now);
        return;
      case 'checking': {
        const found = briefSteps(params);
        this.#step = found === '' ? l10n.t('checking…') : l10n.t('checking… {found}', { found });
        return;
      }
      case 'repairing':
        this.#step = l10n.t('mending');
        // The same model once more takes about as long again.
        if (this.#expectedMs !== undefined)
          this.#expectedMs = now - this.#startedAt + (now - this.#attemptAt);
        this.#attemptAt = now;
        return;
      default:
        this.#model = params.model;
        this.#step = steps[code]();
    }
  }

  #expect(model: string, now: number): void {
    const known = this.#decision?.considered.find((one) => one.model.name === model)?.time;
    this.#expectedMs = known?.measured ? now - this.#startedAt + known.usefulMs : undefined;
    this.#attemptAt = now;
  }
}

const steps: Readonly<Record<'loading' | 'queued' | 'asking' | 'writing' | 'retrying', () => string>> = {
  loading: () => l10n.t('loading'),
  queued: () => l10n.t('busy, waiting for its turn'),
  asking: () => l10n.t('reading'),
  writing: () => l10n.t('writing'),
  retrying: () => l10n.t('asked again'),
};

/** The Claude that a decision falls back on. */
export function claudeIn({ chain, considered }: Decision): string | undefined {
  const isClaude = (name: string) =>
    considered.some((one) => one.model.name === name && one.route === 'claude');
  return chain.find(({ name }) => isClaude(name))?.name;
}
