import { isRepairable } from '../tasks/repair.ts';
import type { Earlier } from '../tasks/tasks.ts';
import type { Attempt } from '../vocabulary/attempt.ts';
import type { EngineEvent } from '../vocabulary/event.ts';
import type { Model, ModelId } from '../vocabulary/model.ts';
import type { Called, CallParts } from './callModel.ts';
import { checking } from './checking.ts';
import type { ClaudeWord } from './claudeWanted.ts';
import { type Course, checkFailed, keepBetter, settle } from './course.ts';
import { whole, withoutMask } from './cutAndMasked.ts';
import type { Decided, DecidingParts } from './deciding.ts';
import { doubtOf } from './doubt.ts';
import { doubted, mend, type Queue, sendOn, wantClaude } from './queue.ts';

/** Where a held answer stands when its check begins. */
export interface Held {
  readonly decided: Decided;
  readonly course: Course;
  readonly queue: Queue;
  readonly called: Called;
  readonly model: Model;
  /** Where it may go from here. */
  readonly claude: ModelId | undefined;
  readonly word: ClaudeWord;
  /** Of the clock that never goes back. */
  readonly startedAt: number;
  readonly earlier: Earlier[];
}

type HeldParts = Pick<DecidingParts, 'tasks' | 'tools' | 'recollection'> & Pick<CallParts, 'clock'>;

/**
 * Checks a held answer: it is shown, or goes back to its model once, or on to Claude.
 * @param own aborts with the request and, where Claude waits, with the developer's word
 * @returns `asked`: the queue says who is next; `settled`: the answer was given; `exhausted`: nobody could do better
 */
export async function* judgeHeld(
  held: Held,
  parts: HeldParts,
  own: AbortSignal,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent, 'asked' | 'settled' | 'exhausted'> {
  const { decided, course, queue, called, model, claude, word, startedAt, earlier } = held;
  const { attempt } = called;
  const { id } = model;
  const elapsedMs = () => parts.clock.monotonic() - startedAt;
  const leftMs = Math.max(0, decided.policy.patience.heldMs - elapsedMs());
  const { tasks, tools } = parts;
  const answer = yield* checking(tasks, decided.prepared, called.text, tools, { leftMs, earlier }, own);
  const found = whole(attempt, answer);
  const judged = withoutMask(decided, found);
  const { verdict } = judged;
  signal.throwIfAborted();
  if (own.aborted && claude) {
    const passedOver = { code: 'wordRoute', params: { route: 'claude' } } as const;
    course.attempts[attempt.index] = { ...attempt, passedOver };
    yield wantClaude(queue, claude, id);
    return 'asked';
  }
  word.waiting = false;
  yield { type: 'checked', attempt: attempt.index, verdict };
  const checked: Attempt = { ...attempt, verdict };
  course.attempts[attempt.index] = checked;
  earlier.push({ model: id, answer: called.text, verdict });
  if (verdict.kind === 'failed') {
    keepBetter(course, judged, attempt.index);
    // What may be a bug is the developer's to look at: nobody is asked to write it away.
    const suspects = verdict.findings.some(({ code }) => code === 'suspectedBug');
    const next = suspects ? undefined : claude;
    const first = course.attempts.filter((one) => one.verdict?.kind === 'failed').length === 1;
    const mends =
      first &&
      attempt.end !== 'length' &&
      // Nobody but the developer knows what belongs where a mask stands: asked again, a model would invent it.
      judged === found &&
      isRepairable(verdict) &&
      (!next || inPatience(attempt, elapsedMs(), decided));
    if (mends) {
      const repair = { answer: called.text, findings: verdict.findings };
      yield mend(queue, [id, ...(next ? [next] : [])], id, repair);
      return 'asked';
    }
    if (next) {
      yield sendOn(queue, [next], next, id);
      return 'asked';
    }
    if (!first && !suspects) return 'exhausted';
  }
  const doubt = claude && doubtOf(checked, model, decided, parts.recollection);
  if (doubt) {
    keepBetter(course, judged, attempt.index);
    course.attempts[attempt.index] = { ...checked, passedOver: doubt };
    yield doubted(queue, [claude], claude, id);
    return 'asked';
  }
  settle(course, { ...called, text: judged.text });
  course.judged = judged;
  if (verdict.kind === 'failed') course.failure = checkFailed(judged);
  yield { type: 'text', text: judged.text };
  return 'settled';
}

/** Whether the same model can be expected to be through again before the user's patience ends. */
function inPatience(attempt: Attempt, elapsedMs: number, { policy }: Decided): boolean {
  const again = attempt.totalMs - (attempt.loadMs ?? 0);
  return elapsedMs + again <= policy.patience.heldMs;
}
