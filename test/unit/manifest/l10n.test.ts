import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { bundleFile, l10nBundle } from '../../../scripts/l10n/bundle.ts';
import { commandTable } from '../../../src/surfaces/commandTable.ts';

const root = join(import.meta.dirname, '..', '..', '..');

test('translators are given every text that the code says now', async () => {
  assert.equal(
    readFileSync(bundleFile, 'utf8'),
    await l10nBundle(),
    'run `npm run l10n` and commit what it writes',
  );
});

test('the folder of translations that package.json names is there', () => {
  const { l10n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.equal(join(root, l10n), dirname(bundleFile));
  assert.ok(existsSync(join(root, l10n)));
});

test('a sentence that names a command of the palette names it as the palette does', () => {
  const titles = new Set<string>(Object.values(commandTable).map(({ title }) => title));
  const texts: string[] = Object.keys(JSON.parse(readFileSync(bundleFile, 'utf8')));
  const named = texts.flatMap((text) => [...text.matchAll(/"Maia: ([^"]+)"/g)].map(([, name]) => name ?? ''));
  assert.ok(named.length > 3);
  assert.deepEqual(
    named.filter((name) => !titles.has(name)),
    [],
  );
});
