import type { LocalProvider } from '../providers/provider.ts';
import type { Result } from '../vocabulary/failure.ts';
import type { Health } from '../vocabulary/health.ts';
import type { Clock } from '../vocabulary/ports.ts';
import { failureOf } from './unexpected.ts';

const atMostMs = 20_000;
/** Fewer tokens tell nothing: one token came with a million tokens a second. */
const enoughTokens = 10;
const question = 'Count from one to forty in words, separated by commas.';

/** Tokens per second of a local model, from one short real answer of at most 20 s. Keeps no row in the ledger. */
export async function measureModel(
  name: string,
  ollama: LocalProvider,
  health: { current(): Health },
  clock: Clock,
  outer: AbortSignal,
): Promise<Result<{ readonly tokensPerSecond: number }>> {
  const candidate = health
    .current()
    .candidates.find((one) => one.model.id.provider === 'ollama' && one.model.id.name === name);
  if (candidate?.model.boundary !== 'machine')
    return { ok: false, failure: { code: 'modelMissing', params: { model: name } } };
  const enough = new AbortController();
  const signal = AbortSignal.any([outer, enough.signal]);
  let characters = 0;
  let first: number | undefined;
  let reported: number | undefined;
  const timer = clock.sleep(atMostMs, signal).then(() => enough.abort());
  try {
    const composed = ollama.compose({
      model: candidate.model,
      messages: [{ role: 'user', parts: [{ type: 'text', text: question }] }],
      tools: [],
      toolChoice: 'auto',
      windowTokens: 1_024,
      maxOutputTokens: 96,
      think: false,
      effort: 'low',
    });
    let tokens = 0;
    for await (const event of ollama.stream({ boundary: 'machine', composed }, signal)) {
      if (event.type === 'text') {
        first ??= clock.monotonic();
        characters += event.text.length;
      } else if (event.type === 'usage') tokens = event.usage.outputTokens;
      else if (event.type === 'end' && event.generateMs && tokens >= enoughTokens)
        reported = (tokens / event.generateMs) * 1_000;
    }
  } catch (error) {
    if (outer.aborted || !enough.signal.aborted) return { ok: false, failure: failureOf(error) };
  } finally {
    enough.abort();
    await timer;
  }
  const seconds = first === undefined ? 0 : (clock.monotonic() - first) / 1_000;
  // Cut short by the 20 s: about four characters a token in English words.
  const tokensPerSecond = reported ?? (seconds > 0 ? characters / 4 / seconds : 0);
  if (tokensPerSecond <= 0) return { ok: false, failure: { code: 'emptyAnswer', params: { model: name } } };
  return { ok: true, value: { tokensPerSecond } };
}
