import { realLoadMs } from './measurements.ts';
import type { ProviderEvent, TokenLogprob } from './provider.ts';

/** A chunk of `/api/chat`; the client's own types lag behind the server. */
export interface Chunk {
  readonly message?: {
    readonly content?: string;
    readonly thinking?: string;
    readonly tool_calls?: readonly {
      readonly id?: string;
      readonly function?: { readonly name?: string; readonly arguments?: unknown };
    }[];
  };
  readonly logprobs?: unknown;
  readonly done?: boolean;
  readonly done_reason?: string;
  readonly load_duration?: number;
  readonly prompt_eval_duration?: number;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
  readonly eval_duration?: number;
}

/** What a chunk tells of its own tokens; undefined where it tells nothing that can be read. */
export function tokensOf({ logprobs }: Chunk): readonly TokenLogprob[] | undefined {
  // What stands in Ollama's place may give OpenAI's form.
  const given = Array.isArray(logprobs) ? logprobs : (logprobs as { content?: unknown } | null)?.content;
  if (!Array.isArray(given)) return undefined;
  const tokens = given.flatMap((one: unknown): readonly TokenLogprob[] => {
    if (typeof one !== 'object' || one === null) return [];
    const { token, logprob } = one as { token?: unknown; logprob?: unknown };
    if (typeof token !== 'string' || typeof logprob !== 'number' || !Number.isFinite(logprob)) return [];
    return [{ text: token, logprob: Math.min(0, logprob) }];
  });
  return tokens.length > 0 ? tokens : undefined;
}

/** Ollama gives an object; what only stands in its place may give it as text, and what is no object is none. */
export function inputOf(given: unknown): object {
  if (typeof given === 'object' && given !== null) return given;
  if (typeof given !== 'string') return {};
  try {
    const read: unknown = JSON.parse(given);
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    return {};
  }
}

/**
 * The last chunk's account.
 * @param readShare 0..1, how much of the prompt was not there from the one before
 */
export function* closing(chunk: Chunk, calls: number, readShare: number): Generator<ProviderEvent> {
  // A model that was just loaded has nothing left from before.
  const read = (chunk.load_duration ?? 0) / 1e6 > realLoadMs ? 1 : readShare;
  const promptMs = (chunk.prompt_eval_duration ?? 0) / 1e6;
  if (chunk.prompt_eval_count !== undefined || chunk.eval_count !== undefined)
    yield {
      type: 'usage',
      usage: {
        inputTokens: chunk.prompt_eval_count ?? 0,
        outputTokens: chunk.eval_count ?? 0,
        cacheReadTokens: 0,
        cacheWriteTokens: 0,
        cacheWrite1hTokens: 0,
      },
      final: true,
    };
  yield {
    type: 'end',
    end: chunk.done_reason === 'length' ? 'length' : calls > 0 ? 'toolCalls' : 'complete',
    ...(chunk.load_duration === undefined ? {} : { loadMs: chunk.load_duration / 1e6 }),
    ...(chunk.eval_duration === undefined ? {} : { generateMs: chunk.eval_duration / 1e6 }),
    ...(promptMs > 0 && chunk.prompt_eval_count
      ? { promptMs, promptTokensRead: Math.round(chunk.prompt_eval_count * read) }
      : {}),
  };
}
