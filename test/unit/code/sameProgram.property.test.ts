import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answerOf, code, never, source } from './ask.ts';
import { programs } from './programs.ts';

const RUNS = 25;
const hashes = new Set(['python', 'ruby']);

async function same(languageId: string, before: string, after: string): Promise<boolean> {
  const answer = await answerOf(
    code.sameProgram(source(languageId, before), source(languageId, after), never),
  );
  return answer.same;
}

const word = fc.stringMatching(/^[a-z 0-9'"`(){};é😀]{0,12}$/u);

/** What may stand in a gap in its place: comments, and more white space. */
function filling(languageId: string, gap: string): fc.Arbitrary<string> {
  const breaks = gap.includes('\n');
  if (hashes.has(languageId)) {
    if (!breaks) return fc.constant(' ');
    // The comment's own indentation says nothing in Python.
    return fc
      .tuple(word, word, fc.nat(9))
      .map(([a, b, indent]) => ` # ${a}\n${' '.repeat(indent)}# ${b}\n${gap}`);
  }
  const block = word.map((text) => ` /* ${text} */ `);
  if (!breaks) return block;
  const line = fc.tuple(word, word).map(([a, b]) => ` // ${a}${gap}// ${b}${gap}`);
  return fc.oneof(
    line,
    block.map((text) => `${gap}${text}${gap}`),
    block.map((text) => `${text}${gap}`),
  );
}

for (const [languageId, program] of Object.entries(programs)) {
  const gaps = [...program.matchAll(/\s+/g)].filter((gap) => gap.index + gap[0].length < program.length);
  const pieces = [...program.matchAll(/\S/g)];

  test(`${languageId}: the sample is a whole program`, async () => {
    const { errorLines } = await answerOf(code.parse(source(languageId, program), never));
    assert.deepEqual(errorLines, []);
  });

  test(`${languageId}: comments between any tokens change nothing`, async () => {
    // In JSX text a comment would be text.
    const usable =
      languageId === 'typescriptreact' ? gaps.filter((gap) => gap.index < program.indexOf('<')) : gaps;
    const filled = fc.subarray(usable, { minLength: 1 }).chain((chosen) =>
      fc.tuple(...chosen.map((gap) => filling(languageId, gap[0]))).map((fillings) => {
        let text = program;
        for (let index = chosen.length - 1; index >= 0; index--) {
          const { index: at, 0: gap } = chosen[index]!;
          text = text.slice(0, at) + fillings[index] + text.slice(at + gap.length);
        }
        return text;
      }),
    );
    await fc.assert(
      fc.asyncProperty(filled, async (text) => {
        assert.equal(await same(languageId, program, text), true);
      }),
      { numRuns: RUNS },
    );
  });

  test(`${languageId}: no letter, digit or sign can be changed, put in or taken out unseen`, async () => {
    const change = fc.tuple(
      fc.constantFrom(...pieces),
      fc.constantFrom('replace', 'insert', 'delete'),
      fc.constantFrom(...'abz019+-*<>=!.,;:()[]{}|&?@"'),
    );
    await fc.assert(
      fc.asyncProperty(change, async ([piece, how, sign]) => {
        fc.pre(how === 'delete' || sign !== piece[0]);
        const rest = program.slice(piece.index + (how === 'insert' ? 0 : 1));
        const text = program.slice(0, piece.index) + (how === 'delete' ? '' : sign) + rest;
        // A sign that is put in before its like makes the same text as one put in behind it.
        assert.equal(await same(languageId, program, text), false, text);
      }),
      { numRuns: RUNS * 3 },
    );
  });

  test(`${languageId}: no line can be left out or moved unseen`, async () => {
    const lines = program.split('\n').slice(0, -1);
    const move = fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1), fc.boolean());
    await fc.assert(
      fc.asyncProperty(move, async ([from, to, drop]) => {
        const changed = [...lines];
        const [line] = changed.splice(from, 1);
        if (!drop) changed.splice(to, 0, line!);
        const text = `${changed.join('\n')}\n`;
        const compact = (each: string) => each.replace(/[ \t]+/g, ' ').trim();
        fc.pre(compact(text) !== compact(program));
        fc.pre(text.replace(/\s/g, '') !== program.replace(/\s/g, ''));
        assert.equal(await same(languageId, program, text), false, text);
      }),
      { numRuns: RUNS },
    );
  });
}
