import { parseArgs } from 'node:util';
import { startCode } from '../src/code/client.ts';
import { sourcePaths } from '../src/code/paths.ts';
import { diskFiles } from '../src/platform/node/diskFiles.ts';
import { tasks } from '../src/vocabulary/task.ts';
import { questionsOf } from './cascadeQuestions.ts';
import { cascadeLines, uncheckedOf, type Way } from './cascadeReport.ts';
import { playCell, type Setup, speeds } from './cascadeRun.ts';
import { functionsOf, isTest } from './functions.ts';
import { corpora } from './packages.ts';

const { values } = parseArgs({
  options: {
    /** Requests in each line of the report. */
    requests: { type: 'string', default: '60' },
    /** Shares of bad local answers, in percent. */
    share: { type: 'string', multiple: true, default: ['0', '10', '25', '50', '75', '100'] },
    /** How many of Claude's first answers are right, in percent. */
    claude: { type: 'string', default: '97' },
    seed: { type: 'string', default: '1' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const began = performance.now();
const seed = Number(values.seed);
const code = startCode(sourcePaths());
const samples = [];
for (const corpus of await corpora(['typescript', 'javascript', 'python', 'go'], say))
  samples.push(...(await functionsOf(corpus, code, 60)).samples);
const questions = await questionsOf(samples, code, Number(values.requests), seed);
await code.dispose();
/** A project as it was before its tests were written. */
const files: typeof diskFiles = {
  ...diskFiles,
  read: async (path, signal, limit) => (isTest(path) ? undefined : diskFiles.read(path, signal, limit)),
  stat: async (path, signal) => (isTest(path) ? undefined : diskFiles.stat(path, signal)),
};

const allLocal = { 'maia.tasks': Object.fromEntries(tasks.map((task) => [task, 'local'])) };
const claudeRight = Number(values.claude) / 100;
const play = (badShare: number, more: Partial<Setup>) =>
  playCell(questions, { badShare, claudeRight, mends: false, settings: {}, seed, ...more }, files);

const ways: Way[] = [];
const claudeAlone = await play(0, { settings: { 'maia.mode': 'claudeOnly' } });
for (const share of values.share.map((text) => Number(text) / 100)) {
  const kept = await play(share, { settings: allLocal });
  const add = (name: string, cell: Way['cell']) => ways.push({ name, badShare: share, cell });
  add('Maia', await play(share, {}));
  add('Maia, all tasks kept local', kept);
  add('Maia, kept local, a model that mends', await play(share, { settings: allLocal, mends: true }));
  add('local, no check', uncheckedOf(kept));
  add('always Claude', claudeAlone);
}

say(
  `${questions.length} requests in each line, of ${new Set(questions.map(({ task }) => task)).size} tasks over ${new Set(questions.map(({ asked }) => asked.path)).size} files; ${values.claude} % of Claude's first answers are right`,
);
say(
  `USD as the ledger has it; seconds from each attempt's tokens: local ${speeds.localPromptTokensPerSecond} tokens/s read and ${speeds.localTokensPerSecond} written, Claude ${speeds.claudeFirstSeconds} s to the first and ${speeds.claudeTokensPerSecond} tokens/s`,
);
say(
  '"Maia" learns as it goes, from a fresh ledger at each share; where the local model fails often, Claude is asked first\n',
);
for (const line of cascadeLines(ways)) say(line);
say(`\n${((performance.now() - began) / 1000).toFixed(0)} s`);
