import assert from 'node:assert/strict';
import { issue } from '../../../src/privacy/permit.ts';
import { ProviderError } from '../../../src/providers/provider.ts';
import { createResilience } from '../../../src/providers/resilience.ts';
import { anthropicFaults } from '../../servers/anthropic.ts';
import { callOf, hear, never, told } from './asking.ts';
import { endOf, onServer } from './onClaude.ts';

const refusals = [
  ['outOfCredit', anthropicFaults.outOfCredit(), 'outOfCredit elsewhere'],
  ['a model that the key may not use', anthropicFaults.forbidden(), 'modelNotAvailable elsewhere'],
  ['a model that is gone', anthropicFaults.modelNotAvailable('x'), 'modelNotAvailable elsewhere'],
  ['too large a request', anthropicFaults.tooLarge(), 'tooLarge never'],
  ['a rate limit', anthropicFaults.rateLimited(), 'rateLimited again'],
  ['a rate limit for a moment', anthropicFaults.rateLimited(2), 'rateLimited again'],
  ['a rate limit for minutes', anthropicFaults.rateLimited(120), 'rateLimited elsewhere'],
  ['a spend limit', anthropicFaults.spendLimit(), 'spendLimit elsewhere'],
  ['an inner error', anthropicFaults.serverError(), 'serverError again'],
  ['overload', anthropicFaults.overloaded(), 'overloaded again'],
] as const;
for (const [what, fault, expected] of refusals)
  onServer(`${what} is told by its own code, and costs nothing`, async (at) => {
    at.server.fail(fault);
    const { error } = await at.ask();
    assert.equal(told(error), expected);
    assert.ok(error instanceof ProviderError && error.free);
    assert.equal(at.server.bills.length, 0);
  });

onServer('A rate limit tells how long to wait', async (at) => {
  at.server.fail(anthropicFaults.rateLimited(3));
  const { error } = await at.ask();
  assert.ok(error instanceof ProviderError);
  assert.deepEqual(error.failure, { code: 'rateLimited', params: { retryAfterSeconds: 3 } });
  assert.equal(error.retryAfterMs, 3_000);
});

onServer('A prompt beyond the window says how long it is', async (at) => {
  const body = JSON.stringify({
    type: 'error',
    error: { type: 'invalid_request_error', message: 'prompt is too long: 1000123 tokens > 1000000 maximum' },
  });
  at.server.fail({ how: 'status', status: 400, body, headers: { 'Content-Type': 'application/json' } });
  const { error } = await at.ask();
  assert.ok(error instanceof ProviderError);
  assert.deepEqual(error.failure, {
    code: 'contextTooLong',
    params: { model: 'claude-sonnet-5-5', needed: 1_000_123, window: 1_000_000 },
  });
});

onServer('A request that Anthropic refuses is never asked again', async (at) => {
  const broken = at.claude.compose(callOf(at.sonnet, 'hello'));
  const body = broken.body.replace('"max_tokens":256', '"max_tokens":256,"temperature":0.5');
  const { error } = await hear(at.claude.stream(issue('cloud', { ...broken, body }), never));
  assert.equal(told(error), 'badRequest never');
});

onServer('The spend limit is asked once, overload again until it passes', async (at) => {
  const resilience = createResilience({ firstWaitMs: 1 });
  const permit = issue('cloud', at.claude.compose(callOf(at.sonnet, 'hello')));
  at.server.fail(anthropicFaults.spendLimit());
  const limited = await hear(resilience.stream(at.claude, permit, never));
  assert.equal(told(limited.error), 'spendLimit elsewhere');
  assert.equal(at.calls(), 1);
  at.server.fail(anthropicFaults.overloaded());
  at.server.fail(anthropicFaults.serverError());
  const heard = await hear(resilience.stream(at.claude, permit, never));
  assert.equal(endOf(heard), 'complete');
  assert.deepEqual(
    heard.events.flatMap((event) => (event.type === 'retrying' ? [event.failure.code] : [])),
    ['overloaded', 'serverError'],
  );
  assert.equal(at.calls(), 4);
});

onServer(
  'A connection that is lost before the answer may have cost something, so it is not asked again by itself',
  async (at) => {
    at.server.fail({ how: 'reset', afterTokens: 0 });
    const resilience = createResilience({ firstWaitMs: 1 });
    const permit = issue('cloud', at.claude.compose(callOf(at.sonnet, 'hello')));
    const { error } = await hear(resilience.stream(at.claude, permit, never));
    assert.ok(error instanceof ProviderError);
    assert.equal(error.free, false);
    assert.equal(error.remedy, 'again');
    assert.equal(at.calls(), 1);
  },
);

for (const how of ['reset', 'end', 'truncate'] as const)
  onServer(`A stream that ends by ${how} in the middle is cut, with what was counted so far`, async (at) => {
    at.server.fail({ how, afterTokens: 3 });
    const heard = await at.ask();
    assert.equal(told(heard.error), 'answerCut again');
    assert.ok(heard.text.length > 0);
    const usage = heard.events.find((event) => event.type === 'usage');
    assert.ok(usage?.type === 'usage' && !usage.final && usage.usage.inputTokens > 0);
  });

onServer('An error in the middle of a stream is told by its type', async (at) => {
  at.server.fail(anthropicFaults.overloadedInStream(3));
  const heard = await at.ask();
  assert.equal(told(heard.error), 'overloaded again');
  assert.ok(heard.error instanceof ProviderError && !heard.error.free);
  assert.ok(heard.text.length > 0);
});

onServer('A page in the place of an answer, as portals and proxies give it, is no answer', async (at) => {
  const page = {
    body: '<!doctype html><title>Log in to this network</title>',
    headers: { 'Content-Type': 'text/html' },
  };
  for (const status of [200, 403, 404]) {
    at.server.fail({ how: 'status', status, ...page });
    assert.equal(told((await at.ask()).error), 'claudeUnreachable elsewhere', String(status));
  }
});

onServer('A key that no header can carry is a bad key, and is not sent', async (at) => {
  for (const wrong of ['schlüssel', 'two words', 'a\nb']) {
    at.key = wrong;
    assert.equal(told((await at.ask()).error), 'badKey elsewhere');
  }
  assert.equal(at.server.requests.length, 0);
});
