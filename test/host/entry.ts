import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Mocha from 'mocha';
import { report } from './report.ts';

/** The runner outside prints; the host stays quiet. */
class Silent extends Mocha.reporters.Base {}

/** Runs in the extension host of a real VS Code, desktop or workbench: every `*.test.js` beside this module. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: Silent, forbidOnly: true });
  if (process.env.MAIA_TEST_GREP) mocha.grep(process.env.MAIA_TEST_GREP);
  const files = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.test.js')).sort();
  for (const file of files) mocha.addFile(join(import.meta.dirname, file));
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    const title = (test: Mocha.Runnable) => test.fullTitle();
    runner.on('pass', (test) => report({ event: 'pass', title: title(test), ms: test.duration }));
    runner.on('pending', (test) => report({ event: 'skip', title: title(test) }));
    runner.on('fail', (test, error: Error) =>
      report({ event: 'fail', title: title(test), error: error.stack ?? error.message }),
    );
  });
  report({ event: 'end', failures });
  if (failures > 0) throw new Error(`${failures} of the tests in the extension host failed.`);
}
