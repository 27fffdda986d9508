import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { OllamaServer } from '../servers/ollama.ts';
import { closeEverything, showFile, until } from './editor.ts';
import { startOllamaHere } from './outside.ts';
import { withPressed } from './user.ts';

const source = `export function halfOf(value: number): number {
  return value / 2;
}
`;

async function setChatOff(off: boolean | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('chat')
    .update('disableAIFeatures', off, vscode.ConfigurationTarget.Global);
}

describe('With chat switched off', () => {
  let ollama: OllamaServer;
  before(async () => {
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
    await setChatOff(true);
  });
  after(async () => {
    await setChatOff(undefined);
    await closeEverything();
    await ollama.close();
  });

  it('Explain answers in a preview beside the code', async () => {
    await showFile('sample/src/halfOf.ts', source, 'return value');
    await vscode.commands.executeCommand('maia.explain');
    await until(
      () =>
        vscode.window.tabGroups.all
          .flatMap((group) => group.tabs)
          .find((tab) => tab.input instanceof vscode.TabInputWebview && tab.label.includes('Maia explains')),
      'the preview is open',
    );
    const answer = vscode.workspace.textDocuments.find((document) => document.uri.scheme === 'maia-answer');
    assert.match(answer?.getText() ?? '', /halfOf[\s\S]*on this machine/);
    assert.doesNotMatch(answer?.getText() ?? '', /command:/);
  });

  it('what the check of an explanation found stands under it, and a message leads to Claude', async () => {
    await ollama.close();
    ollama = await startOllamaHere({ models: [{ name: 'codellama:13b', quality: 'inventedName' }] });
    await vscode.commands.executeCommand('maia.checkAgain');
    await closeEverything();
    await showFile('sample/src/halfOf.ts', source, 'return value');
    const { said } = await withPressed([], async () => {
      await vscode.commands.executeCommand('maia.explain');
      await until(
        () =>
          vscode.workspace.textDocuments.find(
            (document) =>
              document.uri.scheme === 'maia-answer' && document.getText().includes('frobnicateAll'),
          ),
        'the preview has the answer',
      );
      // The message comes behind the preview.
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    const answer = vscode.workspace.textDocuments.find((document) => document.uri.scheme === 'maia-answer');
    assert.match(answer?.getText() ?? '', /mentions frobnicateAll, which is not in the code/);
    assert.match(said.join('\n'), /mentions frobnicateAll/);
  });

  it('Ask says that chat is off and what still works', async () => {
    const { said } = await withPressed([], () => vscode.commands.executeCommand('maia.ask'));
    assert.match(said[0] ?? '', /switched off/);
  });
});
