import { createHash } from 'node:crypto';
import { countTokens } from '../wire/tokens.ts';
import { badRequest } from './apiError.ts';
import type { ClaudeModel } from './claudeLine.ts';
import { blocksOf, type CacheMark, type MessagesRequest } from './messagesRequest.ts';

interface Segment {
  /** Hash of everything up to and including this block. */
  readonly hash: string;
  /** Tokens of everything up to and including this block. */
  readonly tokens: number;
  readonly mark?: CacheMark;
}

export interface InputUsage {
  /** Tokens that were neither read from nor written to a cache. */
  readonly input: number;
  readonly read: number;
  readonly write5m: number;
  readonly write1h: number;
}

const fiveMinutes = 300_000;
const hour = 3_600_000;
/** Blocks before a mark that are looked through for an older entry. */
const lookback = 20;

/** The prompt in the order in which it is cached: tools, system, messages. */
function segments(request: MessagesRequest, model: ClaudeModel): Segment[] {
  const parts: { content: unknown; mark?: CacheMark | null }[] = [];
  const add = (place: string, { cache_control, ...content }: { cache_control?: CacheMark | null }) =>
    parts.push({ content: [place, content], mark: cache_control });
  for (const tool of request.tools ?? []) add('tool', tool);
  for (const block of request.system ? blocksOf(request.system) : []) add('system', block);
  request.messages.forEach((message, at) => {
    for (const block of blocksOf(message.content)) add(`${at} ${message.role}`, block);
  });
  const last = parts.at(-1);
  if (request.cache_control && last) last.mark ??= request.cache_control;
  const marks = parts.filter((part) => part.mark).length;
  if (marks > 4)
    throw badRequest(`A maximum of 4 blocks with cache_control may be provided. Found ${marks}.`);
  const hash = createHash('sha256').update(model.id);
  let tokens = 0;
  return parts.map(({ content, mark }) => {
    const text = JSON.stringify(content);
    hash.update(text);
    tokens += countTokens(textOf(content)) + 3;
    return { hash: hash.copy().digest('hex'), tokens, mark: mark ?? undefined };
  });
}

/** What counts as text in a block: everything but keys and punctuation of its JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  return Object.values(value).map(textOf).join(' ');
}

export function inputTokens(request: MessagesRequest, model: ClaudeModel): number {
  return segments(request, model).at(-1)?.tokens ?? 0;
}

/** Prefixes that were written and still live: 5 minutes or an hour from the last use. */
export class PromptCache {
  readonly #entries = new Map<string, { until: number; ttl: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What a request reads and writes, by its own marks; `commit` makes the writes readable for others. */
  account(request: MessagesRequest, model: ClaudeModel): { usage: InputUsage; commit: () => void } {
    const all = segments(request, model);
    const total = all.at(-1)?.tokens ?? 0;
    const marked = all.flatMap((segment, at) =>
      segment.mark && segment.tokens >= model.cacheMinimum ? [at] : [],
    );
    const lastMark = marked.at(-1);
    if (lastMark === undefined)
      return { usage: { input: total, read: 0, write5m: 0, write1h: 0 }, commit: () => {} };
    const hit = this.#hit(all, marked, model.cacheMinimum);
    const read = hit === undefined ? 0 : all[hit]!.tokens;
    let from = read;
    const writes = { '5m': 0, '1h': 0 };
    for (const at of marked) {
      const { tokens, mark } = all[at]!;
      if (tokens <= from) continue;
      writes[mark?.ttl ?? '5m'] += tokens - from;
      from = tokens;
    }
    const commit = () => {
      const now = this.#now();
      const hitEntry = hit === undefined ? undefined : this.#entries.get(all[hit]!.hash);
      if (hitEntry) hitEntry.until = now + hitEntry.ttl;
      for (const at of marked) {
        const ttl = all[at]!.mark?.ttl === '1h' ? hour : fiveMinutes;
        this.#entries.set(all[at]!.hash, { until: now + ttl, ttl });
      }
    };
    return {
      usage: { input: total - from, read, write5m: writes['5m'], write1h: writes['1h'] },
      commit,
    };
  }

  #hit(all: readonly Segment[], marked: readonly number[], minimum: number): number | undefined {
    for (const at of marked.toReversed())
      for (let back = at; back >= Math.max(0, at - lookback + 1); back -= 1) {
        const entry = this.#entries.get(all[back]!.hash);
        if (entry && entry.until > this.#now() && all[back]!.tokens >= minimum) return back;
      }
    return undefined;
  }
}
