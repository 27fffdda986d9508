import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitLocalScore, problemsOf } from './outcomes/fitLocalScore.ts';
import { outcomeSets } from './outcomes/outcomeSets.ts';
import { sharedFolder } from './sharedFolder.ts';

const problems = problemsOf(outcomeSets(sharedFolder()));
if (problems.length === 0) {
  process.stderr.write('Set MAIA_SHARED to the folder that has data/outcomes, then run this again.\n');
  process.exit(1);
}
const weights = fitLocalScore(problems);
const path = join(import.meta.dirname, '..', 'src', 'router', 'localScoreWeights.json');
writeFileSync(path, `${JSON.stringify(weights, undefined, 2)}\n`);
process.stdout.write(`${problems.length} problems, level ${weights.level}\n`);
