import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleTests } from '../bundleTests.ts';
import { packageVsix } from '../package/packageVsix.ts';
import { freePort } from '../ports.ts';
import { openWorkbench } from '../workbench/workbench.ts';
import { findDesktop, runInDesktop } from './desktop.ts';
import type { Suite } from './suites.ts';
import { tail } from './tail.ts';
import { count, emptyTally, type ReportLine, type Tally } from './tally.ts';

const root = join(import.meta.dirname, '..', '..');

export interface HostOptions {
  /** Only the tests whose full title has this in it. */
  readonly grep?: string;
  /** Whole run, ms. */
  readonly limit?: number;
  /** Prints the page's console too. */
  readonly verbose?: boolean;
  /** Leaves a packaged suite's VSIX out, to compare with a VS Code that has no Maia. */
  readonly without?: boolean;
  /** For VS Code, beside its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Every line of the suite's report, beside its being counted. */
  readonly take?: (line: Readonly<Record<string, unknown>>) => void;
}

/**
 * Runs a mocha suite in a real VS Code: the desktop one where there is one (or can be downloaded), else the workbench
 * with headless Chromium. `MAIA_TEST_VSCODE` (`desktop` or `workbench`) chooses.
 * The suite finds in its environment: `MAIA_TEST_WORKSPACE`, `MAIA_TEST_OLLAMA_PORT` and `MAIA_TEST_CLAUDE_PORT` (where
 * Maia looks for its providers, for the suite's own servers to listen on), `MAIA_HOME`.
 */
export async function runHost(suite: Suite, options: HostOptions = {}): Promise<Tally> {
  const tally = emptyTally();
  if (suite.realOllama && !process.env.MAIA_TEST_OLLAMA) {
    count(tally, { event: 'skip', title: 'the suite on a real Ollama: MAIA_TEST_OLLAMA is not set' });
    return tally;
  }
  const home = await mkdtemp(join(tmpdir(), 'maia-host-'));
  const ended = new AbortController();
  try {
    const run = await prepare(suite, home, options);
    let finished = false;
    const take = (line: string) => {
      const entry = JSON.parse(line) as ReportLine;
      finished ||= entry.event === 'end';
      count(tally, entry);
      if (entry.event === 'pass') console.log(`  ✔ ${entry.title}`);
      options.take?.({ ...entry });
    };
    const reading = tail(run.report, take, ended.signal);
    const problem = await runSomewhere(run, options).then(
      () => new Error('VS Code ended first.'),
      (error: unknown) => error,
    );
    ended.abort();
    await reading;
    if (!finished) {
      const why = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
      count(tally, { event: 'fail', title: 'the suite in VS Code reaches its end', error: why });
    }
    return tally;
  } finally {
    ended.abort();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Run {
  readonly suite: Suite;
  /** The folder of this run alone. */
  readonly home: string;
  readonly extension: string;
  readonly vsix?: string;
  readonly tests: string;
  readonly workspace: string;
  readonly report: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

async function prepare(suite: Suite, home: string, { grep, without, env: more }: HostOptions): Promise<Run> {
  const { entry: tests, folder } = await bundleTests(suite);
  const workspace = join(home, 'workspace');
  await cp(resolve(root, suite.workspace), workspace, { recursive: true });
  const vsix = suite.packaged && !without ? (await packageVsix(home)).file : undefined;
  const report = join(home, 'report.ndjson');
  const [ollama, claude] = [await freePort(), await freePort()];
  const settings = { 'maia.claude.baseUrl': `http://127.0.0.1:${claude}` };
  const env = {
    MAIA_HOME: join(home, 'maia'),
    MAIA_TEST_REPORT: report,
    MAIA_TEST_GREP: grep,
    MAIA_TEST_WORKSPACE: workspace,
    MAIA_TEST_OLLAMA_PORT: String(ollama),
    MAIA_TEST_CLAUDE_PORT: String(claude),
    OLLAMA_HOST: suite.realOllama ? process.env.MAIA_TEST_OLLAMA : `http://127.0.0.1:${ollama}`,
    ANTHROPIC_API_KEY: undefined,
    ...more,
  };
  // Where the VSIX is installed, the tests themselves are the extension in development.
  return {
    suite,
    home,
    extension: suite.packaged ? folder : root,
    vsix,
    tests,
    workspace,
    report,
    settings,
    env,
  };
}

/** What VS Code is started on. */
function openedOf({ suite: { open }, workspace }: Run): string | undefined {
  if (open === false) return undefined;
  return open === undefined ? workspace : join(workspace, open);
}

async function runSomewhere(run: Run, options: HostOptions): Promise<void> {
  const place = process.env.MAIA_TEST_VSCODE;
  const workbench = place === 'workbench' || run.suite.packaged;
  const executable = workbench ? undefined : await findDesktop(join(root, '.cache', 'vscode'));
  if (!executable && !workbench && place === 'desktop')
    throw new Error('No desktop VS Code was found, nor can one be downloaded.');
  if (!executable) return runInWorkbench(run, options);
  console.log(`  in ${executable}`);
  await runInDesktop({ ...run, workspace: openedOf(run), executable });
}

async function runInWorkbench(run: Run, { limit = 15 * 60_000, verbose }: HostOptions): Promise<void> {
  const say = (line: string) => console.log(`  ${line}`);
  const { extension, vsix, tests, settings, env } = run;
  const workspace = openedOf(run);
  const workbench = await openWorkbench({
    ...{ extension, vsix, tests, workspace, settings, env, say },
    askTrust: run.suite.restricted,
    log: verbose ? say : undefined,
  });
  const timer = new AbortController();
  try {
    await Promise.race([
      workbench.exit,
      sleep(limit, undefined, { signal: timer.signal, ref: false }).then(() => {
        throw new Error('The suite in VS Code took too long.');
      }),
    ]);
  } catch (error) {
    console.log(`  The last lines of VS Code's console:\n${workbench.lines.slice(-20).join('\n')}`);
    throw error;
  } finally {
    timer.abort();
    await workbench.close();
  }
}
