import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { OllamaServer } from '../servers/ollama.ts';
import { ask } from './ask.ts';
import { closeEverything, until } from './editor.ts';
import { startOllamaHere } from './outside.ts';
import { said } from './sentence.ts';
import { withPicked, withPressed, withTyped } from './user.ts';
import { why } from './whyAnswer.ts';

const coder = 'qwen2.5-coder:7b';

const maia = () => vscode.workspace.getConfiguration('maia');

async function set(name: string, value: unknown): Promise<void> {
  await maia().update(name, value, vscode.ConfigurationTarget.Global);
}

describe("The router's commands and settings", () => {
  let ollama: OllamaServer;
  before(async () => {
    ollama = await startOllamaHere({ models: [coder] });
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
  });
  after(async () => {
    await closeEverything();
    await ollama.close();
  });

  const wasAsked = (word: string) =>
    ollama.arrivals.to('/api/chat').some(({ body }) => body.toString('utf8').includes(word));

  it('the dial is chosen from a list, and its default is written as nothing', async () => {
    await withPicked(['Quality'], () => vscode.commands.executeCommand('maia.chooseDial'));
    assert.equal(maia().get('dial'), 'quality');
    await withPicked(['Balanced'], () => vscode.commands.executeCommand('maia.chooseDial'));
    assert.equal(maia().inspect('dial')?.globalValue, undefined);
    assert.equal(maia().get('dial'), 'balanced');
  });

  it('Preview Route tells where a question would go, and sends it to nobody', async () => {
    await withTyped(['What does SIGTERM do?'], () => vscode.commands.executeCommand('maia.previewRoute'));
    const shown = await until(
      () => vscode.workspace.textDocuments.find(({ uri }) => uri.path === '/Route.md')?.getText(),
      'the preview is open',
    );
    assert.match(shown, new RegExp(`^\\*\\*${coder}\\*\\* would be asked\\. ${coder} is good enough`));
    assert.match(shown, /By claude-sonnet-5-5 it would cost about/);
    assert.match(shown, /\| Model \| Will do \| Seen here \| Wait \| Price \|/);
    assert.equal(wasAsked('SIGTERM'), false);
  });

  it('a setting that can not be read is said once, and allows nothing meanwhile', async () => {
    try {
      const sentence = await said(() => set('models.allow', 5));
      assert.match(sentence, /maia\.models\.allow/);
      const answer = await ask('What does SIGHUP do?');
      assert.notEqual(answer.metadata?.answered, true);
      assert.equal(wasAsked('SIGHUP'), false);
    } finally {
      await set('models.allow', undefined);
    }
    assert.equal((await ask('What does SIGHUP do?')).metadata?.answered, true);
  });

  it('a task that is set to Claude is done here while there is no key, and /why says both', async () => {
    await set('tasks', { explain: 'claude' });
    try {
      const answer = await ask('What does SIGINT do?');
      assert.equal(answer.metadata?.decision?.route, 'local');
      const told = await why();
      assert.match(told, /was chosen\. Your settings send an explanation to Claude\./);
      assert.match(told, /Claude cannot be asked, so a local model does it\./);
    } finally {
      await set('tasks', undefined);
    }
  });

  it('a local model is tested for its tools, and what came of it is said', async () => {
    const { said: told } = await withPressed([], () =>
      withPicked([coder, 'calls tools'], () => vscode.commands.executeCommand('maia.probeModel')),
    );
    assert.match(told[0] ?? '', new RegExp(`^${coder} (?:calls tools correctly|gets no tools)`));
    const asked = ollama.arrivals.to('/api/chat').map((arrival) => arrival.json());
    assert.ok(asked.some(({ tools }) => Array.isArray(tools) && tools.length > 0));
  });

  it('what was learned is forgotten after a question, and the account stays', async () => {
    const { metadata } = await ask('What does SIGQUIT do?');
    await vscode.commands.executeCommand('maia.good', metadata?.requestId);
    const refused = await withPressed([], () =>
      withPicked(['All models'], () => vscode.commands.executeCommand('maia.forgetLessons')),
    );
    assert.match(refused.said[0] ?? '', /^Forget all that was learned/);
    const { said: asked } = await withPressed(['Forget'], () =>
      withPicked([coder], () => vscode.commands.executeCommand('maia.forgetLessons')),
    );
    assert.match(asked[0] ?? '', new RegExp(`^Forget what was learned of ${coder}`));
    // Of other models something may be known in this host.
    await withPressed(['Forget'], () =>
      withPicked(['All models'], () => vscode.commands.executeCommand('maia.forgetLessons')),
    );
    const after = await withPressed([], () => vscode.commands.executeCommand('maia.forgetLessons'));
    assert.deepEqual(after.said, ['Nothing was learned yet.']);
  });
});
