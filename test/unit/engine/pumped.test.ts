import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pumped } from '../../../src/engine/pumped.ts';

async function* count(to: number, ended: () => void): AsyncGenerator<number> {
  try {
    for (let n = 1; n <= to; n += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      yield n;
    }
  } finally {
    ended();
  }
}

test('everything a source yields arrives once and in order', async () => {
  const got: number[] = [];
  let abandoned = false;
  for await (const n of pumped(
    count(50, () => undefined),
    () => {
      abandoned = true;
    },
  ))
    got.push(n);
  assert.deepEqual(
    got,
    Array.from({ length: 50 }, (_, at) => at + 1),
  );
  assert.equal(abandoned, false);
});

test('a source is run to its end although its listener leaves, and is told so', async () => {
  let ended = false;
  let abandoned = false;
  const source = count(20, () => {
    ended = true;
  });
  for await (const n of pumped(source, () => {
    abandoned = true;
  }))
    if (n === 3) break;
  assert.equal(abandoned, true);
  for (let turn = 0; turn < 100 && !ended; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(ended, true);
});

test("a source's error reaches the listener after what came before it", async () => {
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    throw new Error('broken');
  }
  const got: number[] = [];
  await assert.rejects(async () => {
    for await (const n of pumped(failing(), () => undefined)) got.push(n);
  }, /broken/);
  assert.deepEqual(got, [1]);
});
