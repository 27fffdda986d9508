import type { Code } from '../../src/code/code.ts';
import { changeCases } from '../../verify/changeCases.ts';
import { documentCases } from '../../verify/documentCases.ts';
import { functionsOf, type Sample } from '../../verify/functions.ts';
import type { Corpus } from '../../verify/packages.ts';
import { testCases } from '../../verify/testCases.ts';
import { Random } from '../faults/random.ts';
import type { Try } from './try.ts';
import { workspaceFile } from './workspace.ts';

/** How often each is tried: what changes code most, what only reads least. */
const weights: Readonly<Record<Try['task'], number>> = {
  document: 7,
  tests: 6,
  edit: 2,
  fix: 2,
  refactor: 2,
  explain: 1,
};
/** How often a right answer is fed in where one is known. */
const fedShare = 0.35;

const rightKind: Readonly<Record<Exclude<Try['task'], 'explain'>, string>> = {
  document: 'comment in a fence',
  tests: 'plain tests',
  edit: 'function',
  fix: 'function',
  refactor: 'function',
};

/** The same tries for the same seed and packages, however often a run is cut and gone on with. */
export async function triesFor(
  corpora: readonly Corpus[],
  code: Code,
  seed: string,
  count: number,
): Promise<Try[]> {
  const random = new Random(seed);
  const samples: Sample[][] = [];
  for (const corpus of corpora) samples.push(shuffled((await functionsOf(corpus, code, 80)).samples, random));
  const tries: Try[] = [];
  while (tries.length < count) {
    const of = random.pick(samples.filter((some) => some.length > 0));
    // The first is the one that was tried longest ago.
    const sample = of.shift();
    if (!sample) throw new Error('There is no function to try anything on.');
    of.push(sample);
    tries.push(await tryOf(sample, tries.length, random, code));
  }
  return tries;
}

async function tryOf(sample: Sample, nth: number, random: Random, code: Code): Promise<Try> {
  const task = random.weighted(weights);
  const feeds = random.chance(fedShare);
  const right = task === 'explain' ? undefined : await rightAnswer(sample, task, code);
  const [bare] = await documentCases(sample, code);
  const text = right?.text ?? bare?.asked.file ?? sample.text;
  const line = right?.line ?? bare?.asked.line ?? 1;
  return {
    nth,
    task,
    language: sample.language,
    file: workspaceFile(sample.language, sample.path),
    text,
    at: offsetOf(text, line),
    name: sample.unit.name,
    ...(right && feeds ? { fed: right.answer } : {}),
  };
}

async function rightAnswer(sample: Sample, task: Exclude<Try['task'], 'explain'>, code: Code) {
  const make = { document: documentCases, tests: testCases }[task as string] ?? changeCases;
  const found = (await make(sample, code)).find(
    ({ asked, kind, right }) => right && asked.task === task && kind === rightKind[task],
  );
  // A function without a name to change is its own answer: accepting that changes nothing.
  const written = found?.asked.answer
    .split('\n')
    .slice(1, -1)
    .map((line) => line.trim());
  const asIs =
    written &&
    found?.asked.file
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
      .includes(written.join('\n'));
  if (asIs) return undefined;
  return found && { text: found.asked.file, line: found.asked.line ?? 1, answer: found.asked.answer };
}

function offsetOf(text: string, line: number): number {
  const start =
    text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + (line > 1 ? 1 : 0);
  return start + (/^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0);
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list];
  const result: T[] = [];
  while (left.length > 0) result.push(...left.splice(random.int(0, left.length - 1), 1));
  return result;
}
