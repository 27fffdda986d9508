import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isCommonLine, linesToAsk, linesToKeep } from '../../../src/privacy/lineForms.ts';
import { LineIndex } from '../../../src/privacy/lineIndex.ts';

const kept = (text: string) => linesToKeep(text).map((one) => one.text);

describe('lines of a protected file', () => {
  test('are kept from 16 characters on, trimmed, with what is assigned in them', () => {
    assert.deepEqual(kept('A=1\n  short line 15 \r\n  the vault is at nine \nDSN="grey heron over marsh"'), [
      'the vault is at nine',
      'DSN="grey heron over marsh"',
      'grey heron over marsh',
    ]);
  });

  test('are known again in the ways in which tools show them', async () => {
    const index = new LineIndex('key');
    await index.add('VAULT_PHRASE="grey heron over marsh"\nthe vault opens at nine sharp', '**/.env*');
    for (const shown of [
      'the vault opens at nine sharp',
      '   the vault opens at nine sharp\t',
      'before\r\nthe vault opens at nine sharp\r\nafter',
      '  12\tthe vault opens at nine sharp',
      '12: the vault opens at nine sharp',
      '     3→the vault opens at nine sharp',
      'config/.env:12:the vault opens at nine sharp',
      'config/.env-12-the vault opens at nine sharp',
      '+the vault opens at nine sharp',
      '> the vault opens at nine sharp',
      'export VAULT_PHRASE="grey heron over marsh"',
      'VAULT_PHRASE=grey heron over marsh',
      'grey heron over marsh',
      'const phrase = "grey heron over marsh";',
    ])
      assert.deepEqual(index.patternsIn([shown]), ['**/.env*'], shown);
    for (const other of ['the vault opens at ten sharp', 'grey heron', '', 'VAULT_PHRASE='])
      assert.deepEqual(index.patternsIn([other]), [], other);
  });

  test('are known again whatever their Unicode form', async () => {
    const index = new LineIndex('key');
    await index.add('das Café schließt um sieben', 'p');
    assert.deepEqual(index.patternsIn(['das Cafe\u0301 schließt um sieben']), ['p']);
  });

  test('are let go where two unprotected files have them too, secrets excepted', async () => {
    const index = new LineIndex('key');
    const secret = 'API_TOKEN=vK7qXz29LmTbR4wYp8Jd';
    await index.add(`${secret}\nconst roundedPrice = basket.total();`, 'p');
    const file = `const roundedPrice = basket.total();\n${secret}`;
    await index.seenOpen(`${file}\n${file}`);
    assert.deepEqual(index.patternsIn(['const roundedPrice = basket.total();']), ['p']);
    await index.seenOpen(file);
    assert.deepEqual(index.patternsIn(['const roundedPrice = basket.total();']), []);
    assert.deepEqual(index.patternsIn([secret]), ['p']);
  });

  test('that stand in files everywhere are not kept', () => {
    for (const line of [
      "import { readFile } from 'node:fs/promises';",
      'from typing import Iterable, Any',
      '#include <stdio.h>  // for printf',
      'package com.example.billing;',
      ' * Copyright (c) 2026 Example and contributors',
      '-----BEGIN CERTIFICATE-----',
      '----------------------------------------',
      '} catch (error) {        return null; }',
      'if (error) throw new Error(message);',
      'module.exports = { get, set };',
      'export default function main() {',
      'public static void main(String[] args) {',
    ])
      assert.ok(isCommonLine(line), line);
    for (const line of [
      'the vault opens at nine sharp',
      'account 4417 1234 5678 9112',
      'DE89370400440532013000',
      'const roundedPrice = basket.total();',
      'of-no-known-form-Zq81mmPLw0dhTTye',
    ])
      assert.ok(!isCommonLine(line), line);
  });

  test('that are long and no common words are found by themselves, any of them', async () => {
    const line = fc
      .array(
        fc.string({
          unit: fc.constantFrom(...'bcdfghjkmpqrtvwxz0123456789äß字'),
          minLength: 4,
          maxLength: 9,
        }),
        {
          minLength: 4,
          maxLength: 9,
        },
      )
      .map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), fc.nat(), async (lines, nth) => {
        const index = new LineIndex('key');
        await index.add(lines.join('\n'), 'p');
        assert.deepEqual(index.patternsIn([`see: \n\t${lines[nth % lines.length]}  \nthere`]), ['p']);
      }),
      { numRuns: 100 },
    );
  });

  test('never throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const one of linesToAsk(text)) assert.ok(one.length >= 16);
        for (const one of linesToKeep(text)) assert.ok(one.text.length >= 16);
      }),
    );
  });
});
