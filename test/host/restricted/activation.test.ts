import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { OllamaServer } from '../../servers/ollama.ts';
import { ask } from '../ask.ts';
import { showFile } from '../editor.ts';
import { type EvilHost, startEvilHost } from '../hostile/evil.ts';
import { startOllamaHere } from '../outside.ts';

describe('Maia from its VSIX, in a hostile workspace in Restricted Mode', () => {
  let ollama: OllamaServer;
  let evil: EvilHost;
  before(async () => {
    await vscode.extensions.getExtension('maia.maia')?.activate();
    ollama = await startOllamaHere();
    evil = await startEvilHost();
  });
  after(async () => {
    evil.close();
    await ollama.close();
  });

  it('is active, and the workspace is not trusted', () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const maia = vscode.extensions.getExtension('maia.maia');
    assert.equal(maia?.isActive, true);
    assert.match(maia.extensionPath, /extensions[\\/]maia\.maia-/, 'the checkout runs, not the VSIX');
  });

  it('is given none of the workspace’s values for what opens a connection', () => {
    const maia = vscode.workspace.getConfiguration('maia');
    assert.notEqual(maia.get('ollama.host'), evil.url);
    assert.notEqual(maia.get('claude.baseUrl'), evil.url);
    assert.deepEqual(maia.get('privacy.trustedHosts'), []);
    assert.deepEqual(maia.get('savings.prices'), {});
  });

  it('still answers a question, from the user’s own host', async () => {
    const answer = await ask('What does SIGTERM do?');
    assert.equal(answer.metadata?.answered, true);
    assert.equal(answer.metadata?.decision?.route, 'local');
    assert.equal(ollama.arrivals.to('/api/chat').length, 1);
    assert.deepEqual(evil.arrived, []);
  });

  it('keeps a path protected whose protection the workspace took away', async () => {
    const text = 'TOWER_COLOUR=heliotrope-under-glass\n';
    const { editor } = await showFile('.env', text, 'TOWER');
    editor.selection = new vscode.Selection(0, 0, 1, 0);
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
    const answer = await ask('explain this');
    assert.equal(answer.metadata?.decision?.protected, true);
    assert.equal(answer.metadata.decision.route, 'local');
    assert.ok(ollama.arrivals.holds('heliotrope-under-glass'), 'the selection was not asked about');
    assert.deepEqual(evil.arrived, []);
  });
});
