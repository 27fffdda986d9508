import type { Judged, Prepared, Standing, Tasks, TaskTools } from '../tasks/tasks.ts';
import type { CheckStep, EngineEvent } from '../vocabulary/event.ts';
import type { Finding } from '../vocabulary/verdict.ts';

/** Judges an answer and says how far the check has come: at its beginning, and with each step that is new. */
export async function* checking(
  tasks: Tasks,
  prepared: Prepared,
  answer: string,
  tools: TaskTools,
  standing: Omit<Standing, 'tell'>,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent, Judged> {
  yield { type: 'progress', progress: { code: 'checking', params: {} } };
  const steps: CheckStep[] = [];
  let wake: () => void = () => undefined;
  let over = false;
  const tell = (step: CheckStep) => {
    steps.push(step);
    wake();
  };
  const judging = tasks.judge(prepared, answer, tools, signal, { ...standing, tell });
  const end = () => {
    over = true;
    wake();
  };
  judging.then(end, end);
  const found: Finding[] = [];
  while (!over) {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (over || steps.length > 0) resolve();
    });
    let doing: Extract<CheckStep, { doing: unknown }>['doing'] | undefined;
    const told = steps.splice(0);
    for (const step of told) {
      if ('found' in step) found.push(step.found);
      else doing = step.doing;
    }
    // What is over in a blink is not worth a line that nobody can read.
    if (!over && told.length > 0)
      yield {
        type: 'progress',
        progress: { code: 'checking', params: { found: [...found], ...(doing ? { doing } : {}) } },
      };
  }
  return judging;
}
