import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from '../../../src/vocabulary/attempt.ts';
import type { Message, Request } from '../../../src/vocabulary/request.ts';
import type { SecretChoice } from '../../../src/vocabulary/secretOffer.ts';
import { onBothServers, requestFor, rigUp, run, secretForm as secret, vatTarget } from './rig.ts';

const at = onBothServers();
const byClaude = { route: 'claude', said: 'command' } as const;
const other = ['npm', 'q8Zr4Lk1VbX7nHc2TfWy5MdJ9sGp3EuAoQ6i'].join('_');

function answered(outcome: Outcome, choice: SecretChoice): Pick<Request, 'secretAnswer' | 'word'> {
  assert.ok(outcome.secretOffer, 'nothing was offered');
  return { secretAnswer: { offer: outcome.secretOffer.id, choice }, word: byClaude };
}

function said(role: Message['role'], text: string): Message {
  return { role, parts: [{ type: 'text', text }] };
}

const bodies = () => at.claude.arrivals.list.map(({ body }) => body);

test('a secret is offered to be masked or allowed once, and its value is nowhere in the offer', async () => {
  const { outcome } = await run(at.rig.engine, requestFor(`explain TOKEN=${secret}`, { word: byClaude }));
  assert.equal(outcome.end, 'failed');
  assert.deepEqual(outcome.secretOffer?.kinds, ['github']);
  assert.deepEqual(outcome.secretOffer?.choices, ['mask', 'allowOnce']);
  assert.equal(JSON.stringify(outcome).includes(secret), false);
});

test('masked, the question goes to Claude with a placeholder in place of the secret', async () => {
  const ask = `explain TOKEN=${secret} and again ${secret} but not ${other}`;
  const { outcome } = await run(at.rig.engine, requestFor(ask, { word: byClaude }));
  const masked = await run(at.rig.engine, requestFor(ask, answered(outcome, 'mask')));
  assert.equal(masked.outcome.end, 'answered');
  assert.equal(at.claude.arrivals.holds(secret), false);
  assert.equal(at.claude.arrivals.holds(other), false);
  assert.ok(
    bodies().some((body) => body.includes('TOKEN=‹secret 1› and again ‹secret 1› but not ‹secret 2›')),
  );
  assert.equal((await at.rig.engine.left('all'))[0]?.allowedBecause, 'masked');
});

test('code that came back with a mask in it is not applied, and no model is asked to put something in its place', async () => {
  const text = `export function open(net: number): string {\n  return '${secret}' + net;\n}\n`;
  const target = { ...vatTarget, text, selection: { start: 0, end: text.length } };
  const asked = (more: Partial<Request>) =>
    requestFor('use a shorter name for net', { task: 'edit', target, word: byClaude, ...more });
  const { outcome } = await run(at.rig.engine, asked({}));
  const masked = await run(at.rig.engine, asked(answered(outcome, 'mask')));
  assert.equal(masked.outcome.proposal, undefined);
  assert.deepEqual(
    masked.outcome.attempts.map(({ verdict }) => verdict?.findings.map(({ code }) => code)),
    [['placeholder']],
  );
});

test('masking holds for the rest of the conversation, and for no other secret', async () => {
  const conversation = 'masked for good';
  const ask = `explain TOKEN=${secret}`;
  const { outcome } = await run(at.rig.engine, requestFor(ask, { conversation, word: byClaude }));
  await run(at.rig.engine, requestFor(ask, { conversation, ...answered(outcome, 'mask') }));
  const messages = [said('user', ask), said('assistant', 'It is a token.'), said('user', 'and why?')];
  const later = await run(at.rig.engine, requestFor('', { conversation, messages, word: byClaude }));
  assert.equal(later.outcome.end, 'answered');
  const more = [...messages, said('assistant', 'So.'), said('user', `and ${other}?`)];
  const refused = await run(at.rig.engine, requestFor('', { conversation, messages: more, word: byClaude }));
  assert.equal(refused.outcome.end, 'failed');
  assert.equal(at.claude.arrivals.holds(secret) || at.claude.arrivals.holds(other), false);
});

test('allowed once, the secret leaves once, and the egress record says so', async () => {
  const ask = `explain what opens with ${secret}`;
  const { outcome } = await run(at.rig.engine, requestFor(ask, { conversation: 'once', word: byClaude }));
  const answer = answered(outcome, 'allowOnce');
  const preview = await at.rig.engine.decide(requestFor(ask, answer), new AbortController().signal);
  assert.equal(preview.ok && preview.value.route, 'claude');
  const allowed = await run(at.rig.engine, requestFor(ask, { conversation: 'once', ...answer }));
  assert.equal(allowed.outcome.end, 'answered');
  const sent = bodies().filter((body) => body.includes(secret)).length;
  assert.ok(sent > 0);
  assert.deepEqual(
    (await at.rig.engine.left('all')).map(({ allowedBecause }) => allowedBecause),
    ['allowedOnce'],
  );
  const again = await run(at.rig.engine, requestFor(ask, { conversation: 'once', ...answer }));
  assert.equal(again.outcome.end, 'failed');
  assert.equal(bodies().filter((body) => body.includes(secret)).length, sent);
});

test('what was allowed holds for the secret that was shown, not for another one beside it', async () => {
  const { outcome } = await run(at.rig.engine, requestFor(`explain ${secret}`, { word: byClaude }));
  const both = await run(
    at.rig.engine,
    requestFor(`explain ${secret} and ${other}`, answered(outcome, 'allowOnce')),
  );
  assert.equal(both.outcome.end, 'failed');
  assert.equal(at.claude.arrivals.holds(other), false);
});

test('an answer to no offer, or with a choice that was not offered, opens nothing', async () => {
  const ask = `explain why ${other} is long`;
  const invented = await run(
    at.rig.engine,
    requestFor(ask, { word: byClaude, secretAnswer: { offer: 'offer-1', choice: 'allowOnce' } }),
  );
  assert.equal(invented.outcome.end, 'failed');
  const dropped = await run(at.rig.engine, requestFor(ask, answered(invented.outcome, 'drop')));
  assert.equal(dropped.outcome.end, 'failed');
  assert.equal(at.claude.arrivals.holds(other), false);
});

test('dropped from the history, the turn with the secret is left out and the rest goes', async () => {
  const messages = [
    said('user', `my token is ${other}`),
    said('assistant', 'Noted, keep it safe.'),
    said('user', 'what is a monad?'),
    said('assistant', 'A monoid.'),
    said('user', 'and a functor?'),
  ];
  const conversation = 'dropping';
  const { outcome } = await run(at.rig.engine, requestFor('', { conversation, messages, word: byClaude }));
  assert.deepEqual(outcome.secretOffer?.choices, ['mask', 'drop', 'allowOnce']);
  const dropped = await run(
    at.rig.engine,
    requestFor('', { conversation, messages, ...answered(outcome, 'drop') }),
  );
  assert.equal(dropped.outcome.end, 'answered');
  const body = bodies().at(-1) ?? '';
  assert.ok(body.includes('A monoid.') && !body.includes('keep it safe') && !body.includes(other));
});

test('a protected path is never offered to be let go, nor what was derived from it, also after a restart', async () => {
  const context = [{ kind: 'file', path: '/project/.env', text: `A=1\nTOKEN=${secret}` }] as const;
  const conversation = 'from a file';
  const first = await run(
    at.rig.engine,
    requestFor('explain this', { conversation, context, word: byClaude }),
  );
  assert.equal(first.outcome.end, 'failed');
  assert.equal(first.outcome.secretOffer, undefined);
  const answer = { secretAnswer: { offer: 'x', choice: 'allowOnce' }, word: byClaude } as const;
  await at.rig.engine.dispose();
  const reopened = await rigUp({
    ollama: at.ollama.url,
    claude: at.claude.url,
    key: at.claude.key,
    home: at.rig.home,
  });
  const later = await run(reopened.engine, requestFor('and now?', { conversation, ...answer }));
  assert.equal(later.outcome.end, 'failed');
  assert.equal(later.outcome.secretOffer, undefined);
  await reopened.close();
});

test('the mark that a secret left outlasts a restart, and is lifted by a click alone', async () => {
  const conversation = 'from a secret';
  await run(at.rig.engine, requestFor(`explain ${secret}`, { conversation, word: byClaude }));
  await at.rig.engine.dispose();
  const reopened = await rigUp({
    ollama: at.ollama.url,
    claude: at.claude.url,
    key: at.claude.key,
    home: at.rig.home,
  });
  const later = requestFor('and now?', { conversation, word: byClaude });
  const { outcome } = await run(reopened.engine, later);
  assert.equal(outcome.end, 'failed');
  assert.deepEqual(outcome.secretOffer?.choices, ['drop', 'allowOnce']);
  const lifted = await run(reopened.engine, { ...later, id: 'lifted', ...answered(outcome, 'allowOnce') });
  assert.equal(lifted.outcome.end, 'answered');
  await reopened.close();
});
