import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { BadOpening, heldOpening, type LookAtOpening } from '../../../src/engine/heldOpening.ts';
import type { ProviderEvent } from '../../../src/providers/provider.ts';
import type { Clock } from '../../../src/vocabulary/ports.ts';

/** A second passes when the test says so. */
function handClock() {
  const waiting = new Set<() => void>();
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        const done = () => {
          waiting.delete(done);
          resolve();
        };
        waiting.add(done);
        signal.addEventListener('abort', done, { once: true });
      }),
  };
  const pass = () => {
    for (const done of [...waiting]) done();
  };
  return { clock, pass, waiting };
}

/** A stream that sends what the test gives it, and knows when it was closed. */
function handStream() {
  const queue: ProviderEvent[] = [];
  const state = { closed: false, aborted: false };
  let wake: () => void = () => undefined;
  let over = false;
  const stream = async function* (signal: AbortSignal): AsyncGenerator<ProviderEvent, void> {
    signal.addEventListener('abort', () => {
      state.aborted = true;
      wake();
    });
    try {
      for (;;) {
        signal.throwIfAborted();
        const event = queue.shift();
        if (event) yield event;
        else if (over) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      state.closed = true;
    }
  };
  return {
    stream,
    state,
    send(...events: readonly (ProviderEvent | string)[]) {
      queue.push(
        ...events.map((one) => (typeof one === 'string' ? ({ type: 'text', text: one } as const) : one)),
      );
      wake();
    },
    end() {
      over = true;
      wake();
    },
  };
}

function reading(events: AsyncIterable<ProviderEvent>) {
  const seen: ProviderEvent[] = [];
  const done = (async () => {
    for await (const event of events) seen.push(event);
  })();
  done.catch(() => undefined);
  const text = () => seen.map((event) => (event.type === 'text' ? event.text : '')).join('');
  return { seen, done, text };
}

const never = new AbortController().signal;
const fine: LookAtOpening = () => undefined;
const bad: LookAtOpening = () => ({ code: 'refusal', params: {} });
const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
};
const finished: ProviderEvent = { type: 'end', end: 'complete' };

test('text is held until forty pieces are there, then comes at once and in order', async () => {
  const source = handStream();
  const { seen, text } = reading(heldOpening(source.stream, fine, handClock().clock, never));
  source.send(...Array.from({ length: 39 }, (_, index) => `${index} `.slice(0, 2)));
  await settled();
  assert.equal(seen.length, 0);
  source.send('x');
  await settled();
  assert.equal(seen.length, 1);
  source.send('y', 'z');
  await settled();
  assert.equal(seen.length, 3, 'what follows is not held');
  assert.ok(text().endsWith('xyz'));
  source.end();
});

test('a second after the first piece it is shown, however little there is, and whether or not more comes', async () => {
  const source = handStream();
  const { clock, pass } = handClock();
  const { seen, text } = reading(heldOpening(source.stream, fine, clock, never));
  await settled();
  pass();
  source.send('It ');
  await settled();
  assert.equal(text(), '', 'the second begins with the first piece');
  pass();
  await settled();
  assert.equal(text(), 'It ');
  source.send('adds.');
  await settled();
  assert.equal(text(), 'It adds.');
  assert.equal(seen.length, 2);
  source.end();
});

test('a short answer is looked at when it ends', async () => {
  const source = handStream();
  const looked: string[] = [];
  const { done, seen } = reading(
    heldOpening(source.stream, ({ text }) => void looked.push(text), handClock().clock, never),
  );
  source.send({ type: 'thinking', text: 'hm' }, 'Yes', '.', finished);
  source.end();
  await done;
  assert.deepEqual(looked, ['Yes.']);
  assert.deepEqual(
    seen.map(({ type }) => type),
    ['thinking', 'text', 'end'],
  );
});

test('a bad opening ends the stream before any of it was seen, also where its source has stalled', async () => {
  for (const stalled of [false, true]) {
    const source = handStream();
    const { clock, pass, waiting } = handClock();
    const { done, seen } = reading(heldOpening(source.stream, bad, clock, never));
    source.send("I'm sorry");
    await settled();
    if (stalled) pass();
    else source.send('x'.repeat(160));
    await assert.rejects(
      done,
      (error) => error instanceof BadOpening && error.opening.text.startsWith("I'm sorry"),
    );
    assert.deepEqual(seen, []);
    assert.ok(source.state.closed && source.state.aborted);
    assert.equal(waiting.size, 0, 'no timer is left');
  }
});

test('what the source throws comes through, in the opening and after it', async () => {
  const broken = async function* (pieces: number): AsyncGenerator<ProviderEvent, void> {
    for (let index = 0; index < pieces; index += 1) yield { type: 'text', text: 'word ' };
    throw new TypeError('cut');
  };
  for (const pieces of [0, 3, 60]) {
    const { done } = reading(heldOpening(() => broken(pieces), fine, handClock().clock, never));
    await assert.rejects(done, TypeError);
  }
});
