import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tasks } from '../../../src/vocabulary/task.ts';
import { makeExamples } from '../../../train/trainer/examples.ts';
import { readPrompts, readSections } from '../../../train/trainer/written.ts';

describe('what the classifier is trained on', () => {
  test('is the same at every run', () => {
    assert.deepEqual(makeExamples(), makeExamples());
  });

  test('has every task written down in at least six languages', () => {
    const written = readPrompts();
    for (const task of tasks) {
      const languages = new Set(
        written.filter(({ label }) => label === task).map(({ language }) => language),
      );
      assert.ok(languages.size >= 6, `${task}: ${[...languages]}`);
    }
  });

  test('leaves no slot open', () => {
    const slots = readSections('parts/slots.txt');
    const open = makeExamples().filter(({ text }) =>
      [...text.matchAll(/\{(\w+)\}/g)].some(([, name]) => name !== undefined && slots.has(name)),
    );
    assert.deepEqual(
      open.map(({ text }) => text),
      [],
    );
  });

  test('keeps all that was made of one written line in one fold', () => {
    const folds = new Map<string, Set<number>>();
    for (const { text, fold, kind } of makeExamples()) {
      if (kind !== 'prompt') continue;
      const seen = folds.get(text) ?? new Set<number>();
      folds.set(text, seen.add(fold));
    }
    const apart = [...folds].filter(([, seen]) => seen.size > 1);
    // Two written lines may come out alike once their slots are filled.
    assert.ok(apart.length < folds.size / 100, `${apart.length} of ${folds.size}`);
  });
});
