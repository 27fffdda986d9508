import { parseArgs } from 'node:util';
import { weightsVersion } from '../src/router/classify.ts';
import { classifierReport } from './evaluate/classifierReport.ts';
import { ownJudgedSets, sharedJudgedSets } from './evaluate/judgedSet.ts';
import { heading, table } from './evaluate/layout.ts';
import { askLiteLlm, type LiteLlm } from './evaluate/liteLlm.ts';
import { judgeOutcomes, outcomeReport, pooledGain } from './evaluate/outcomeReport.ts';
import { ownFolds } from './evaluate/ownFolds.ts';
import { targets } from './evaluate/targets.ts';
import { timeOfDecision } from './evaluate/timeOfDecision.ts';
import { timeReport } from './evaluate/timeReport.ts';
import { outcomeSets } from './outcomes/outcomeSets.ts';
import { recordings } from './runs/recordedRuns.ts';
import { sharedFolder } from './sharedFolder.ts';

// Parts can be left out, for whoever works on one of them.
const { values: without } = parseArgs({
  options: {
    'without-folds': { type: 'boolean', default: false },
    'without-outcomes': { type: 'boolean', default: false },
    'without-litellm': { type: 'boolean', default: false },
  },
});
const say = (lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`);

const folder = sharedFolder();
const judged = [...ownJudgedSets(), ...sharedJudgedSets(folder)];
const folds = without['without-folds'] ? [] : ownFolds();
const outcomes = without['without-outcomes'] ? [] : outcomeSets(folder);
const typed = [...folds, ...judged].flatMap(({ rows }) => rows.map(({ text }) => text));
const problems = outcomes.flatMap(({ rows }) => rows.map(({ prompt }) => prompt));

function liteLlmOf(texts: readonly string[]): LiteLlm | string {
  return without['without-litellm'] ? 'LiteLLM was left out by --without-litellm.' : askLiteLlm(texts);
}
const liteLlm = liteLlmOf([...typed, ...problems]);
const found = typeof liteLlm === 'string' ? undefined : liteLlm;
const gained = outcomes.length > 0 ? judgeOutcomes(outcomes, found) : undefined;

say([
  ...heading('Router report'),
  `  Classifier weights ${weightsVersion}. ${typeof liteLlm === 'string' ? liteLlm : `LiteLLM ${liteLlm.version}.`}`,
  '',
  ...table(
    ['what', 'shaped the weights', 'only judged'],
    [
      [
        'classifier',
        'train/prompts, train/posts, train/parts',
        'train/judge, all of data/intents under MAIA_SHARED',
      ],
      [
        'localScore, contest problems',
        outcomes.flatMap(({ name, shapes }) => (shapes ? [name] : [])).join(', ') || 'lcb sets',
        outcomes.flatMap(({ name, shapes }) => (shapes ? [] : [name])).join(', ') || 'alpacaeval2_outcomes',
      ],
      ['form of a contest problem', 'lcb_selfrepair, arena_hard_prompts (looked at)', 'alpacaeval2_outcomes'],
      ['localScore, all else', 'nothing (by task and difficulty)', 'alpacaeval2_outcomes'],
    ],
  ),
  ...targets(judged, gained && pooledGain(gained)),
  ...(folder === undefined
    ? [
        '',
        '  MAIA_SHARED is not set and no folder `shared` lies beside the project: the sets in it were left out.',
      ]
    : []),
]);
say(heading('1. What is asked'));
for (const set of [...folds, ...judged]) say(classifierReport(set, found));
if (found)
  say([
    '',
    "  * LiteLLM's types are not tasks: a type is counted right wherever it may mean the task, which favours it.",
  ]);
if (gained)
  say([
    ...heading('2. Who is good enough: cost and quality'),
    ...outcomeReport(gained),
    '',
    '  ** has seen the contest problems: not a fair figure, but what the shipped weights give on them.',
    '  *** orders contest problems by the chance alone that the local answer is right, not by what Claude adds.',
    ...(found ? ["  **** by LiteLLM's own forecast from type, length and form (its heuristic v2)."] : []),
  ]);
say([...heading('3. Who is quick enough: predicted times'), ...timeReport(recordings())]);
const kinds = new Map(
  [
    ['editor prompts', judged[0]?.rows.map(({ text }) => text) ?? []] as const,
    ['contest problems and chat', problems] as const,
  ].flatMap(([name, texts]) => {
    if (texts.length === 0) return [];
    const asked = found ? askLiteLlm(texts, 3) : undefined;
    return [[name, { texts, liteLlm: typeof asked === 'string' ? undefined : asked }] as const];
  }),
);
say([...heading('4. How long a decision takes'), ...timeOfDecision(kinds)]);
