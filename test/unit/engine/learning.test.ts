import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOllama } from '../../servers/ollama.ts';
import { onBothServers, requestFor, rigUp, run, vatTarget as target } from './rig.ts';

const at = onBothServers();
const document = () => requestFor('document', { task: 'document', target, surface: 'command' });

test('a passed check is learned of the very model, and counts in the next decision', async () => {
  const { outcome } = await run(at.rig.engine, document());
  assert.equal(outcome.verdict?.kind, 'passed');
  const [learned] = await at.rig.engine.lessons();
  const answer = outcome.attempts[0];
  assert.ok(answer?.digest && answer.host);
  assert.deepEqual(learned && { model: learned.model, digest: learned.digest, host: learned.host }, {
    model: answer.model,
    digest: answer.digest,
    host: answer.host,
  });
  assert.equal(learned?.task, 'document');
  assert.equal(learned?.passedChecks, 1);
  assert.ok((learned?.passed ?? 0) > 0.9);
  assert.ok((learned?.estimate?.passed ?? 0) > 0);
  const next = document();
  await run(at.rig.engine, next);
  const again = await at.rig.engine.replay(next.id);
  assert.equal(again.kind, 'same');
});

test('what streams without a check teaches nothing until the developer says something', async () => {
  const asked = requestFor('hello there', { task: 'chat' });
  const { outcome } = await run(at.rig.engine, asked);
  assert.equal(outcome.verdict?.kind, 'notChecked');
  assert.deepEqual(await at.rig.engine.lessons(), []);
  await at.rig.engine.feedback(asked.id, 'good');
  await at.rig.engine.feedback(asked.id, 'notGood');
  const [learned] = await at.rig.engine.lessons();
  assert.equal(learned?.passed, 0);
  assert.ok((learned?.failed ?? 0) > 0);
  assert.equal(learned?.passedChecks, 0);
});

test('a request by the developer’s word teaches as well', async () => {
  await run(at.rig.engine, { ...document(), word: { route: 'local', said: 'command' } });
  assert.equal((await at.rig.engine.lessons()).length, 1);
});

test('a failed local answer and the checked one of Claude are learned each of its own model', async (t) => {
  const ollama = await startOllama({ models: [{ name: 'llama3.2:3b', quality: 'inventedParameter' }] });
  const rig = await rigUp({ ollama: ollama.url, claude: at.claude.url, key: at.claude.key });
  t.after(async () => {
    await rig.close();
    await ollama.close();
  });
  const { outcome } = await run(rig.engine, document());
  assert.deepEqual(
    outcome.attempts.map(({ verdict }) => verdict?.kind),
    ['failed', 'failed', 'passed'],
  );
  const learned = await rig.engine.lessons();
  assert.deepEqual(learned.map(({ model, passedChecks }) => `${model.provider} ${passedChecks}`).sort(), [
    'claude 1',
    'ollama 0',
  ]);
});

test('another window learns it too, and forgets it when one forgets', async () => {
  const servers = { ollama: at.ollama.url, claude: at.claude.url, key: at.claude.key };
  const other = await rigUp({ ...servers, home: at.rig.home });
  await run(at.rig.engine, document());
  assert.equal((await other.engine.lessons()).length, 1);
  await other.engine.forgetLessons({ model: 'no such model' });
  assert.equal((await at.rig.engine.lessons()).length, 1);
  await other.engine.forgetLessons();
  assert.deepEqual(await at.rig.engine.lessons(), []);
  await other.engine.dispose();
});
