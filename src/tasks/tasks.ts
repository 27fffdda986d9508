import type { Code } from '../code/code.ts';
import type { CheckStep } from '../vocabulary/event.ts';
import type { Result } from '../vocabulary/failure.ts';
import type { ModelId } from '../vocabulary/model.ts';
import type { Checker, ProjectFiles, Runner } from '../vocabulary/ports.ts';
import type { Proposal } from '../vocabulary/proposal.ts';
import type { Message, Request } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import type { Finding, Verdict } from '../vocabulary/verdict.ts';
import { askedAgain } from './again.ts';
import type { Plan, TextPlan } from './plan.ts';
import type { Judge } from './taskDefinition.ts';
import { judgeOf, prepareOf } from './taskTable.ts';
import { openingFault } from './text/opening.ts';
import { prepareRelayed } from './textTask.ts';

/** What tasks need from outside. */
export interface TaskTools {
  readonly code: Code;
  readonly files: ProjectFiles;
  /** Absent where nobody can be asked, as in a shell without a project. */
  readonly checker?: Checker;
  readonly runner?: Runner;
}

/** A request made ready to be asked: any model can be given these messages. */
export interface Prepared {
  readonly task: Task;
  /** Stable text first (system), what varies last, so that a prefix cache holds. */
  readonly messages: readonly Message[];
  /** Held until checked, or streamed. */
  readonly held: boolean;
  /** Room to leave for the answer, in tokens. */
  readonly outputTokens: number;
  /** Absolute paths of everything that went into the messages. */
  readonly paths: readonly string[];
  /** What the verifier and the proposal need later: plain data, opaque to the engine. */
  readonly plan: unknown;
}

export interface Judged {
  readonly verdict: Verdict;
  /** The file as it would be applied; absent where the answer holds nothing to apply. */
  readonly proposal?: Proposal;
  /** The text to show: the answer itself for what streams, a short sentence's worth of Markdown (the code) for what was held. */
  readonly text: string;
}

/** An earlier answer to the same request. */
export interface Earlier {
  readonly model: ModelId;
  readonly answer: string;
  readonly verdict: Verdict;
}

/** What a judge may know of the request's course; all of it may be absent. */
export interface Standing {
  /** Told of what was found, and of what is checked next, as soon as it is so. */
  readonly tell?: (step: CheckStep) => void;
  /** Milliseconds that are left of the developer's patience; absent where nobody waits. */
  readonly leftMs?: number;
  /** The file of tests as the developer has read it and wants it run: that text may run without a sandbox. */
  readonly seen?: string;
  /** Oldest first. */
  readonly earlier?: readonly Earlier[];
}

export interface Tasks {
  /** Finds what the request is about and puts it into messages. A failure is the developer's to mend (nothing selected, …). */
  prepare(task: Task, request: Request, tools: TaskTools, signal: AbortSignal): Promise<Result<Prepared>>;
  /**
   * What the first 40 tokens of an answer that streams already say against it; undefined where nothing does. Pure, quick
   * and never throws.
   */
  opening(prepared: Prepared, text: string): Finding | undefined;
  /** Checks an answer. Never throws for a bad answer or a broken verifier (`notChecked`). */
  judge(
    prepared: Prepared,
    answer: string,
    tools: TaskTools,
    signal: AbortSignal,
    standing?: Standing,
  ): Promise<Judged>;
}

/** Several times what any task leaves room for, beside the file itself, which an answer may hold. */
const mostCharacters = 64_000;

function roomFor(plan: Plan): number {
  if (plan.form === 'document') return mostCharacters + 2 * plan.before.length;
  if (plan.form === 'code') return mostCharacters + 2 * (plan.replace?.before.length ?? 0);
  if (plan.form === 'tests') return mostCharacters + 2 * (plan.existing?.length ?? 0);
  return plan.form === 'relayed' ? Number.POSITIVE_INFINITY : 4 * mostCharacters;
}

function tooLong(answer: string): Judged {
  const verdict: Verdict = {
    kind: 'failed',
    findings: [{ code: 'answerTooLong', params: { characters: answer.length } }],
  };
  return { verdict, text: answer.slice(0, mostCharacters) };
}

export function createTasks(): Tasks {
  return {
    async prepare(task, request, tools, signal) {
      const relayed =
        request.surface === 'picker' || request.surface === 'claudeCode' || request.tools.length > 0;
      const drafted = await (relayed ? prepareRelayed : prepareOf[task])(task, request, tools, signal);
      if (!drafted.ok || !request.again) return drafted;
      return { ok: true, value: askedAgain(drafted.value, request.again) };
    },
    opening({ plan }, text) {
      const { form } = plan as Plan;
      try {
        return form === 'text' ? openingFault(plan as TextPlan, text) : undefined;
      } catch {
        // A check that breaks holds nothing up.
        return undefined;
      }
    },
    async judge(prepared, answer, tools, signal, standing = {}) {
      const plan = prepared.plan as Plan;
      if (answer.length > roomFor(plan)) return tooLong(answer);
      try {
        return await (judgeOf[plan.form] as Judge<Plan>)(plan, answer, tools, signal, standing);
      } catch (error) {
        const detail = signal.aborted ? 'cancelled' : error instanceof Error ? error.name : 'unknown';
        const verdict: Verdict = {
          kind: 'notChecked',
          findings: [{ code: 'verifierFailed', params: { detail } }],
        };
        return { verdict, text: answer };
      }
    },
  };
}
