import type { Finding } from '../vocabulary/verdict.ts';

/** The answer without a byte order mark, with plain line ends and without a reasoning model's own thoughts. */
export function cleanAnswer(answer: string): string {
  return answer
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replace(/^\s*<think>[\s\S]*?(<\/think>|$)/, '');
}

const refusals = [
  /^(i'?m|i am) (very |really )?(sorry|afraid|unable)\b/i,
  /^(sorry|apologies),? (but )?i/i,
  /^i (can'?t|cannot|can not|won'?t|will not|am not able to|'m not able to)\b[^.\n]{0,60}\b(help|assist|provide|fulfil|fulfill|comply|generate|create|write|answer|do that|complete)/i,
  /^as an ai( language)?( model| assistant)?\b[^.\n]*\b(can'?t|cannot|unable|not able|don'?t have)/i,
];

/** Whether a short answer only declines; an answer that goes on with code or at length is none. */
export function isRefusal(answer: string): boolean {
  const text = answer.trim().replaceAll('’', "'");
  return text.length < 700 && !text.includes('```') && refusals.some((pattern) => pattern.test(text));
}

/** Whether the end of an answer says the same thing over and over (4 times or more, and 120 characters at least). */
export function isLoop(answer: string): boolean {
  const tail = answer.trimEnd().slice(-4000);
  for (let period = 2; period <= 400; period += 1) {
    const times = Math.max(4, Math.ceil(120 / period));
    if (period * times > tail.length) continue;
    const piece = tail.slice(-period);
    if (/[\p{L}\p{N}]/u.test(piece) && tail.endsWith(piece.repeat(times))) return true;
  }
  const lines = tail
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 20);
  const last = lines.slice(-8);
  return last.length === 8 && new Set(last).size <= 2;
}

/** Characters at an answer's end that have to be one thing over and over before nothing else is expected. */
const runawayLength = 1_600;
const longestPeriod = 400;

/**
 * Whether an unfinished answer runs in circles: its last 1,600 characters say the same thing over and over. Longer than
 * `isLoop` asks for, since a table of equal values or a list of like lines may still come to its end.
 */
export function isRunaway(answer: string): boolean {
  if (answer.length < runawayLength) return false;
  const tail = answer.slice(-runawayLength);
  if (!/[\p{L}\p{N}]/u.test(tail)) return false;
  for (let period = 1; period <= longestPeriod; period += 1) {
    let same = runawayLength - 1;
    while (same >= period && tail.charCodeAt(same) === tail.charCodeAt(same - period)) same -= 1;
    if (same < period) return true;
  }
  return false;
}

/** So many equal characters, or so much white space, stand one after the other in no answer that anybody meant. */
const longestRun = 1_000;

function hasLongRun(answer: string): boolean {
  const kind = (at: number) => {
    const unit = answer.charCodeAt(at);
    return unit === 32 || (unit >= 9 && unit <= 13) ? 32 : unit;
  };
  for (let at = longestRun; at < answer.length; ) {
    // Backwards from where a run would end: what differs there says how far to jump.
    let from = at;
    while (from > at - longestRun && kind(from - 1) === kind(at)) from -= 1;
    if (from === at - longestRun) return true;
    at = from + longestRun;
  }
  return false;
}

/** Whether a code fence is left open at the end. */
export function hasOpenFence(answer: string): boolean {
  let open: string | undefined;
  for (const line of answer.split('\n')) {
    const marks = /^\s*(`{3,}|~{3,})(.*)$/.exec(line);
    if (!marks) continue;
    const [, run = '', rest = ''] = marks;
    if (open === undefined) {
      if (run.startsWith('~') || !rest.includes('`')) open = run;
    } else if (run[0] === open[0] && run.length >= open.length && rest.trim() === '') open = undefined;
  }
  return open !== undefined;
}

/** The first thing that makes an answer useless whatever was asked; undefined where there is none. */
export function uselessness(answer: string): Finding | undefined {
  const text = cleanAnswer(answer);
  if (text.trim() === '') return { code: 'emptyAnswer', params: {} };
  if (isRefusal(text)) return { code: 'refusal', params: {} };
  if (isRunaway(text.trimEnd()) || hasLongRun(text)) return { code: 'repeats', params: {} };
  return undefined;
}
