import type { ProviderEvent, TokenLogprob } from '../providers/provider.ts';
import type { Clock } from '../vocabulary/ports.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { Finding } from '../vocabulary/verdict.ts';

/** What an answer begins with, before any of it was shown. */
export interface Opening {
  readonly text: string;
  /** Empty where the provider tells nothing of its tokens. */
  readonly tokens: readonly TokenLogprob[];
}

/** The model's own doubt: no check found anything. */
export interface Doubt {
  readonly doubt: Reason;
}

/**
 * Looks at an opening; a finding ends the attempt, as a failed check, and so does a doubt, as none. Quick: it runs on
 * the caller's thread.
 */
export type LookAtOpening = (opening: Opening) => Finding | Doubt | undefined;

/** Thrown where an opening shows that its answer will not do: nothing of it was handed on. */
export class BadOpening extends Error {
  readonly finding: Finding | undefined;
  readonly doubt: Reason | undefined;
  /** All that had come by then. */
  readonly opening: Opening;
  constructor(seen: Finding | Doubt, opening: Opening) {
    const isDoubt = 'doubt' in seen;
    super(isDoubt ? seen.doubt.code : seen.code);
    this.finding = isDoubt ? undefined : seen;
    this.doubt = isDoubt ? seen.doubt : undefined;
    this.opening = opening;
  }
}

/** Pieces of text that are held; a local server sends one for each token. */
const mostPieces = 40;
/** What 40 tokens come to, where a server sends more than one at once. */
const mostCharacters = 160;
const mostMs = 1_000;

/**
 * A stream whose first text is held until 40 tokens are there, a second has passed since the first, or something else
 * than text follows, whichever is first; then it is looked at, and comes in one piece.
 * Throws `BadOpening`, and what the source throws. The source is closed in every case.
 */
export async function* heldOpening(
  stream: (signal: AbortSignal) => AsyncIterable<ProviderEvent>,
  look: LookAtOpening,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<ProviderEvent, void> {
  const closing = new AbortController();
  const iterator = stream(AbortSignal.any([signal, closing.signal]))[Symbol.asyncIterator]();
  const held = new AbortController();
  const waiting = AbortSignal.any([signal, held.signal]);
  let text = '';
  const tokens: TokenLogprob[] = [];
  let pieces = 0;
  let deadline: Promise<'late'> | undefined;
  try {
    for (let next = iterator.next(); ; next = iterator.next()) {
      const first = await (deadline ? Promise.race([next, deadline]) : next);
      if (first === 'late') {
        // Where nothing is read any more, what it would have thrown is nobody's concern.
        next.catch(() => undefined);
        yield opened({ text, tokens }, look);
        const late = await next;
        if (late.done) return;
        yield late.value;
        break;
      }
      if (first.done) {
        if (pieces > 0) yield opened({ text, tokens }, look);
        return;
      }
      const event = first.value;
      if (event.type === 'text') {
        text += event.text;
        tokens.push(...(event.tokens ?? []));
        pieces += 1;
        deadline ??= clock.sleep(mostMs, waiting).then(() => 'late' as const);
        if (pieces < mostPieces && text.length < mostCharacters) continue;
        yield opened({ text, tokens }, look);
        break;
      }
      // Its thinking and its measurements do not end an opening; how it ended does.
      if (pieces > 0 && (event.type === 'end' || event.type === 'toolCall')) {
        yield opened({ text, tokens }, look);
        yield event;
        break;
      }
      yield event;
    }
    held.abort();
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    held.abort();
    closing.abort();
    await iterator.return?.().catch(() => undefined);
  }
}

function opened(opening: Opening, look: LookAtOpening): ProviderEvent {
  const { text, tokens } = opening;
  const seen = look(opening);
  if (seen) throw new BadOpening(seen, opening);
  return { type: 'text', text, ...(tokens.length > 0 ? { tokens } : {}) };
}
