import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { classify } from '../../../src/router/classify.ts';
import type { ClassifierInput } from '../../../src/router/router.ts';
import { selectionKinds, weighSurroundings } from '../../../src/router/surroundings.ts';
import { labels } from '../../../src/router/taskModel.ts';
import { tasks } from '../../../src/vocabulary/task.ts';

const ask = (text: string, around: Partial<ClassifierInput> = {}) =>
  classify({ text, surface: 'chat', contextCharacters: 0, contextItems: 0, ...around });

const place = (task: string) => labels.findIndex((one) => one === task);

describe('what is around a short prompt', () => {
  test('makes a fix more likely where errors are marked, and no other task', () => {
    const plain = ask('sort this out');
    const marked = ask('sort this out', { diagnostics: 2 });
    assert.ok((marked.tasks.fix ?? 0) > (plain.tasks.fix ?? 0));
  });

  test('is named as the reason where it made the difference', () => {
    const found = Float64Array.from(labels, () => 0.01);
    found[place('edit')] = 0.4;
    found[place('fix')] = 0.3;
    assert.deepEqual(weighSurroundings(found, 20, { diagnostics: 1 }), {
      task: 'fix',
      because: 'diagnostics',
    });
  });

  test('leaves a clear prompt what it is', () => {
    for (const text of ['explain this function', 'write unit tests for this', 'rename foo to bar'])
      for (const selection of selectionKinds)
        assert.equal(
          ask(text, { diagnostics: 3, selection, languageId: 'markdown' }).task,
          ask(text).task,
          `${text} ${selection}`,
        );
  });

  test('takes a text for prose in a file of prose, and for a commit in the box for commits', () => {
    const prose = ask('improve this', { languageId: 'markdown' });
    assert.ok((prose.tasks.prose ?? 0) >= (ask('improve this').tasks.prose ?? 0));
    const commit = ask('write it', { languageId: 'scminput' });
    assert.ok((commit.tasks.commit ?? 0) >= (ask('write it').tasks.commit ?? 0));
  });

  test('does not count where the prompt is long', () => {
    const found = Float64Array.from(labels, () => 1 / labels.length);
    assert.equal(weighSurroundings(found, 61, { diagnostics: 9, selection: 'file' }), undefined);
    assert.ok(found.every((one) => one === 1 / labels.length));
  });

  test('keeps all probability, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
          minLength: labels.length,
          maxLength: labels.length,
        }),
        fc.record({
          selection: fc.constantFrom(...selectionKinds),
          diagnostics: fc.nat(50),
          languageId: fc.oneof(fc.constantFrom('markdown', 'constructor', 'scminput'), fc.string()),
        }),
        (values, around) => {
          const found = Float64Array.from(values);
          const before = found.reduce((sum, one) => sum + one, 0);
          weighSurroundings(found, 10, around);
          const after = found.reduce((sum, one) => sum + one, 0);
          assert.ok(Math.abs(before - after) < 1e-9);
        },
      ),
    );
  });

  test('gives a sane classification for all of it together', () => {
    const found = ask('', { selection: 'file', diagnostics: 1_000_000, languageId: '__proto__' });
    assert.ok(tasks.includes(found.task));
  });
});
