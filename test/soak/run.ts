import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runHost } from '../../scripts/test/host.ts';
import { startCode } from '../../src/code/client.ts';
import { sourcePaths } from '../../src/code/paths.ts';
import { corpora } from '../../verify/packages.ts';
import { brokenOf, judged } from './judge.ts';
import { keptTries } from './kept.ts';
import { reportLines } from './report.ts';
import { triesFor } from './tries.ts';
import type { Tried, Try } from './try.ts';
import { makeWorkspace } from './workspace.ts';

/** At the least so many have to be applied, or the run has shown nothing. */
const fewestApplied = 20;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    /** Goes on where the last run with this seed ended. */
    resume: { type: 'boolean', default: false },
    /** Ends after so many minutes, to be gone on with. */
    minutes: { type: 'string' },
    /** Tries in one VS Code. */
    window: { type: 'string', default: '40' },
    model: { type: 'string', default: 'smollm2:135m' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const count = Number(values.count);
const end =
  values.minutes === undefined ? Number.MAX_SAFE_INTEGER : Date.now() + Number(values.minutes) * 60_000;

/** Some tries in one VS Code; gives how many were made. */
async function oneWindow(tries: readonly Try[], found: Awaited<ReturnType<typeof corpora>>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'maia-soak-'));
  const done: (readonly [Try, Tried])[] = [];
  const take = (line: Readonly<Record<string, unknown>>) => {
    if (line.event !== 'tried') return;
    const { event: _event, ...tried } = line as unknown as Tried & { event: string };
    const one = tries.find(({ nth }) => nth === tried.nth);
    if (!one) return;
    done.push([one, tried]);
    const fed = one.fed === undefined ? '' : ' (fed)';
    say(
      `  ${one.nth + 1} of ${count}: ${one.task} of ${one.name}, ${one.language}${fed}: ${tried.ended}, ${(tried.ms / 1000).toFixed(1)} s`,
    );
  };
  try {
    const workspace = join(folder, 'workspace');
    await makeWorkspace(workspace, tries, found);
    const plan = join(folder, 'plan.json');
    await writeFile(plan, JSON.stringify(tries));
    const suite = { name: 'soak', folder: 'test/soak/host', workspace, packaged: false, restricted: false };
    const env = { MAIA_SOAK_PLAN: plan, MAIA_SOAK_UNTIL: String(end), MAIA_SOAK_MODEL: values.model };
    const { failures } = await runHost(suite, { take, env, limit: 60 * 60_000 });
    if (failures.length > 0) process.exitCode = 1;
    const broken = await brokenOf(done);
    for (const [one, { before: _before, after, ...tried }] of done) {
      const why = broken.get(one.nth);
      if (why !== undefined)
        say(`BROKEN: try ${one.nth}, ${one.task} of ${one.name}: ${why}\n${after ?? ''}`);
      const { task, language, file, name, fed } = one;
      kept.add({
        ...tried,
        task,
        language,
        file,
        name,
        fed: fed !== undefined,
        ...(why === undefined ? {} : { broken: why }),
      });
    }
    return done.length;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (!process.env.MAIA_TEST_OLLAMA) throw new Error('MAIA_TEST_OLLAMA is not set: it names a real Ollama.');
const found = await corpora(judged, say);
const code = startCode(sourcePaths());
const tries = await triesFor(found, code, values.seed, count);
await code.dispose();
const kept = await keptTries(values.seed, values.resume);
const isDone = new Set(kept.all.map(({ nth }) => nth));
let left = tries.filter(({ nth }) => !isDone.has(nth));
while (left.length > 0 && Date.now() < end) {
  const made = await oneWindow(left.slice(0, Number(values.window)), found);
  if (made === 0) break;
  left = left.slice(made);
}
say('');
for (const line of reportLines(kept.all)) say(line);
const broken = kept.all.filter(({ broken: why }) => why !== undefined).length;
const applied = kept.all.filter(({ ended }) => ended === 'applied').length;
if (left.length > 0)
  say(
    `\n${left.length} tries are left: npm run soak:edits -- --seed ${values.seed} --count ${count} --resume`,
  );
else if (applied < fewestApplied) say(`\nOnly ${applied} were applied: that shows too little.`);
if (broken > 0 || (left.length === 0 && applied < fewestApplied)) process.exitCode = 1;
