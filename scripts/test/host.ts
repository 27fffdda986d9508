import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleTests } from '../bundleTests.ts';
import { freePort } from '../ports.ts';
import { openWorkbench } from '../workbench/workbench.ts';
import { findDesktop, runInDesktop } from './desktop.ts';
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
}

/**
 * Runs the mocha suite of `test/host/` in a real VS Code: the desktop one where there is one (or can be downloaded),
 * else the workbench with headless Chromium. `MAIA_TEST_VSCODE` (`desktop` or `workbench`) chooses.
 * The suite finds in its environment: `MAIA_TEST_WORKSPACE`, `MAIA_TEST_OLLAMA_PORT` and `MAIA_TEST_CLAUDE_PORT` (where
 * Maia looks for its providers, for the suite's own servers to listen on), `MAIA_HOME`.
 */
export async function runHost(options: HostOptions = {}): Promise<Tally> {
  const tally = emptyTally();
  const home = await mkdtemp(join(tmpdir(), 'maia-host-'));
  const ended = new AbortController();
  try {
    const tests = await bundleTests();
    const workspace = join(home, 'workspace');
    await mkdir(workspace);
    await cp(join(root, 'test', 'projects'), workspace, { recursive: true }).catch(() => {});
    const report = join(home, 'report.ndjson');
    const [ollama, claude] = [await freePort(), await freePort()];
    const settings = { 'maia.claude.baseUrl': `http://127.0.0.1:${claude}` };
    const env: Record<string, string | undefined> = {
      MAIA_HOME: join(home, 'maia'),
      MAIA_TEST_REPORT: report,
      MAIA_TEST_GREP: options.grep,
      MAIA_TEST_WORKSPACE: workspace,
      MAIA_TEST_OLLAMA_PORT: String(ollama),
      MAIA_TEST_CLAUDE_PORT: String(claude),
      OLLAMA_HOST: `http://127.0.0.1:${ollama}`,
      ANTHROPIC_API_KEY: undefined,
    };
    let finished = false;
    const reading = tail(
      report,
      (line) => {
        const entry = JSON.parse(line) as ReportLine;
        finished ||= entry.event === 'end';
        count(tally, entry);
      },
      ended.signal,
    );
    const place = process.env.MAIA_TEST_VSCODE;
    const executable = place === 'workbench' ? undefined : await findDesktop(join(root, '.cache', 'vscode'));
    if (place === 'desktop' && !executable)
      throw new Error('No desktop VS Code was found, nor can one be downloaded.');
    const limit = AbortSignal.timeout(options.limit ?? 15 * 60_000);
    let problem: unknown;
    try {
      if (executable) {
        console.log(`  in ${executable}`);
        await mkdir(join(home, 'user', 'User'), { recursive: true });
        await writeFile(join(home, 'user', 'User', 'settings.json'), JSON.stringify(settings));
        await runInDesktop({ executable, extension: root, tests, workspace, home, env });
      } else await runInWorkbench({ tests, workspace, settings, env, limit, verbose: options.verbose });
    } catch (error) {
      problem = error;
    }
    ended.abort();
    await reading;
    if (!finished) {
      const why = problem instanceof Error ? (problem.stack ?? problem.message) : 'VS Code ended first.';
      count(tally, { event: 'fail', title: 'the suite in VS Code reaches its end', error: why });
    }
    return tally;
  } finally {
    ended.abort();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface InWorkbench {
  readonly tests: string;
  readonly workspace: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limit: AbortSignal;
  readonly verbose?: boolean;
}

async function runInWorkbench({
  tests,
  workspace,
  settings,
  env,
  limit,
  verbose,
}: InWorkbench): Promise<void> {
  const say = (line: string) => console.log(`  ${line}`);
  const workbench = await openWorkbench({
    ...{ extension: root, tests, workspace, settings, env, say },
    log: verbose ? say : undefined,
  });
  try {
    await Promise.race([
      workbench.exit,
      new Promise((_, reject) => {
        limit.addEventListener('abort', () => reject(new Error('The suite in VS Code took too long.')));
      }),
    ]);
  } catch (error) {
    console.log(`  The last lines of VS Code's console:\n${workbench.lines.slice(-20).join('\n')}`);
    throw error;
  } finally {
    await workbench.close();
  }
}
