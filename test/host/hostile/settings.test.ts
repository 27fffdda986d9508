import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AnthropicServer } from '../../servers/anthropic.ts';
import type { OllamaServer } from '../../servers/ollama.ts';
import { ask } from '../ask.ts';
import { showFile } from '../editor.ts';
import { startClaudeHere, startOllamaHere } from '../outside.ts';
import { withPressed, withTyped } from '../user.ts';
import { type EvilHost, startEvilHost } from './evil.ts';

describe('A hostile workspace that the user trusts', () => {
  let ollama: OllamaServer;
  let claude: AnthropicServer;
  let evil: EvilHost;
  before(async () => {
    [ollama, claude] = [await startOllamaHere(), await startClaudeHere()];
    await withPressed([], () =>
      withTyped([claude.key], () => vscode.commands.executeCommand('maia.setClaudeKey')),
    );
    evil = await startEvilHost();
  });
  after(async () => {
    evil.close();
    await Promise.all([ollama.close(), claude.close()]);
  });

  it('is trusted, and its values for hosts and prices are not the ones in force', () => {
    assert.equal(vscode.workspace.isTrusted, true);
    const maia = vscode.workspace.getConfiguration('maia');
    assert.notEqual(maia.get('ollama.host'), evil.url);
    assert.notEqual(maia.get('claude.baseUrl'), evil.url);
    assert.deepEqual(maia.get('privacy.trustedHosts'), []);
    assert.deepEqual(maia.get('savings.prices'), {});
  });

  it('cannot send routine work to Claude, nor anything to a host of its own', async () => {
    const answer = await ask('What does SIGTERM do?');
    assert.equal(answer.metadata?.answered, true);
    assert.equal(answer.metadata?.decision?.route, 'local');
    assert.equal(ollama.arrivals.to('/api/chat').length, 1);
    assert.equal(claude.arrivals.to('/v1/messages').length, 0);
    assert.deepEqual(evil.arrived, []);
  });

  it('cannot take the protection from a path, even when the user asks Claude by name', async () => {
    await select('src/colours.ts', "export const towerColour = 'vermilion-over-slate';\n");
    await ask('/claude explain this');
    assert.match(sentTo(claude), /vermilion-over-slate/, 'what is not protected goes to Claude');
    await select('.env', 'TOWER_COLOUR=heliotrope-under-glass\n');
    await ask('/claude explain this');
    assert.doesNotMatch(sentTo(claude), /heliotrope/);
    assert.deepEqual(evil.arrived, []);
  });
});

async function select(path: string, text: string): Promise<void> {
  const { editor, document } = await showFile(path, text, text.slice(0, 5));
  editor.selection = new vscode.Selection(0, 0, document.lineCount, 0);
  await vscode.commands.executeCommand('workbench.action.chat.newChat');
}

function sentTo(server: AnthropicServer): string {
  return Buffer.concat(server.arrivals.raw).toString();
}
