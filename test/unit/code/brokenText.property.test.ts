import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answerOf, code, never, source } from './ask.ts';
import { programs } from './programs.ts';

const RUNS = 25;

/** A program with pieces cut out, doubled, and strange letters put in, halves of surrogate pairs too. */
function broken(program: string): fc.Arbitrary<string> {
  const place = fc.nat(program.length);
  const cut = fc.tuple(place, fc.nat(200)).map(
    ([at, size]) =>
      (text: string) =>
        text.slice(0, at) + text.slice(at + size),
  );
  const double = fc.tuple(place, fc.nat(200), place).map(
    ([at, size, to]) =>
      (text: string) =>
        text.slice(0, to) + text.slice(at, at + size) + text.slice(to),
  );
  const put = fc
    .tuple(
      place,
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('\uD83D', '\uDE00', '\0', '\r', '\uFEFF', '/*', '"""', '`'),
      ),
    )
    .map(
      ([at, piece]) =>
        (text: string) =>
          text.slice(0, at) + piece + text.slice(at),
    );
  return fc
    .array(fc.oneof(cut, double, put), { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce((text, change) => change(text), program));
}

for (const [languageId, program] of Object.entries(programs)) {
  test(`${languageId}: whatever is broken, the answers hang together`, async () => {
    await fc.assert(
      fc.asyncProperty(broken(program), fc.nat(), fc.nat(300), async (text, from, size) => {
        const asked = source(languageId, text);
        const lines = text.split(/\r\n|\r|\n/).length;
        const start = from % (text.length + 1);
        const at = { start, end: Math.min(text.length, start + size) };
        const units = await answerOf(code.units(asked, never));
        const unit = await answerOf(code.unitAt(asked, at, never));
        if (unit !== undefined)
          assert.ok(units.some((each) => JSON.stringify(each) === JSON.stringify(unit)));
        for (const { span, signature, body } of units) {
          assert.ok(0 <= span.start && span.start < span.end && span.end <= text.length);
          assert.ok(span.start <= signature.start && signature.end <= span.end);
          if (body !== undefined) assert.ok(signature.end <= body.start && body.end <= span.end);
        }
        const { errorLines } = await answerOf(code.parse(asked, never));
        for (const line of errorLines) assert.ok(1 <= line && line <= lines);
        for (const each of await answerOf(code.testCases(asked, never))) assert.ok(each.line <= lines);
        for (const { span } of await answerOf(code.imports(asked, never))) assert.ok(span.end <= text.length);
        for (const name of await answerOf(code.calledNames(asked, never))) assert.notEqual(name, '');
        assert.deepEqual(await answerOf(code.sameProgram(asked, asked, never)), { same: true, line: 0 });
      }),
      { numRuns: RUNS },
    );
  });
}

test('a cursor beyond the text or before it means its end or its beginning, and a selection has no direction', async () => {
  const asked = source('go', 'package p\nfunc F() {}\n');
  for (const at of [
    { start: 9_999, end: 9_999 },
    { start: -5, end: -1 },
  ])
    assert.equal(await answerOf(code.unitAt(asked, at, never)), undefined);
  const turned = await answerOf(code.unitAt(asked, { start: 9_999, end: 10 }, never));
  assert.equal(turned?.name, 'F');
});
