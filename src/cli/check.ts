import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { startCode } from '../code/client.ts';
import { bundledPrograms } from '../engine/programs.ts';
import { createPhrases } from '../phrases/phrases.ts';
import { diskFiles } from '../platform/node/diskFiles.ts';
import { bundledTypesWorker, createTypeChecker } from '../platform/node/types/typeChecker.ts';
import { createTasks } from '../tasks/tasks.ts';
import type { Runner } from '../vocabulary/ports.ts';
import type { Arguments } from './arguments.ts';
import { type Checkable, type Checked, checkAnswer } from './checkAnswer.ts';
import { checkLines } from './checkLines.ts';
import { outWriter } from './output.ts';
import { languageIds, taskOf } from './requestOf.ts';
import { pipedInput } from './standardInput.ts';
import { WrongUse } from './wrongUse.ts';

/** What a model writes is seldom a hundredth of it. */
const mostAnswerBytes = 4 * 1024 * 1024;
const exitCodes: Readonly<Record<Checked['verdict'], number>> = { passed: 0, failed: 1, notChecked: 2 };

/**
 * `maia check`: one answer, or with `--jsonl` one a line. Asks no model and writes no file.
 * @param dist the folder of the bundle, with a slash at its end
 * @returns 0 passed, 1 failed, 2 not checked; with `--jsonl` 1 where a line could not be read
 */
export async function check(args: Arguments, dist: URL): Promise<number> {
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort());
  process.once('SIGTERM', () => cancel.abort());
  let unread = false;
  const write = outWriter(() => {
    unread = true;
    cancel.abort();
    process.stdin.destroy();
  });
  const tools = {
    code: startCode(bundledPrograms(dist).code),
    files: diskFiles,
    // Who names a project has its compiler run; without one nobody is asked.
    checker: createTypeChecker({ workerUrl: bundledTypesWorker(dist), isTrusted: () => true }),
    ...(args.runTests ? { runner: await shellRunner(dist) } : {}),
  };
  const tasks = createTasks();
  try {
    if (args.jsonl) {
      process.stdin.setEncoding('utf8');
      return (await checkLines(process.stdin, write, tasks, tools, cancel.signal)) > 0 ? 1 : 0;
    }
    const one = await checkableOf(args, await pipedInput(mostAnswerBytes, cancel.signal));
    const checked = await checkAnswer(one, tasks, tools, cancel.signal);
    await write(args.json ? `${JSON.stringify(checked)}\n` : asPeopleRead(checked));
    return exitCodes[checked.verdict];
  } catch (error) {
    if (cancel.signal.aborted) return unread ? 0 : 130;
    throw error;
  } finally {
    await Promise.all([tools.code.dispose(), tools.checker.dispose()]);
  }
}

/** The option is the developer's word; nobody has read the tests, so they run in a sandbox or not at all. */
async function shellRunner(dist: URL): Promise<Runner> {
  const [{ createSandboxRunner }, { protectedFilesIn }, { maiaHome }, { shellPolicy }] = await Promise.all([
    import('../platform/node/sandbox/sandboxRunner.ts'),
    import('../privacy/protectedFiles.ts'),
    import('../platform/node/maiaHome.ts'),
    import('../platform/node/shellPolicy.ts'),
  ]);
  const home = maiaHome();
  const { privacy } = (await shellPolicy(home, process.env)).current();
  const { run } = createSandboxRunner({
    hiddenFiles: (folder, signal) =>
      protectedFilesIn(folder, privacy.protectedPaths, bundledPrograms(dist).privacy, signal),
    hiddenFolders: [home],
  });
  return { allow: async () => true, run };
}

async function checkableOf(args: Arguments, answer: string): Promise<Checkable> {
  const [path, ...more] = args.files;
  const task = taskOf(args.task);
  if (!task || path === undefined || more.length > 0)
    throw new WrongUse('maia check takes --task and one --file, and the answer on standard input.');
  if (answer === '') throw new WrongUse('There is no answer on standard input.');
  const file = await readFile(path, 'utf8').catch(() => {
    throw new WrongUse(`The file ${path} can't be read.`);
  });
  return {
    task,
    language: languageIds[extname(path)] ?? 'plaintext',
    // The shell's own folder is what a name on the command line begins at, not the project.
    path: resolve(path),
    file,
    answer,
    ...(args.line === undefined ? {} : { line: args.line }),
    ...(args.project === undefined ? {} : { project: args.project }),
  };
}

const words: Readonly<Record<Checked['verdict'], string>> = {
  passed: 'passed',
  failed: 'failed',
  notChecked: 'not checked',
};

function asPeopleRead({ verdict, findings }: Checked): string {
  const phrases = createPhrases();
  return [words[verdict], ...findings.map((finding) => `  - ${phrases.finding(finding)}`), ''].join('\n');
}
