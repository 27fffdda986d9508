import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asked, hostSpeed, predictTime, usualMachine } from '../../../src/router/predictedTime.ts';
import { claude, loaded, local } from './candidates.ts';

const asked: Asked = { task: 'explain', promptTokens: 1000, neededTokens: 2000, repair: 0 };
const speed = { firstTokenMs: 700, tokensPerSecond: 20, samples: 5 };

test('what streams takes until its first token: the prompt at the speed at which it is read', () => {
  const warm = { loaded: loaded() };
  const known = predictTime(local('a:7b', { speed: { ...speed, promptTokensPerSecond: 500 } }, warm), asked);
  assert.deepEqual(known, { waitMs: 0, firstTokenMs: 2050, usefulMs: 2050, measured: true });
  const guessed = predictTime(local('a:7b', { speed }, warm), asked);
  assert.equal(guessed.firstTokenMs, 50 + 1000 * (1000 / (20 * usualMachine.readToWrite)));
});

test('what is held takes its whole answer, its check, and a repair at its probability', () => {
  const coder = local('a:7b', { speed: { ...speed, promptTokensPerSecond: 500 } }, { loaded: loaded() });
  const held = { ...asked, task: 'tests' as const, outputTokens: 400 };
  const once = predictTime(coder, held);
  assert.equal(once.firstTokenMs, 2050);
  assert.equal(once.usefulMs, 2050 + 20_000 + 500);
  const twice = predictTime(coder, { ...held, repair: 1 });
  assert.equal(twice.usefulMs, once.usefulMs + 50 + 20_000 + 500);
  const half = predictTime(coder, { ...held, repair: 0.5 });
  assert.equal(half.usefulMs, (once.usefulMs + twice.usefulMs) / 2);
});

test('a cold model loads first: as long as it did before, else by its bytes', () => {
  const bytes = { sizeBytes: 6_000_000_000 };
  assert.equal(predictTime(local('a:7b', {}, { ...bytes, loaded: loaded() }), asked).waitMs, 0);
  assert.equal(predictTime(local('a:7b', {}, bytes), asked).waitMs, 4000);
  assert.equal(predictTime(local('a:7b', { loadBytesPerSecond: 3e9 }, bytes), asked).waitMs, 2000);
  assert.equal(predictTime(local('a:7b', { speed: { ...speed, loadMs: 9000 } }, bytes), asked).waitMs, 9000);
  // A window that is allocated too small is loaded anew.
  assert.equal(predictTime(local('a:7b', {}, { ...bytes, loaded: loaded(1024) }), asked).waitMs, 4000);
});

test('a busy model finishes what it is doing first', () => {
  const free = predictTime(local('a:7b', { speed }, { loaded: loaded() }), asked);
  const busy = predictTime(local('a:7b', { speed, busy: true }, { loaded: loaded() }), asked);
  assert.equal(busy.waitMs, 15_000);
  assert.equal(busy.usefulMs, free.usefulMs + 15_000);
  assert.equal(predictTime(claude('sonnet', { busy: true }), asked).waitMs, 0);
});

test('a model that was never measured is guessed from its size, on the better sort of machine', () => {
  const small = predictTime(local('a:3b', {}, { sizeBytes: 2e9, loaded: loaded() }), asked);
  const large = predictTime(local('a:70b', {}, { sizeBytes: 40e9, loaded: loaded() }), asked);
  assert.equal(small.measured, false);
  assert.ok(large.firstTokenMs > 15 * small.firstTokenMs);
  // A mixture of experts writes as fast as the part that it uses.
  const experts = predictTime(local('gpt-oss:20b', {}, { sizeBytes: 14e9, loaded: loaded() }), {
    ...asked,
    task: 'tests',
  });
  const whole = predictTime(local('mistral:20b', {}, { sizeBytes: 14e9, loaded: loaded() }), {
    ...asked,
    task: 'tests',
  });
  assert.ok(experts.usefulMs < whole.usefulMs);
});

test('what was measured of another model on the same host tells of this one', () => {
  const measured = local('a:7b', { speed: { ...speed, tokensPerSecond: 10 } }, { sizeBytes: 4e9 });
  const far = local('b:7b', { speed: { ...speed, tokensPerSecond: 99 } }, { sizeBytes: 4e9, host: 'gpu:1' });
  const fresh = local('c:14b', {}, { sizeBytes: 8e9, loaded: loaded() });
  const bytes = hostSpeed(fresh.model, [measured, far, fresh]);
  assert.equal(bytes, 40e9);
  const time = predictTime(fresh, { ...asked, promptTokens: 500 }, bytes);
  // Half as many tokens a second as the model of half its size.
  assert.equal(time.firstTokenMs, 50 + 10_000);
  assert.equal(time.measured, true);
  assert.equal(hostSpeed(fresh.model, [far, fresh]), undefined);
});

test('a model that cannot help thinking thinks before its first word', () => {
  const plain = predictTime(local('mistral:20b', { speed }, { loaded: loaded() }), asked);
  const thinking = predictTime(local('gpt-oss:20b', { speed }, { loaded: loaded() }), asked);
  assert.ok(thinking.firstTokenMs > plain.firstTokenMs + 5000);
});

test('even a machine that hardly moves gives a finite time', () => {
  const stuck = local('a:7b', { speed: { firstTokenMs: 1, tokensPerSecond: 0, samples: 1 } });
  assert.ok(Number.isFinite(predictTime(stuck, { ...asked, task: 'tests' }).usefulMs));
});
