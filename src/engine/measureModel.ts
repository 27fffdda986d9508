import type { LocalProvider } from '../providers/provider.ts';
import type { ProviderHealth } from '../providers/providerHealth.ts';
import type { Attempt } from '../vocabulary/attempt.ts';
import type { Result } from '../vocabulary/failure.ts';
import type { Clock } from '../vocabulary/ports.ts';
import type { RunParts } from './cascade.ts';
import { failureOf } from './unexpected.ts';

const atMostMs = 20_000;
/** Fewer tokens tell nothing: one token came with a million tokens a second. */
const enoughTokens = 10;
const question = 'Count from one to forty in words, separated by commas.';

/**
 * Tokens per second of a local model, from one short real answer of at most 20 s. Keeps no row in the ledger; health
 * takes it for a reading like any other.
 */
export async function measureModel(
  name: string,
  ollama: LocalProvider,
  health: Pick<ProviderHealth, 'current'> & Pick<RunParts, 'served' | 'serving'>,
  clock: Clock,
  outer: AbortSignal,
): Promise<Result<{ readonly tokensPerSecond: number }>> {
  const candidate = health
    .current()
    .candidates.find((one) => one.model.id.provider === 'ollama' && one.model.id.name === name);
  if (candidate?.model.boundary !== 'machine')
    return { ok: false, failure: { code: 'modelMissing', params: { model: name } } };
  const { model } = candidate;
  const enough = new AbortController();
  const signal = AbortSignal.any([outer, enough.signal]);
  const startedAt = clock.now();
  const started = clock.monotonic();
  let pieces = 0;
  let first: number | undefined;
  let usage: Attempt['usage'];
  let times: Pick<Attempt, 'loadMs' | 'generateMs' | 'promptMs' | 'promptTokensRead'> = {};
  const timer = clock.sleep(atMostMs, signal).then(() => enough.abort());
  const serving = health.serving(model);
  try {
    const composed = ollama.compose({
      model,
      messages: [{ role: 'user', parts: [{ type: 'text', text: question }] }],
      tools: [],
      toolChoice: 'auto',
      windowTokens: 1_024,
      maxOutputTokens: 96,
      think: false,
      effort: 'low',
    });
    for await (const event of ollama.stream({ boundary: 'machine', composed }, signal)) {
      if (event.type === 'text') {
        first ??= clock.monotonic();
        pieces += 1;
      } else if (event.type === 'usage') usage = event.usage;
      else if (event.type === 'end') times = event;
    }
  } catch (error) {
    if (outer.aborted || !enough.signal.aborted) return { ok: false, failure: failureOf(error) };
  } finally {
    serving.dispose();
    enough.abort();
    await timer;
  }
  // Cut short by the 20 s, it told no tokens: Ollama sends each in a piece of its own.
  const tokens = usage?.outputTokens ?? pieces;
  const generateMs = times.generateMs ?? (first === undefined ? 0 : clock.monotonic() - first);
  if (first === undefined || generateMs <= 0 || tokens < enoughTokens)
    return { ok: false, failure: { code: 'emptyAnswer', params: { model: name } } };
  const nothing = { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, cacheWrite1hTokens: 0 };
  health.served(
    {
      index: 0,
      model: model.id,
      route: model.route,
      boundary: model.boundary,
      startedAt,
      firstTokenMs: first - started,
      totalMs: clock.monotonic() - started,
      ...(times.loadMs === undefined ? {} : { loadMs: times.loadMs }),
      generateMs,
      usage: usage ?? { ...nothing, outputTokens: tokens },
      end: 'length',
    },
    model,
  );
  return { ok: true, value: { tokensPerSecond: (tokens / generateMs) * 1_000 } };
}
