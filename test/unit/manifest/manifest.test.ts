import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { contributesOf } from '../../../scripts/manifest/contributes.ts';
import { manifestOf } from '../../../scripts/manifest/manifestOf.ts';
import { Messages } from '../../../scripts/manifest/messages.ts';
import { type Setting, settings } from '../../../src/vocabulary/settings.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

test('package.json and package.nls.json are what the tables in the code make of them', () => {
  const { manifest, nls } = manifestOf(json('package.json'));
  assert.deepEqual(json('package.json'), manifest, 'run `npm run manifest` and commit what it writes');
  assert.deepEqual(json('package.nls.json'), nls, 'run `npm run manifest` and commit what it writes');
});

test('every text of the manifest that VS Code looks up is there, and none is left over', () => {
  const keys = [...JSON.stringify(json('package.json')).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(keys)].sort(), Object.keys(json('package.nls.json')).sort());
});

test('every text of the manifest says something', () => {
  const empty = Object.entries<string>(json('package.nls.json')).filter(([, text]) => text.trim() === '');
  assert.deepEqual(empty, []);
});

test('every command link of the walkthrough leads to a command', () => {
  const commands = new Set(contributesOf(new Messages()).commands.map(({ command }) => command));
  const texts: string[] = Object.values(json('package.nls.json'));
  const links = texts.flatMap((text) =>
    [...text.matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id ?? ''),
  );
  assert.ok(links.length > 0);
  assert.deepEqual(
    links.filter((id) => !commands.has(id)),
    [],
  );
});

test('no two commands share a key where both can be meant', () => {
  const keys = contributesOf(new Messages()).keybindings.map(({ key, when }) => `${key} ${when ?? ''}`);
  assert.equal(new Set(keys).size, keys.length);
});

test('what opens a connection is the user’s alone, and is ignored in a workspace that is not trusted', () => {
  const restricted: string[] = json('package.json').capabilities.untrustedWorkspaces.restrictedConfigurations;
  for (const [name, { scope, tighten }] of Object.entries<Setting<unknown>>(settings)) {
    if (tighten !== 'never') continue;
    assert.ok(scope === 'machine' || scope === 'application', `${name} could be set by a workspace`);
    if (scope === 'machine') assert.ok(restricted.includes(name), `${name} is not restricted`);
  }
});

test('the pictures that the manifest names are there', () => {
  const { icon, contributes } = json('package.json');
  const steps: { media: { svg: string } }[] = contributes.walkthroughs[0].steps;
  for (const file of [icon, ...steps.map(({ media }) => media.svg)])
    assert.ok(existsSync(join(root, file)), `${file} is missing`);
});

test('every command that a sentence names is in the palette under that name', () => {
  const titles = new Set(Object.values<string>(json('package.nls.json')));
  const sources = globSync('src/**/*.ts', { cwd: root }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  const named = sources.flatMap((source) =>
    [...source.matchAll(/"Maia: ([^"\n]+)"/g)].map(([, name]) => name),
  );
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((name) => !titles.has(name ?? '')),
    [],
  );
});
