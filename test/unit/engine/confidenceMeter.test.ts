import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ConfidenceMeter } from '../../../src/engine/confidenceMeter.ts';
import type { Confidence } from '../../../src/vocabulary/confidence.ts';

function measured(...tokens: (readonly [text: string, logprob: number])[]): Confidence | undefined {
  const meter = new ConfidenceMeter();
  for (const [text, logprob] of tokens) meter.add({ text, logprob });
  return meter.read();
}

test('without tokens nothing was measured', () => {
  assert.equal(measured(), undefined);
  assert.equal(measured(['a', Number.NEGATIVE_INFINITY]), undefined);
});

test('mean and least are those of all tokens, and an opening has its whole forty', () => {
  assert.deepEqual(measured(['It', -1], [' is', -3]), { tokens: 2, mean: -2, min: -3 });
  const long = measured(
    ...Array.from({ length: 60 }, (_, at) => [' word', at < 40 ? -1 : -4] as [string, number]),
  );
  assert.equal(long?.opening, -1);
  assert.equal(long?.mean, -2);
});

test('the weakest identifier is the least likely as a whole, with its first token as its place', () => {
  const confidence = measured(
    ['```', -0.1],
    ['js', -0.1],
    ['\n', 0],
    ['const', -9],
    [' parse', -0.5],
    ['Date', -0.75],
    [' =', 0],
    [' x', -1],
    [';', 0],
    ['\n', 0],
    ['```', 0],
  );
  assert.deepEqual(confidence?.weakest, { logprob: -1.25, token: 4, name: 'parseDate' });
});

test('words of prose and of comments are no identifiers, unless they are set in code or written like one', () => {
  assert.equal(measured(['A', -5], [' word', -6], ['.', 0])?.weakest, undefined);
  assert.equal(measured(['```', 0], ['\n', 0], ['//', 0], [' word', -6], ['\n', 0])?.weakest, undefined);
  assert.equal(measured(['See', -9], [' `', 0], ['word', -2], ['`', 0])?.weakest?.name, 'word');
  assert.equal(measured(['Calls', -9], [' net', -1], ['_of', -1], [' here', -9])?.weakest?.name, 'net_of');
  assert.equal(measured(['Call', -9], [' run', -1], ['(', 0], [')', 0])?.weakest?.name, 'run');
});

test('how an answer is cut into tokens does not move its weakest name', () => {
  const answer = 'Use `total` and:\n```ts\nreturn addVat(netPrice) // of it\n```\n';
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(answer.length), { maxLength: 12 }), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), answer.length];
      const pieces = places.slice(1).map((end, at) => answer.slice(places[at], end));
      const one = measured(...pieces.map((piece) => [piece, piece.includes('ric') ? -5 : 0] as const));
      const isWhole = pieces.some((piece) => piece.includes('ric'));
      if (isWhole) assert.ok((one?.weakest?.logprob ?? 0) === -5, JSON.stringify(pieces));
    }),
  );
});

test('whatever the tokens are, the figures stay in their order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.double({ min: -50, max: 1, noNaN: true })), {
        minLength: 1,
      }),
      (tokens) => {
        const one = measured(...tokens);
        assert.ok(one);
        assert.equal(one.tokens, tokens.length);
        assert.ok(one.min <= one.mean + 1e-9 && one.mean <= 1e-9);
        assert.ok(!one.weakest || (one.weakest.token < tokens.length && one.weakest.logprob <= 0));
      },
    ),
  );
});
