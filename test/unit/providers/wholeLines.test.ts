import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wholeLines } from '../../../src/providers/wholeLines.ts';
import { thrownBy } from './asking.ts';

class Broken extends Error {
  readonly seen: number;
  constructor(seen: number) {
    super('broken');
    this.seen = seen;
  }
}

/** Sends bytes in pieces of these sizes, the sizes repeated as often as needed. */
async function passed(text: string, sizes: readonly number[]): Promise<string> {
  const bytes = Buffer.from(text, 'utf8');
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        controller.enqueue(bytes.subarray(at, at + size));
        at += size;
      }
      controller.close();
    },
  });
  const through = source.pipeThrough(wholeLines((seen) => new Broken(seen)));
  return await new Response(through).text();
}

const values = fc.array(fc.jsonValue(), { maxLength: 12 });
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

test('Whole lines come through as they are, wherever the pieces break', async () => {
  await fc.assert(
    fc.asyncProperty(values, sizes, async (each, cuts) => {
      const text = each.map((value) => `${JSON.stringify(value)}\n`).join('');
      assert.equal(await passed(text, cuts), text);
    }),
  );
});

test('Blank lines and a missing last line end are no fault', async () => {
  assert.equal(await passed('\n{"a":1}\r\n\n{"b":2}', [3]), '{"a":1}\r\n{"b":2}\n');
  assert.equal(await passed('', [1]), '');
});

test('What is no JSON ends the stream and tells how much was whole before', async () => {
  await fc.assert(
    fc.asyncProperty(values, sizes, fc.nat(30), async (each, cuts, cut) => {
      const whole = each.map((value) => `${JSON.stringify(value)}\n`).join('');
      const last = JSON.stringify({ message: { content: 'what was to come' }, done: false });
      const error = await thrownBy(passed(`${whole}${last.slice(0, 1 + cut)}`, cuts));
      assert.ok(error instanceof Broken);
      assert.equal(error.seen, each.length);
    }),
  );
});
