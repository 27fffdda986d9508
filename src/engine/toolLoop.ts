import type { Message, Part } from '../vocabulary/request.ts';

/** The same call with the same result so often is no progress. */
const mostRepeats = 3;
/** Results in a row of which none says anything new, whatever was called. */
const mostStale = 6;

type Call = Extract<Part, { type: 'toolCall' }>;

/**
 * Whether a loop of tool calls makes no progress since the user's last words: the same call with the same arguments
 * brought the same result three times, or the last six results had all been seen before. A test run that is repeated
 * between edits, or a question whose answer changes, is progress.
 */
export function isStuckInTools(messages: readonly Message[]): boolean {
  const asked = messages.findLastIndex(
    ({ role, parts }) => role === 'user' && parts.some(({ type }) => type === 'text'),
  );
  const calls = new Map<string, Call>();
  const rounds = new Map<string, number>();
  const results = new Set<string>();
  let stale = 0;
  for (const { parts } of messages.slice(asked + 1))
    for (const part of parts) {
      if (part.type === 'toolCall') calls.set(part.callId, part);
      if (part.type !== 'toolResult') continue;
      const call = calls.get(part.callId);
      const round = JSON.stringify([call?.name ?? part.name, sorted(call?.input), part.text, part.failed]);
      const times = (rounds.get(round) ?? 0) + 1;
      rounds.set(round, times);
      if (times >= mostRepeats) return true;
      stale = results.has(part.text) ? stale + 1 : 0;
      results.add(part.text);
      if (stale >= mostStale) return true;
    }
  return false;
}

/** The same value whatever the order of its keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}
