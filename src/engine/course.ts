import type { FoundSecret } from '../privacy/job.ts';
import type { Judged } from '../tasks/tasks.ts';
import type { Attempt } from '../vocabulary/attempt.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Called } from './callModel.ts';

/** What the course of a request has come to so far. */
export interface Course {
  readonly attempts: Attempt[];
  text: string;
  answeredBy?: number;
  /** The answer was given to the surface: a cancel comes too late. */
  settled?: true;
  judged?: Judged;
  failure?: Failure;
  /** Found in the very bytes of an attempt, and nothing else stood against it. */
  secrets?: readonly FoundSecret[];
}

/** The answer that the request comes to. */
export function settle(course: Course, called: Called): void {
  course.text = called.text;
  course.answeredBy = called.attempt.index;
  course.settled = true;
  if (called.attempt.end === 'length')
    course.failure = { code: 'answerCut', params: { model: called.attempt.model.name } };
  else delete course.failure;
}

/** Of answers whose check failed the one that holds something to apply, else the one with less against it. */
export function keepBetter(course: Course, judged: Judged, index: number): void {
  const known = course.judged;
  const isBetter =
    !known ||
    (known.proposal === undefined && judged.proposal !== undefined) ||
    ((known.proposal === undefined) === (judged.proposal === undefined) &&
      judged.verdict.findings.length <= known.verdict.findings.length);
  if (!isBetter) return;
  // An attempt under its finding is better than nothing.
  course.text = judged.text;
  course.judged = judged;
  course.answeredBy = index;
}

export function checkFailed({ verdict: { findings } }: Judged): Failure {
  return { code: 'checkFailed', params: { findings } };
}
