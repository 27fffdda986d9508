import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outlineOf } from '../../../src/tasks/outline.ts';
import { TestNames } from '../../../src/tasks/tests/testNames.ts';
import type { ProjectFiles } from '../../../src/vocabulary/ports.ts';
import { never, tools } from './ask.ts';

const source = `/** Adds. */
export function add(a: number, b: number) {
  return a + b;
}

export function clamp(value: number) {
  const low = () => 0;
  return Math.max(low(), value);
}
`;

describe('what a file declares', () => {
  it('says of each unit where it is, whether others can use it and whether it has a comment', async () => {
    const found = await outlineOf({ languageId: 'typescript', text: source }, tools.code, never);
    assert.deepEqual(
      found?.map(({ name, exported, documented }) => [name, exported, documented]),
      [
        ['add', true, true],
        ['clamp', true, false],
        ['low', false, false],
      ],
    );
    assert.equal(found?.[0]?.span.start, 0);
  });

  it('is not asked of a text without grammar or of a very long one', async () => {
    assert.equal(await outlineOf({ languageId: 'cobol', text: source }, tools.code, never), undefined);
    const text = `${source}${'// filler\n'.repeat(25_000)}`;
    assert.equal(await outlineOf({ languageId: 'typescript', text }, tools.code, never), undefined);
  });
});

/** Files as a project has them, and how often they were looked for. */
function project(texts: Readonly<Record<string, string>>) {
  let looked = 0;
  const files: ProjectFiles = {
    folders: () => ['/p'],
    read: async (path) => texts[path],
    stat: async () => undefined,
    list: async () => [],
    find: async (_folder, glob) => {
      looked += 1;
      return glob.includes('test') ? Object.keys(texts) : [];
    },
  };
  return { files, looked: () => looked };
}

class StandingClock {
  at = 0;
  now = () => this.at;
  monotonic = () => this.at;
  sleep = async () => undefined;
}

const place = (name: string, path = '/p/src/a.ts', languageId = 'typescript') => ({
  name,
  path,
  languageId,
  folder: '/p',
});

describe('whether a test names a function', () => {
  it("is read out of the project's test files, as a whole word", async () => {
    const { files } = project({ '/p/test/a.test.ts': "it('adds', () => add(1, 2)); addAll();" });
    const names = new TestNames(files, new StandingClock(), never);
    assert.equal(await names.has(place('add')), true);
    assert.equal(await names.has(place('clamp')), false);
    assert.equal(await names.has(place('All')), false);
  });

  it('is read once for a while, however often it is asked', async () => {
    const clock = new StandingClock();
    const { files, looked } = project({ '/p/test/a.test.ts': 'add' });
    const names = new TestNames(files, clock, never);
    await Promise.all([names.has(place('add')), names.has(place('clamp'))]);
    const first = looked();
    clock.at = 29_000;
    await names.has(place('add'));
    assert.equal(looked(), first);
    clock.at = 31_000;
    await names.has(place('add'));
    assert.equal(looked(), 2 * first);
  });

  it('is not said where a project has more tests than are read, or its language none that are known', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`/p/test/${at}.test.ts`, 'add']));
    const names = new TestNames(project(many).files, new StandingClock(), never);
    assert.equal(await names.has(place('add')), true);
    assert.equal(await names.has(place('clamp')), undefined);
    assert.equal(await names.has(place('clamp', '/p/a.cob', 'cobol')), undefined);
  });

  it('is taken as said for what a test file itself declares', async () => {
    const names = new TestNames(project({}).files, new StandingClock(), never);
    for (const path of ['/p/test/rig.ts', '/p/src/a.spec.ts', '/p/src/a_test.go', '/p/src/ATest.java'])
      assert.equal(await names.has(place('helper', path)), true, path);
    assert.equal(await names.has(place('helper', '/p/src/latest.ts')), false);
  });
});
