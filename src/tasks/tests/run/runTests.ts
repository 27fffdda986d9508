import { basename } from 'node:path';
import type { TestCase } from '../../../code/code.ts';
import type { RunCommand, RunLimits } from '../../../vocabulary/ports.ts';
import type { Finding, FindingCodes, Verdict } from '../../../vocabulary/verdict.ts';
import type { Standing, TaskTools } from '../../tasks.ts';
import { failed, passed } from '../../verdicts.ts';
import type { Composed } from '../testFile.ts';
import type { TestsPlan } from '../testsPlan.ts';
import { mutationCheck } from './mutationCheck.ts';
import { readRun, type TestNames } from './readRun.ts';
import { isSuspect } from './suspectedBug.ts';
import { type CommandAsked, commandOf, type TestCommand } from './testCommand.ts';
import type { TestResult } from './testReport.ts';

/** What one run may take. */
const limits: RunLimits = {
  timeMs: 60_000,
  outputBytes: 1_000_000,
  memoryBytes: 2_000_000_000,
  processes: 200,
};
/** A run may take so long where the developer's patience is over already: less would tell nothing of any project. */
const leastMs = 15_000;
const mostFindings = 5;

/** An answer whose tests are tests of the function, as their syntax trees tell. */
export interface TestsToRun {
  readonly plan: TestsPlan;
  readonly composed: Composed;
  /** Those of `composed.fresh`. */
  readonly cases: readonly TestCase[];
  readonly names: TestNames;
  readonly answer: string;
  /** What the trees have shown. */
  readonly findings: readonly Finding[];
}

/** Runs tests that the trees found good, where the developer allows it, and says what that adds to the verdict. */
export async function runTests(
  asked: TestsToRun,
  tools: TaskTools,
  standing: Standing,
  signal: AbortSignal,
): Promise<Verdict> {
  const { plan, composed, names, findings } = asked;
  const { runner } = tools;
  if (!runner) return passed(...findings);
  const notRun = (why: FindingCodes['testsNotRun']['why']) =>
    passed(...findings, { code: 'testsNotRun', params: { why } });
  const made = await madeCommand(plan, names, tools, signal);
  if (!made) return notRun('noRunner');
  const { command, run } = withOverlay(made, plan, composed.after);
  standing.tell?.({ doing: 'tests' });
  const { leftMs } = standing;
  const timeMs = Math.min(limits.timeMs, Math.max(leastMs, leftMs ?? limits.timeMs));
  const seen = standing.seen === composed.after;
  const answer = await runner.run(run, { ...limits, timeMs }, seen, signal);
  signal.throwIfAborted();
  const read = readRun(answer, command, plan, composed.after, names);
  if (read.kind === 'notRun') return notRun(read.why);
  if (read.kind === 'broken')
    return failed({ code: 'testBroken', params: { test: basename(plan.path), message: read.message } });
  const faults = faultsOf(read.tests, asked, standing);
  if (faults.length > 0) return failed(...faults);
  const pass: Finding = { code: 'testsPass', params: { tests: read.tests.length } };
  standing.tell?.({ found: pass });
  const ms = answer.ran ? answer.ms : 0;
  const noticed = await mutationCheck(
    { plan, command, run, limits, text: composed.after, names, ms },
    { ...tools, runner },
    leftMs === undefined ? undefined : leftMs - ms,
    () => standing.tell?.({ doing: 'faults' }),
    signal,
  );
  if (noticed?.code === 'noticesNothing') return failed(noticed);
  return passed(...findings, pass, ...(noticed ? [noticed] : []));
}

/** Asks the developer, without waiting, whether such a command may run: the model writes in the meantime. */
export async function askToRun(plan: TestsPlan, tools: TaskTools, signal: AbortSignal): Promise<void> {
  const { runner } = tools;
  if (!runner) return;
  const made = await madeCommand(plan, { fresh: [], old: [] }, tools, signal);
  if (made) await runner.allow({ argv: made.command.argv, folder: made.folder }, signal);
}

interface Made {
  readonly command: TestCommand;
  readonly folder: string;
}

async function madeCommand(
  plan: TestsPlan,
  names: TestNames,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Made | undefined> {
  const { folder, framework } = plan;
  if (folder === undefined) return undefined;
  // A file that is new holds nothing else to leave out.
  const only = plan.existing === undefined ? [] : names.fresh;
  const asked: CommandAsked = { plan, folder, only };
  const command = await commandOf[framework](asked, tools.files, signal);
  return command && { command, folder };
}

/** The source as the model saw it goes along: it may not be saved yet. */
export function withOverlay(
  { command, folder }: Made,
  plan: TestsPlan,
  after: string,
): { readonly command: TestCommand; readonly run: RunCommand } {
  const { argv, cwd, env } = command;
  const overlay = [
    ...(command.overlay ?? []),
    { path: plan.sourcePath, text: plan.source },
    { path: plan.path, text: after },
  ];
  return { command, run: { argv, cwd, folder, overlay, ...(env ? { env } : {}) } };
}

/** What is wrong with tests that ran. What the answer can mend goes before what the developer has to look at. */
function faultsOf(tests: readonly TestResult[], asked: TestsToRun, standing: Standing): Finding[] {
  const { plan, composed, cases, answer } = asked;
  const evidence = { plan, fresh: composed.fresh, cases, tests, answer, earlier: standing.earlier ?? [] };
  const faulty = tests.filter(({ outcome }) => outcome === 'failed' || outcome === 'error');
  const suspects = faulty.filter((test) => isSuspect(test, evidence));
  const mendable = faulty.filter((test) => !suspects.includes(test));
  const shown = mendable.length > 0 ? mendable : suspects;
  return shown.slice(0, mostFindings).map(({ name, outcome, message }): Finding => {
    const params = { test: name, message };
    if (mendable.length === 0) return { code: 'suspectedBug', params };
    return { code: outcome === 'failed' ? 'testFails' : 'testBroken', params };
  });
}
