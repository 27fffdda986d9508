import type { Result } from '../vocabulary/failure.ts';
import type { Request } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import type { Plan } from './plan.ts';
import type { Judged, Prepared, Standing, TaskTools } from './tasks.ts';

export type Draft = Prepared & { readonly plan: Plan };

/** Puts a request into messages. */
export type Prepare = (
  task: Task,
  request: Request,
  tools: TaskTools,
  signal: AbortSignal,
) => Promise<Result<Draft>>;

/** Checks an answer against the plan that was made for it; may throw. */
export type Judge<P extends Plan> = (
  plan: P,
  answer: string,
  tools: TaskTools,
  signal: AbortSignal,
  standing: Standing,
) => Promise<Judged>;
