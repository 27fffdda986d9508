import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speaksOf } from '../../../src/tasks/speaksOf.ts';

const code = `export function joinWords(words: string[], separator: string): string {
  return words.filter(Boolean).join(separator);
}`;

for (const asked of [
  'explain this',
  'what does joinWords do',
  'why filter before join?',
  'Was macht diese Funktion?',
  '¿Qué hace esta función?',
  '这个函数做什么？',
  'この関数を説明して',
  'is the separator needed',
])
  test(`"${asked}" speaks of the open code`, () => assert.equal(speaksOf(asked, code), true));

for (const asked of [
  'What does SIGTERM do?',
  'explain closures',
  'What is a stack?',
  'was ist ein Mutex',
  '',
])
  test(`"${asked}" does not`, () => assert.equal(speaksOf(asked, code), false));
