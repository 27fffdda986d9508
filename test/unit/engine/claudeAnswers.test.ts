import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOllama } from '../../servers/ollama.ts';
import { onBothServers, requestFor, rigUp, run, secretForm as secret, vatTarget as target } from './rig.ts';

const at = onBothServers();

test('architecture goes to Sonnet, and is paid for by what the server counted', async () => {
  const { outcome } = await run(at.rig.engine, requestFor('design a multi-tenant billing architecture'));
  assert.equal(outcome.end, 'answered', JSON.stringify(outcome.failure));
  assert.equal(outcome.decision?.model.name, 'claude-sonnet-5-5');
  const bill = at.claude.bills.at(-1);
  assert.ok(bill);
  const { input, output } = bill;
  const usd =
    (input.input * 2 + input.read * 0.1 + input.write5m * 2.5 + input.write1h * 4 + output * 10) / 1e6;
  assert.ok(Math.abs((outcome.account.paid?.high ?? 0) - usd) < 1e-9);
  assert.equal(outcome.account.paid?.low, outcome.account.paid?.high);
  assert.equal((await at.rig.engine.summary('all')).metrics.claude_sonnet_used, 1);
});

test('"create Azure AD guide" gets its whole guide from codellama as documentation', async () => {
  const { outcome, text } = await run(at.rig.engine, requestFor('Create Azure AD guide'));
  assert.equal(outcome.decision?.classification.task, 'prose');
  assert.equal(outcome.attempts[0]?.model.name, 'codellama:13b');
  assert.match(text, /Azure AD/);
});

test('a local answer that fails its check is mended once and then asked of Claude, and all attempts are on the account', async () => {
  const bad = await startOllama({ models: [{ name: 'codellama:13b', quality: 'inventedParameter' }] });
  at.rig.settings['maia.ollama.host'] = bad.url;
  const { outcome, events } = await run(
    at.rig.engine,
    requestFor('document', { task: 'document', target, surface: 'command' }),
  );
  await bad.close();
  assert.deepEqual(
    outcome.attempts.map((attempt) => [attempt.route, attempt.verdict?.kind]),
    [
      ['local', 'failed'],
      ['local', 'failed'],
      ['claude', 'passed'],
    ],
  );
  assert.equal(outcome.verdict?.kind, 'passed');
  assert.equal(events.filter((event) => event.type === 'text').length, 1);
  assert.ok((outcome.account.paid?.high ?? 0) > 0);
});

test('a failed check with no Claude to ask shows the attempt under its finding', async () => {
  const bad = await startOllama({ models: [{ name: 'codellama:13b', quality: 'inventedParameter' }] });
  at.rig.settings['maia.ollama.host'] = bad.url;
  at.rig.settings['maia.mode'] = 'localOnly';
  const { outcome } = await run(
    at.rig.engine,
    requestFor('document', { task: 'document', target, surface: 'command' }),
  );
  await bad.close();
  assert.equal(outcome.end, 'answered');
  assert.equal(outcome.verdict?.kind, 'failed');
  assert.equal(outcome.failure?.code, 'checkFailed');
  assert.equal(outcome.proposal?.verdict.kind, 'failed');
  assert.equal(outcome.account.saved?.high, 0);
  assert.equal((await at.rig.engine.summary('all')).metrics.cost_savings.high, 0);
});

test('a secret stays on this machine, also by the word of the developer, and nothing of it reaches Claude', async () => {
  const before = at.claude.requests.length;
  const text = `design the architecture around GITHUB_TOKEN=${secret}`;
  const { outcome } = await run(at.rig.engine, requestFor(text, { conversation: 'c1' }));
  assert.equal(outcome.decision?.protected, true);
  assert.equal(outcome.decision?.route, 'local');
  const asked = await run(at.rig.engine, requestFor(text, { word: { route: 'claude', said: 'command' } }));
  assert.equal(asked.outcome.end, 'failed');
  assert.equal(at.claude.arrivals.holds(secret), false);
  assert.equal(
    at.claude.requests.slice(before).filter((one) => one.path.startsWith('/v1/messages')).length,
    0,
  );
  // What was derived from it is protected too, although nothing in the new turn is.
  const later = await run(
    at.rig.engine,
    requestFor('design a multi-tenant billing architecture', { conversation: 'c1' }),
  );
  assert.equal(later.outcome.decision?.route, 'local');
});

test('the mark of a conversation outlives the process', async () => {
  const text = `explain GITHUB_TOKEN=${secret}`;
  await run(at.rig.engine, requestFor(text, { conversation: 'kept' }));
  await at.rig.engine.dispose();
  const again = await rigUp({
    ollama: at.ollama.url,
    claude: at.claude.url,
    key: at.claude.key,
    home: at.rig.home,
  });
  const later = await run(
    again.engine,
    requestFor('design a multi-tenant billing architecture', { conversation: 'kept' }),
  );
  await again.close();
  assert.equal(later.outcome.decision?.protected, true);
  assert.equal(later.outcome.decision?.route, 'local');
});

test('a change of a protected file is described on this machine, also by the word of the developer', async () => {
  const diff =
    'diff --git a/.env b/.env\n--- a/.env\n+++ b/.env\n@@ -1 +1 @@\n-PASSWORD=old\n+PASSWORD=of-no-known-form';
  const { outcome } = await run(
    at.rig.engine,
    requestFor('Write the commit message for this change.', {
      task: 'commit',
      surface: 'command',
      word: { route: 'claude', said: 'command' },
      context: [{ kind: 'change', path: '/project/.env', languageId: 'diff', text: diff }],
      commit: { subjects: ['Begin'], unread: [], untracked: [] },
    }),
  );
  assert.ok(outcome.attempts.every(({ boundary }) => boundary === 'machine'));
  assert.equal(at.claude.arrivals.holds('of-no-known-form'), false);
});

test('a protected file never leaves, whoever asks', async () => {
  const { outcome } = await run(
    at.rig.engine,
    requestFor('review the security of this', {
      context: [{ kind: 'file', path: '/project/.env', text: 'PASSWORD=of-no-form-that-a-scanner-knows' }],
    }),
  );
  assert.equal(outcome.decision?.route, 'local');
  assert.equal(at.claude.arrivals.holds('of-no-form-that-a-scanner-knows'), false);
});

test("what an agent's own tool read from a protected file is known by the path in the call", async () => {
  const { outcome } = await run(
    at.rig.engine,
    requestFor('what is set there?', {
      surface: 'picker',
      tools: [{ name: 'read_file', description: 'Reads a file' }],
      messages: [
        { role: 'user', parts: [{ type: 'text', text: 'what is set there?' }] },
        {
          role: 'assistant',
          parts: [
            { type: 'toolCall', callId: 'a', name: 'read_file', input: { files: [{ path: 'app/.env' }] } },
          ],
        },
        {
          role: 'user',
          parts: [
            {
              type: 'toolResult',
              callId: 'a',
              name: 'read_file',
              text: 'DOOR=of-no-form-that-a-scanner-knows-2',
            },
          ],
        },
      ],
    }),
  );
  assert.equal(outcome.end, 'failed');
  assert.equal(at.claude.arrivals.holds('of-no-form-that-a-scanner-knows-2'), false);
});

test('a Claude that takes no key hands over to a local model before anything was shown', async () => {
  at.claude.fail({
    how: 'status',
    status: 401,
    body: { type: 'error', error: { type: 'authentication_error', message: 'no' } },
  });
  const { outcome, events } = await run(
    at.rig.engine,
    requestFor('design a multi-tenant billing architecture'),
  );
  assert.equal(outcome.end, 'answered');
  assert.equal(outcome.attempts.at(-1)?.route, 'local');
  assert.equal(
    events.some((event) => event.type === 'restarted'),
    false,
  );
  assert.equal(outcome.account.paid?.high, 0);
});

test('a Claude stream that is cut costs its upper bound, saves nothing by itself, and the answer starts again', async () => {
  const cut = at.claude.fail({ how: 'reset', afterTokens: 5 });
  const { outcome, events, text } = await run(
    at.rig.engine,
    requestFor('design a multi-tenant billing architecture'),
  );
  await cut.reached;
  assert.equal(outcome.end, 'answered');
  assert.ok(events.some((event) => event.type === 'restarted'));
  assert.equal(text, outcome.text);
  const bill = at.claude.bills.at(-1);
  assert.ok(bill);
  assert.ok(outcome.attempts[0]?.bounds);
  const atLeast = (bill.input.input * 2 + bill.input.write5m * 2.5 + bill.output * 10) / 1e6;
  assert.ok((outcome.account.paid?.high ?? 0) >= atLeast);
});
