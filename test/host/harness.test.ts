import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './editor.ts';
import { startClaudeHere, startOllamaHere } from './outside.ts';
import { withPicked, withTyped } from './user.ts';

describe('The suite itself', () => {
  it('has Ollama and Claude of its own where Maia looks for them', async () => {
    const [ollama, claude] = [await startOllamaHere(), await startClaudeHere()];
    try {
      assert.equal(process.env.OLLAMA_HOST, ollama.url);
      // A setting that another file put back may still be on its way: meanwhile VS Code shows defaults.
      const baseUrl = () => vscode.workspace.getConfiguration('maia').get('claude.baseUrl');
      await until(() => baseUrl() === claude.url || undefined, 'the profile names Claude here');
      const response = await fetch(`${ollama.url}/api/version`);
      assert.equal(response.status, 200);
    } finally {
      await Promise.all([ollama.close(), claude.close()]);
    }
  });

  it('can play the user at VS Code’s dialogs, and leaves them as they were', async () => {
    const before = vscode.window.showInputBox;
    assert.equal(await withTyped(['a key'], () => vscode.window.showInputBox()), 'a key');
    assert.equal(await withPicked(['two'], () => vscode.window.showQuickPick(['one', 'two'])), 'two');
    assert.equal(vscode.window.showInputBox, before);
  });

  it('starts without a key for Claude and with a folder of its own for Maia', () => {
    assert.equal(process.env.ANTHROPIC_API_KEY, undefined);
    assert.match(process.env.MAIA_HOME ?? '', /maia-host-/);
  });
});
