import { sureEnough } from '../../src/router/classify.ts';
import { tasks } from '../../src/vocabulary/task.ts';
import { Random } from '../trainer/random.ts';
import type { JudgedRow, JudgedSet } from './judgedSet.ts';
import { keywordTask } from './keywordRouter.ts';
import { bar, percent, range, subheading, table } from './layout.ts';
import { type LiteLlm, taskOfType } from './liteLlm.ts';
import {
  accuracy,
  bootstrap,
  calibrationError,
  foretold,
  type Judged,
  macroF1,
  reliability,
} from './scores.ts';

/** One set: accuracy and macro-F1 of each router, what is mixed up, and how far its confidence can be believed. */
export function classifierReport(set: JudgedSet, liteLlm: LiteLlm | undefined): readonly string[] {
  const { name, note, rows } = set;
  const title = subheading(`${name}: ${rows.length.toLocaleString('en')} prompts (${note})`);
  if (!rows.some(({ gold }) => gold !== ''))
    return [...title, '  No labels; what Maia takes them for:', `  ${counted(rows, 14)}`];
  const lines = [
    ...title,
    ...table(['', 'accuracy, 95 % interval', 'macro-F1, 95 % interval'], routed(rows, liteLlm)),
    '',
    ...sure(rows),
  ];
  const languages = [...new Set(rows.map(({ language }) => language))].filter((one) => one !== undefined);
  if (languages.length > 1) lines.push('', ...byLanguage(rows, languages.toSorted()));
  return [...lines, '', ...confusion(rows), '', ...calibration(rows)];
}

function routed(rows: readonly JudgedRow[], liteLlm: LiteLlm | undefined): readonly string[][] {
  const random = new Random(5);
  const figures = (router: string, judged: readonly Judged[]) => [
    router,
    range(bootstrap(judged, accuracy)),
    range(bootstrap(judged, macroF1)),
  ];
  const found = [
    figures('Maia', rows),
    figures(
      'keyword router',
      rows.map(({ text, gold }) => ({ gold, found: keywordTask(text) })),
    ),
  ];
  if (liteLlm)
    found.push(
      figures(
        'LiteLLM request types *',
        rows.map(({ text, gold }) => ({
          gold,
          found: taskOfType(liteLlm.found.get(text)?.type ?? 'general', gold),
        })),
      ),
    );
  found.push(
    figures(
      'random',
      rows.map(({ gold }) => ({ gold, found: random.pick(tasks) })),
    ),
  );
  return found;
}

function sure(rows: readonly JudgedRow[]): readonly string[] {
  const certain = rows.filter(({ confidence }) => (confidence ?? 0) >= sureEnough);
  return [
    `  Sure (confidence ${sureEnough} or more) of ${percent(certain.length / rows.length)}, and right in ${range(bootstrap(certain, accuracy))} of these.`,
  ];
}

function byLanguage(rows: readonly JudgedRow[], languages: readonly string[]): readonly string[] {
  return table(
    ['language', 'prompts', 'accuracy, 95 % interval'],
    languages.map((language) => {
      const mine = rows.filter((row) => row.language === language);
      return [language, String(mine.length), range(bootstrap(mine, accuracy))];
    }),
  );
}

function counted(rows: readonly Judged[], limit: number): string {
  const counts = new Map<string, number>();
  for (const { found } of rows) counts.set(found, (counts.get(found) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, limit)
    .map(([found, count]) => `${found} ${count}`)
    .join(', ');
}

function confusion(rows: readonly Judged[]): readonly string[] {
  const golds = [...new Set(rows.map(({ gold }) => gold))].toSorted();
  return [
    '  What each is taken for, most frequent first:',
    ...golds.map((gold) => {
      const mine = rows.filter((row) => row.gold === gold);
      const right = accuracy(mine);
      return `    ${gold.padEnd(13)}${String(mine.length).padStart(5)}  ${percent(right).padStart(7)} right: ${counted(mine, 6)}`;
    }),
  ];
}

function calibration(all: readonly Judged[]): readonly string[] {
  // A turn that only goes on is no task: it is right where the classifier is unsure.
  const rows = all.filter(({ gold }) => gold !== 'follow');
  const { value, low, high } = bootstrap(rows, (some) => calibrationError(foretold(some)));
  return [
    `  Calibration: expected error ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}). # is how often it was right, | how sure it was.`,
    ...reliability(foretold(rows))
      .filter(({ count }) => count > 0)
      .map(
        ({ from, count, said, came }) =>
          `    ${from.toFixed(1)} to ${(from + 0.1).toFixed(1)} ${bar(came, said)} ${percent(came).padStart(7)} right, ${percent(said).padStart(7)} sure, ${count}`,
      ),
  ];
}
