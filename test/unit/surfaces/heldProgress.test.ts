import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeldProgress } from '../../../src/surfaces/heldProgress.ts';
import type { Decision } from '../../../src/vocabulary/decision.ts';
import type { Progress } from '../../../src/vocabulary/event.ts';
import { coder, decisionWith, light, sonnet } from '../phrases/decisions.ts';

const time = (usefulMs: number, measured = true) => ({ waitMs: 0, firstTokenMs: 100, usefulMs, measured });

const measured = decisionWith({
  considered: [
    { model: coder, route: 'local', time: time(20_000) },
    { model: sonnet, route: 'claude', time: time(6_000) },
  ],
});

function begun(decision: Decision = measured): HeldProgress {
  const held = new HeldProgress(0);
  held.take({ type: 'decided', decision }, 0);
  return held;
}

const step = (held: HeldProgress, progress: Progress, now: number) =>
  held.take({ type: 'progress', progress }, now);

test('it tells the model, the step, and the seconds beside those that were expected', () => {
  const held = begun();
  step(held, { code: 'asking', params: { model: coder.name } }, 10);
  assert.equal(held.line(900), 'qwen2.5-coder:7b · reading · 0 of about 20 s');
  step(held, { code: 'writing', params: { model: coder.name, tokens: 40 } }, 2_000);
  assert.equal(held.line(8_400), 'qwen2.5-coder:7b · writing · 8 of about 20 s');
  step(held, { code: 'checking', params: { found: [{ code: 'parses', params: {} }] } }, 12_000);
  assert.equal(held.line(12_100), 'qwen2.5-coder:7b · checking… parses · 12 of about 20 s');
  step(
    held,
    { code: 'checking', params: { found: [{ code: 'parses', params: {} }], doing: 'tests' } },
    12_200,
  );
  assert.match(held.line(12_300), /checking… parses, running the tests…/);
});

test('no name of a model makes a link in it', () => {
  const held = begun();
  step(held, { code: 'asking', params: { model: '[new](command:evil)' } }, 10);
  assert.equal(held.line(900), '[new] (command:evil) · reading · 0 of about 20 s');
});

test('it says when it takes longer than expected', () => {
  const held = begun();
  step(held, { code: 'writing', params: { model: coder.name, tokens: 40 } }, 2_000);
  assert.equal(held.line(25_000), 'qwen2.5-coder:7b · writing · 25 s, about 20 were expected');
});

test('nothing is expected where nothing was ever measured', () => {
  const guessed = decisionWith({
    considered: [{ model: coder, route: 'local', time: time(20_000, false) }],
  });
  assert.equal(begun(guessed).line(3_000), 'qwen2.5-coder:7b · 3 s');
});

test('a repair takes as long again, and Claude is expected anew', () => {
  const held = begun();
  step(held, { code: 'repairing', params: { model: coder.name } }, 15_000);
  assert.equal(held.line(15_000), 'qwen2.5-coder:7b · mending · 15 of about 30 s');
  step(held, { code: 'askingAfterCheck', params: { to: sonnet.name } }, 28_000);
  assert.equal(held.line(28_000), 'claude-sonnet-5-5 · asked · 28 of about 34 s');
});

test('Claude is offered after a few seconds, and only where it is in the chain and not asked already', () => {
  const held = begun();
  assert.equal(held.mayAskClaude(2_000), false);
  assert.equal(held.mayAskClaude(3_000), true);
  assert.equal(begun(decisionWith({ ...measured, chain: [light] })).mayAskClaude(9_000), false);
  const sonnetFirst = decisionWith({ ...measured, model: sonnet, route: 'claude', chain: [] });
  assert.equal(begun(sonnetFirst).mayAskClaude(9_000), false);
  step(held, { code: 'claudeWanted', params: { to: sonnet.name } }, 4_000);
  assert.equal(held.mayAskClaude(9_000), false);
  assert.equal(new HeldProgress(0).mayAskClaude(9_000), false, 'before anything is decided');
});
