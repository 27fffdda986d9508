import assert from 'node:assert/strict';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { OllamaServer } from '../../servers/ollama.ts';
import { ask } from '../ask.ts';
import { closeEverything, showAt, shownProposal } from '../editor.ts';
import { startOllamaHere } from '../outside.ts';
import { clearSentence } from '../sentence.ts';

const source = `export function tripled(value: number): number {
  return value * 3;
}
`;

describe('With no workspace', () => {
  let ollama: OllamaServer;
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maia-lone-'));
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  afterEach(closeEverything);
  after(async () => {
    await ollama.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('there is none, and a question is answered', async () => {
    assert.equal(vscode.workspace.workspaceFolders, undefined);
    const answer = await ask('What does SIGTERM do?');
    assert.equal(answer.metadata?.answered, true);
    assert.equal(answer.metadata?.decision?.route, 'local');
  });

  it('with no file open a command says what it needs', async () => {
    assert.match(await clearSentence('maia.document'), /[Oo]pen|cursor/);
  });

  it('a lone file is documented in place', async () => {
    const file = join(folder, 'tripled.ts');
    await writeFile(file, source);
    const { document } = await showAt(file, 'return');
    await vscode.commands.executeCommand('maia.document');
    await shownProposal();
    await vscode.commands.executeCommand('maia.acceptProposal');
    assert.ok(document.getText().endsWith(source) && document.getText().length > source.length);
  });

  it('tests of a lone file are proposed beside it, and written only when accepted', async () => {
    const file = join(folder, 'tripled.ts');
    await writeFile(file, source);
    await showAt(file, 'return');
    await vscode.commands.executeCommand('maia.generateTests');
    const { after } = await shownProposal();
    assert.match(after, /tripled\(/);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(join(input.modified.path, '..'), folder);
    await assert.rejects(access(input.modified.path));
    await vscode.commands.executeCommand('maia.rejectProposal');
    await assert.rejects(access(input.modified.path));
  });

  it('tests of a file that was never saved: it says to save it first', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: source });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    const asked = ollama.arrivals.to('/api/chat').length;
    assert.match(await clearSentence('maia.generateTests'), /[Ss]ave|folder/);
    assert.equal(document.getText(), source);
    assert.equal(ollama.arrivals.to('/api/chat').length, asked);
  });
});
