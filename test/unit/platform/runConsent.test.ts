import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type ConsentParts,
  commandLine,
  type KeptConsent,
  RunConsent,
} from '../../../src/platform/runConsent.ts';

const command = { argv: ['npx', 'vitest', 'run'], folder: '/project' };
const never = new AbortController().signal;

function developer(over: Partial<ConsentParts> = {}) {
  const kept = new Map<string, KeptConsent>();
  const asked: string[] = [];
  const answers: ((answer?: KeptConsent) => void)[] = [];
  const consent = new RunConsent({
    on: () => true,
    trusted: () => true,
    kept: (folder) => kept.get(folder),
    keep: async (folder, answer) => void kept.set(folder, answer),
    ask: ({ folder }) => {
      asked.push(folder);
      return new Promise((resolve) => answers.push(resolve));
    },
    waitMs: 60_000,
    ...over,
  });
  return { consent, kept, asked, say: (answer?: KeptConsent) => answers.shift()?.(answer) };
}

test('a workspace folder is asked about once, and its answer holds', async () => {
  for (const answer of ['allowed', 'never'] as const) {
    const { consent, asked, say } = developer();
    const first = consent.allow(command, never);
    say(answer);
    assert.equal(await first, answer === 'allowed');
    assert.equal(await consent.allow({ ...command, argv: ['go', 'test'] }, never), answer === 'allowed');
    assert.deepEqual(asked, ['/project']);
    void consent.allow({ ...command, folder: '/other' }, never);
    assert.deepEqual(asked, ['/project', '/other']);
    say();
  }
});

test('a question that is put away is asked again the next time', async () => {
  const { consent, asked, say, kept } = developer();
  const first = consent.allow(command, never);
  say();
  assert.equal(await first, false);
  assert.equal(kept.size, 0);
  const second = consent.allow(command, never);
  say('allowed');
  assert.equal(await second, true);
  assert.equal(asked.length, 2);
});

test('where the setting is off or the workspace is not trusted nobody is asked, whatever was said', async () => {
  for (const off of [{ on: () => false }, { trusted: () => false }]) {
    const { consent, asked, kept } = developer(off);
    kept.set('/project', 'allowed');
    assert.equal(await consent.allow(command, never), false);
    assert.equal(await consent.allow({ ...command, folder: '/other' }, never), false);
    assert.deepEqual(asked, []);
  }
});

test('several that ask at the same time share one question', async () => {
  const { consent, asked, say } = developer();
  const all = Promise.all([1, 2, 3].map(() => consent.allow(command, never)));
  say('allowed');
  assert.deepEqual(await all, [true, true, true]);
  assert.equal(asked.length, 1);
});

test('an abort or too long a wait counts as no, and the answer that comes later counts for the next time', async () => {
  const { consent, asked, say } = developer({ waitMs: 5 });
  assert.equal(await consent.allow(command, never), false);
  const cancel = new AbortController();
  const second = consent.allow(command, cancel.signal);
  cancel.abort();
  assert.equal(await second, false);
  say('allowed');
  await new Promise(setImmediate);
  assert.equal(await consent.allow(command, never), true);
  assert.equal(asked.length, 1);
});

test('a setting that is switched off while the question stands is heeded', async () => {
  let on = true;
  const { consent, say } = developer({ on: () => on });
  const asked = consent.allow(command, never);
  on = false;
  say('allowed');
  assert.equal(await asked, false);
});

test('a command line is shown as a person would type it', () => {
  assert.equal(commandLine(['npx', 'vitest', 'run', 'src/a b.test.ts']), "npx vitest run 'src/a b.test.ts'");
  assert.equal(commandLine(['sh', '-c', "it's"]), "sh -c 'it'\\''s'");
});

test('a command line is one line without links, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (argv) => {
      const line = commandLine([...argv, '[x](command:y)', 'a\nb\u202Ec']);
      assert.ok(line.length <= 160);
      assert.doesNotMatch(line, /\]\(|[\n\r\u202E]/);
    }),
  );
});
