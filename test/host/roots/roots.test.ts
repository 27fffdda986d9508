import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { OllamaServer } from '../../servers/ollama.ts';
import { closeEverything, showAt, shownProposal, workspacePath } from '../editor.ts';
import { startOllamaHere } from '../outside.ts';

describe('With several roots', () => {
  let ollama: OllamaServer;
  before(async () => {
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  afterEach(closeEverything);
  after(() => ollama.close());

  async function placeOfTests(project: string, file: string, at: string): Promise<string> {
    await showAt(workspacePath(project, ...file.split('/')), at);
    await vscode.commands.executeCommand('maia.generateTests');
    await shownProposal();
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    await vscode.commands.executeCommand('maia.rejectProposal');
    return input.modified.path;
  }

  it('each file’s tests go where its own root keeps them, in its own framework', async () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 3);
    assert.equal(
      await placeOfTests('vitest', 'src/slug.ts', 'toLowerCase'),
      workspacePath('vitest', 'src', 'slug.test.ts'),
    );
    assert.match(ollama.arrivals.to('/api/chat').at(-1)?.body.toString() ?? '', /vitest/);
    assert.equal(
      await placeOfTests('pytest', 'shop/money.py', 'divmod'),
      workspacePath('pytest', 'tests', 'test_money.py'),
    );
    assert.equal(
      await placeOfTests('node-test', 'src/clamp.js', 'Math'),
      workspacePath('node-test', 'test', 'clamp.test.js'),
    );
  });
});
