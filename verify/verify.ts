import { parseArgs } from 'node:util';
import { checkAnswer } from '../src/cli/checkAnswer.ts';
import { startCode } from '../src/code/client.ts';
import { sourcePaths } from '../src/code/paths.ts';
import { diskFiles } from '../src/platform/node/diskFiles.ts';
import { createTasks } from '../src/tasks/tasks.ts';
import { type Task, tasks as taskNames } from '../src/vocabulary/task.ts';
import { type Case, squeezed } from './case.ts';
import { changeCases } from './changeCases.ts';
import { confidenceLines, type Measured } from './confidence.ts';
import { documentCases } from './documentCases.ts';
import { functionsOf, isTest, type Sample } from './functions.ts';
import { modelAnswers } from './modelAnswers.ts';
import { corpora } from './packages.ts';
import { aimLines, type Outcome, reportLines } from './report.ts';
import { testCases } from './testCases.ts';
import { textCases } from './textCases.ts';

const { values } = parseArgs({
  options: {
    language: { type: 'string', multiple: true, default: [] },
    task: { type: 'string', multiple: true, default: [] },
    /** Functions of each language. */
    count: { type: 'string', default: '60' },
    /** A model on the Ollama of MAIA_TEST_OLLAMA whose own answers are checked too. */
    model: { type: 'string' },
    /** How many answers of each task it is asked for at most; what it once said is kept. */
    answers: { type: 'string', default: '40' },
    /** Prints this many misses and false alarms. */
    show: { type: 'string', default: '0' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const never = new AbortController().signal;
const code = startCode(sourcePaths());
const tasks = createTasks();
/** A project as it was before its tests were written. */
const files: typeof diskFiles = {
  ...diskFiles,
  read: async (path, signal, limit) => (isTest(path) ? undefined : diskFiles.read(path, signal, limit)),
  stat: async (path, signal) => (isTest(path) ? undefined : diskFiles.stat(path, signal)),
};
const makers = { document: documentCases, change: changeCases, tests: testCases, text: textCases } as const;
const wanted = new Set(values.task);
for (const one of wanted)
  if (!Object.hasOwn(makers, one) && !taskNames.includes(one as Task))
    throw new Error(`There is no task ${one}: ${[...Object.keys(makers), ...taskNames].join(', ')}.`);
const isWanted = (kind: string, task: string) => wanted.size === 0 || wanted.has(kind) || wanted.has(task);
const outcomes: Outcome[] = [];
let toShow = Number(values.show);

async function judged(one: Case): Promise<Outcome> {
  const began = performance.now();
  const checked = await checkAnswer(one.asked, tasks, { code, files }, never);
  const ms = performance.now() - began;
  const { verdict, findings, result } = checked;
  const putRight =
    !one.right &&
    verdict === 'passed' &&
    one.good !== undefined &&
    squeezed(result ?? '') === squeezed(one.good);
  const alarm = one.right && (verdict === 'failed' || (verdict === 'notChecked' && !one.onlyShown));
  const codes = findings.map((finding) => `${finding.code} ${JSON.stringify(finding.params)}`).join(', ');
  if (toShow > 0 && (one.right ? alarm : verdict !== 'failed' && !putRight)) {
    toShow -= 1;
    const { task, language, path, line, answer } = one.asked;
    say(
      `--- ${one.right ? 'false alarm' : 'missed'}: ${task}, ${language}, ${one.kind}: ${path}:${line} ${verdict} ${codes}\n${answer.slice(0, 1500)}\n`,
    );
  }
  return {
    task: one.asked.task,
    language: one.asked.language,
    kind: one.kind,
    right: one.right,
    verdict,
    putRight,
    alarm,
    ms,
    codes,
  };
}

const forModel: Sample[][] = [];

/** Nobody but the check says which of a model's own answers are good. */
async function checkModel(server: string, model: string): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { asked, confidence } of await modelAnswers(
    server,
    model,
    inTurn(forModel),
    Number(values.answers),
    tasks,
    { code, files },
  )) {
    const { verdict } = await checkAnswer(asked, tasks, { code, files }, never);
    measured.push({ task: asked.task, confidence, verdict });
    if (verdict === 'passed' && toShow > 0) {
      toShow -= 1;
      say(`--- passed: ${asked.task} by ${model}, ${asked.path}:${asked.line}\n${asked.answer}\n`);
    }
  }
  return measured;
}

/** One of each in turn. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

const began = performance.now();
for (const corpus of await corpora(values.language, say)) {
  const { samples, leftOut } = await functionsOf(corpus, code, Number(values.count));
  say(
    `${corpus.language}: ${samples.length} functions; ${leftOut} left out, whose own comment does not fit their parameters`,
  );
  forModel.push([...samples]);
  for (const sample of samples)
    for (const [kind, make] of Object.entries(makers)) {
      for (const one of await make(sample, code, corpus))
        if (isWanted(kind, one.asked.task)) outcomes.push(await judged(one));
    }
}
const server = process.env.MAIA_TEST_OLLAMA;
const measured = values.model && server ? await checkModel(server, values.model) : [];
await code.dispose();
say('');
for (const line of reportLines(outcomes)) say(line);
for (const line of aimLines(outcomes)) say(line);
if (values.model && measured.length > 0)
  for (const line of confidenceLines(values.model, measured)) say(line);
if (values.model && !server) say('skipped the model: MAIA_TEST_OLLAMA is not set');
say(`\n${outcomes.length} answers in ${((performance.now() - began) / 1000).toFixed(0)} s`);
