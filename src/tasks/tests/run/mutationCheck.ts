import type { RunCommand, RunLimits, Runner } from '../../../vocabulary/ports.ts';
import type { Finding } from '../../../vocabulary/verdict.ts';
import type { TaskTools } from '../../tasks.ts';
import { edited } from '../testFile.ts';
import type { TestsPlan } from '../testsPlan.ts';
import { type RunRead, readRun, type TestNames } from './readRun.ts';
import type { TestCommand } from './testCommand.ts';

/** As many faults as are tried. */
const mostFaults = 6;
/** Milliseconds that all runs may take together where nobody's patience is known. */
const longestMs = 30_000;

export interface GreenRun {
  readonly plan: TestsPlan;
  readonly command: TestCommand;
  readonly run: RunCommand;
  readonly limits: RunLimits;
  /** The test file as it ran, and what its tests are called. */
  readonly text: string;
  readonly names: TestNames;
  /** Milliseconds that it took. */
  readonly ms: number;
}

/**
 * Whether tests that pass notice anything: the function is run with small faults in it, one at a time, laid over the
 * project. Undefined where the language has no such check, or it would take longer than `leftMs`.
 */
export async function mutationCheck(
  green: GreenRun,
  tools: TaskTools & { readonly runner: Runner },
  leftMs: number | undefined,
  begin: () => void,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const { plan, run, limits, ms } = green;
  const patienceMs = Math.min(leftMs ?? longestMs, longestMs);
  const most = Math.min(mostFaults, Math.floor(patienceMs / Math.max(ms, 1)));
  if (most < 1) return undefined;
  const languageId = languageOf(plan);
  const at = plan.unit.body ?? plan.unit.span;
  const mutants = await tools.code.mutants({ languageId, text: plan.source }, at, most, signal);
  if (!mutants.ok || mutants.value.length === 0) return undefined;
  begin();
  let spentMs = 0;
  let noticed = 0;
  let tried = 0;
  let certain = false;
  for (const mutant of mutants.value) {
    if (spentMs + ms > patienceMs) break;
    const text = edited(plan.source, [{ ...mutant.span, text: mutant.text }]);
    const overlay = [...run.overlay.filter(({ path }) => path !== plan.sourcePath)];
    // A fault may make it run for ever.
    const timeMs = Math.min(limits.timeMs, Math.max(2_000, 3 * ms));
    const answer = await tools.runner.run(
      { ...run, overlay: [...overlay, { path: plan.sourcePath, text }] },
      { ...limits, timeMs },
      false,
      signal,
    );
    signal.throwIfAborted();
    if (!answer.ran) break;
    spentMs += answer.ms;
    const seen = sees(readRun(answer, green.command, plan, green.text, green.names));
    if (seen === undefined) continue;
    tried += 1;
    certain ||= mutant.certain;
    if (seen) noticed += 1;
  }
  if (tried === 0) return undefined;
  if (noticed > 0) return { code: 'faultsNoticed', params: { noticed, of: tried } };
  // One fault alone may have been none, or in a corner that no test of the answer was asked for.
  return tried > 1 || certain ? { code: 'noticesNothing', params: { of: tried } } : undefined;
}

/**
 * Whether an assertion saw a fault. Undefined where the run says nothing of the assertions: it did not end, or the
 * fault made the code crash, which any call of it would have shown.
 */
function sees(read: RunRead): boolean | undefined {
  if (read.kind !== 'ran') return undefined;
  if (read.tests.some(({ outcome }) => outcome === 'failed')) return true;
  return read.tests.every(({ outcome }) => outcome === 'passed') ? false : undefined;
}

/** The language of the source, which may not be that of its tests. */
function languageOf({ sourcePath, languageId }: TestsPlan): string {
  if (/\.[mc]?ts$/.test(sourcePath)) return 'typescript';
  if (/\.tsx$/.test(sourcePath)) return 'typescriptreact';
  if (/\.[mc]?js$/.test(sourcePath)) return 'javascript';
  if (/\.jsx$/.test(sourcePath)) return 'javascriptreact';
  return languageId;
}
