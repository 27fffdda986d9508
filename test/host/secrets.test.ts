import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { AnthropicServer } from '../servers/anthropic.ts';
import type { OllamaServer } from '../servers/ollama.ts';
import { ask } from './ask.ts';
import { closeEverything, showFile, shownProposal, until, workspacePath } from './editor.ts';
import { startClaudeHere, startOllamaHere } from './outside.ts';
import { withPressed, withTyped } from './user.ts';

/** Has the form of a key that a scanner knows, and is none. */
const secret = ['ghp', 'wR7vK2mXq9LtB4nZc8HsY1dJf6PgA3uE5oTi'].join('_');
const line = 'the heron of the third pier sleeps at nine';

describe('What must not leave this machine', () => {
  let ollama: OllamaServer;
  let claude: AnthropicServer;
  before(async () => {
    ollama = await startOllamaHere();
    claude = await startClaudeHere();
    await vscode.commands.executeCommand('maia.checkAgain');
    await withPressed([], () =>
      withTyped([claude.key], () => vscode.commands.executeCommand('maia.setClaudeKey')),
    );
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
  });
  after(async () => {
    await vscode.workspace
      .getConfiguration('maia')
      .update('mode', undefined, vscode.ConfigurationTarget.Global);
    await rm(workspacePath('sample/.env'), { force: true });
    await closeEverything();
    await withPressed(['Remove'], () => vscode.commands.executeCommand('maia.removeClaudeKey'));
    await Promise.all([ollama.close(), claude.close()]);
  });

  it('a secret in a question to Claude is held, and goes masked by one click', async () => {
    const answer = await ask(`/claude what is TOKEN=${secret} for?`);
    assert.notEqual(answer.metadata?.answered, true);
    const nth = claude.arrivals.to('/v1/messages').length + 1;
    await vscode.commands.executeCommand('maia.answerSecret', answer.metadata?.requestId, 'mask');
    const arrival = await claude.arrivals.waitFor('/v1/messages', nth);
    assert.match(JSON.stringify(arrival.json()), /TOKEN=‹secret 1›/);
    await claude.arrivals.ended(arrival);
    assert.equal(claude.arrivals.holds(secret), false);
  });

  it('a choice for a question that is not at hand sends nothing', async () => {
    const asked = claude.arrivals.to('/v1/messages').length;
    const { said } = await withPressed([], () =>
      vscode.commands.executeCommand('maia.answerSecret', 'no such request', 'allowOnce'),
    );
    assert.match(said[0] ?? '', /Ask it again/);
    assert.equal(claude.arrivals.to('/v1/messages').length, asked);
  });

  it('a command asks in a dialog what to do about a secret, and goes on', async () => {
    await vscode.workspace
      .getConfiguration('maia')
      .update('mode', 'claudeOnly', vscode.ConfigurationTarget.Global);
    const source = `export function tokenOf(name: string): string {\n  const held = '${secret}';\n  return name + held;\n}\n`;
    await showFile('sample/src/tokenOf.ts', source, 'return name');
    const { said } = await withPressed(['Mask and ask Claude'], () =>
      vscode.commands.executeCommand('maia.document'),
    );
    assert.match(said.join('\n'), /secret/i);
    const { after } = await shownProposal();
    assert.ok(after.includes(secret), 'the file keeps its own text');
    await vscode.commands.executeCommand('maia.rejectProposal');
    assert.equal(claude.arrivals.holds(secret), false);
    await vscode.workspace
      .getConfiguration('maia')
      .update('mode', undefined, vscode.ConfigurationTarget.Global);
  });

  it('a line of a protected file is known in Maia Auto, which gets no path', async () => {
    await writeFile(workspacePath('sample/.env'), `# ours\nPHRASE="${line}"\n`);
    // Files are looked at again every two seconds.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const [model] = await vscode.lm.selectChatModels({ vendor: 'maia' });
    assert.ok(model);
    const token = new vscode.CancellationTokenSource().token;
    const question = `ask Claude: what does this mean?\n\nPHRASE="${line}"`;
    await assert.rejects(async () => {
      const response = await model.sendRequest([vscode.LanguageModelChatMessage.User(question)], {}, token);
      for await (const _part of response.stream);
    }, /\.env/);
    assert.equal(claude.arrivals.holds(line), false);
  });

  it('in Maia Auto a dialog asks what to do about a secret, and the same turn goes on', async () => {
    const [model] = await vscode.lm.selectChatModels({ vendor: 'maia' });
    assert.ok(model);
    const messages = [vscode.LanguageModelChatMessage.User(`ask Claude: what opens TOKEN=${secret} here?`)];
    const weather = { name: 'get_weather', description: 'The weather', inputSchema: { type: 'object' } };
    const { value } = await withPressed(['Mask and ask Claude'], async () => {
      const token = new vscode.CancellationTokenSource().token;
      const response = await model.sendRequest(messages, { tools: [weather] }, token);
      let parts = 0;
      for await (const _part of response.stream) parts += 1;
      return parts;
    });
    assert.ok(value > 0);
    assert.match(JSON.stringify(claude.arrivals.to('/v1/messages').at(-1)?.json()), /TOKEN=‹secret 1› here/);
    assert.equal(claude.arrivals.holds(secret), false);
  });

  it('what left is shown with its reason, and without its content', async () => {
    await vscode.commands.executeCommand('maia.showEgress');
    const text = await until(
      () =>
        vscode.workspace.textDocuments.find(({ uri }) => uri.path.includes('What left'))?.getText() ||
        undefined,
      'the record is shown',
    );
    assert.match(text, /you had its secrets masked/);
    assert.doesNotMatch(text, /TOKEN|heron/);
  });
});
