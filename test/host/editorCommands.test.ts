import assert from 'node:assert/strict';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { OllamaServer } from '../servers/ollama.ts';
import { closeEverything, showAt, showFile, shownProposal, until, workspacePath } from './editor.ts';
import { startOllamaHere } from './outside.ts';
import { withPressed } from './user.ts';

const source = `export function clampTo(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
`;

describe('Document Function', () => {
  let ollama: OllamaServer;
  before(async () => {
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  after(async () => {
    await closeEverything();
    await ollama.close();
  });

  it('shows the comment as a checked diff and changes nothing before it is accepted', async () => {
    const { document } = await showFile('sample/src/clampTo.ts', source, 'return Math');
    await vscode.commands.executeCommand('maia.document');
    const { tab, after } = await shownProposal();
    assert.equal(tab.label, 'clampTo.ts (Maia, checked)');
    assert.ok(after.endsWith(source) && after.length > source.length, after);
    assert.equal(document.getText(), source);
    await vscode.commands.executeCommand('maia.rejectProposal');
    assert.equal(document.getText(), source);
  });

  it('sent the function itself, and a window on purpose', async () => {
    const sent = ollama.arrivals.to('/api/chat').at(-1)?.json();
    assert.match(JSON.stringify(sent), /clampTo\(value: number, low: number, high: number\)/);
    assert.equal(sent?.truncate, false);
    assert.equal(typeof (sent?.options as Record<string, unknown> | undefined)?.num_ctx, 'number');
  });

  it('is accepted as one edit, which one undo takes back', async () => {
    const { document } = await showFile('sample/src/clampTo.ts', source, 'return Math');
    await vscode.commands.executeCommand('maia.document');
    const { after } = await shownProposal();
    await vscode.commands.executeCommand('maia.acceptProposal');
    assert.equal(document.getText(), after);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), source);
  });

  it('keeps an edit that was made elsewhere meanwhile, beside the comment', async () => {
    const { document } = await showFile(
      'sample/src/clampElsewhere.ts',
      `${source}\nexport const end = 1;\n`,
      'return Math',
    );
    await vscode.commands.executeCommand('maia.document');
    const { after } = await shownProposal();
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, document.lineAt(4).range, 'export const end = 2;');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('maia.acceptProposal');
    assert.equal(document.getText(), after.replace('end = 1', 'end = 2'));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), `${source}\nexport const end = 2;\n`);
    await closeEverything();
  });

  it('refuses where the same lines were edited meanwhile, and both texts are kept', async () => {
    const { document } = await showFile('sample/src/clampSame.ts', source, 'return Math');
    await vscode.commands.executeCommand('maia.document');
    const proposed = await shownProposal();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// mine\n');
    await vscode.workspace.applyEdit(edit);
    const { said } = await withPressed([], async () => {
      await vscode.commands.executeCommand('maia.acceptProposal');
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    assert.match(said.join(' '), /same lines of clampSame\.ts/);
    assert.equal(document.getText(), `// mine\n${source}`);
    const still = await shownProposal();
    assert.equal(still.after, proposed.after);
    await vscode.commands.executeCommand('maia.rejectProposal');
    await closeEverything();
  });

  it('keeps the line endings of the file', async () => {
    const windows = source.replaceAll('\n', '\r\n');
    const { document } = await showFile('sample/src/crlf.ts', windows, 'return Math');
    await vscode.commands.executeCommand('maia.document');
    await shownProposal();
    await vscode.commands.executeCommand('maia.acceptProposal');
    assert.ok(document.getText().endsWith(windows));
    assert.doesNotMatch(document.getText(), /[^\r]\n/);
    await closeEverything();
  });
});

describe('Generate Tests', () => {
  let ollama: OllamaServer;
  before(async () => {
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  after(async () => {
    await closeEverything();
    await ollama.close();
  });

  it("writes a new file where this project's tests are, and opens it beside the source", async () => {
    const file = workspacePath('node-test', 'src', 'clamp.js');
    const before = await readFile(file, 'utf8');
    await showAt(file, 'return');
    await vscode.commands.executeCommand('maia.generateTests');
    const { after } = await shownProposal();
    await vscode.commands.executeCommand('maia.acceptProposal');
    const shown = await until(
      () =>
        vscode.window.visibleTextEditors.find(
          ({ document }) => document.uri.scheme === 'file' && /clamp\.test\.js$/.test(document.fileName),
        ),
      'the new file is open',
    );
    assert.equal(shown.document.fileName, workspacePath('node-test', 'test', 'clamp.test.js'));
    assert.equal(await readFile(shown.document.fileName, 'utf8'), after);
    assert.match(after, /clamp\(/);
    assert.equal(await readFile(file, 'utf8'), before);
    assert.ok(vscode.window.tabGroups.all.length > 1, 'it opened in the same group');
    await closeEverything();
    await rm(shown.document.fileName);
  });

  it('adds to a file of tests that is there, and keeps what was in it', async () => {
    const file = workspacePath('node-test', 'test', 'range.test.js');
    const before = await readFile(file, 'utf8');
    await showAt(workspacePath('node-test', 'src', 'range.js'), 'return');
    await vscode.commands.executeCommand('maia.generateTests');
    await shownProposal();
    await vscode.commands.executeCommand('maia.acceptProposal');
    const document = await vscode.workspace.openTextDocument(file);
    assert.ok(document.getText().length > before.length);
    for (const line of before.split('\n').filter((one) => /^(test|it|describe)\(/.test(one)))
      assert.ok(document.getText().includes(line), `lost: ${line}`);
    await closeEverything();
  });
});

describe('Bad input to the commands', () => {
  let ollama: OllamaServer;
  before(async () => {
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  after(async () => {
    await closeEverything();
    await ollama.close();
  });

  async function sentence(command: string): Promise<string> {
    const { said } = await withPressed([], async () => {
      await vscode.commands.executeCommand(command);
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    assert.equal(said.length, 1, JSON.stringify(said));
    assert.doesNotMatch(said[0] ?? '', /\n|\bat \/|Error:/);
    return said[0] ?? '';
  }

  it('no file open: one sentence', async () => {
    await closeEverything();
    assert.ok((await sentence('maia.document')).length > 20);
  });

  it('a cursor in no function: one sentence, and nothing was sent', async () => {
    await showFile('sample/src/plain.ts', '\n\n\nconst a = 1;\n', '\n\n\n');
    const asked = ollama.arrivals.to('/api/chat').length;
    assert.ok((await sentence('maia.document')).length > 20);
    assert.equal(ollama.arrivals.to('/api/chat').length, asked);
  });

  it('a read-only file: one sentence, and the file is as it was', async () => {
    const file = workspacePath('sample', 'src', 'locked.ts');
    await writeFile(file, source);
    await chmod(file, 0o444);
    await showAt(file, 'return Math');
    assert.match(await sentence('maia.document'), /locked\.ts/);
    assert.equal(await readFile(file, 'utf8'), source);
  });

  it('a 5 MB file without a selection: one sentence with the limit', async () => {
    const file = workspacePath('sample', 'src', 'huge.ts');
    await writeFile(file, `${source}${'// filler filler filler filler filler\n'.repeat(140_000)}`);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    assert.match(await sentence('maia.explain'), /MB/);
    await closeEverything();
    await rm(file);
  });

  it('a binary file: one sentence with its name', async () => {
    const file = workspacePath('sample', 'picture.png');
    await writeFile(file, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
    await until(
      () => (vscode.window.tabGroups.activeTabGroup.activeTab?.label === basename(file) ? true : undefined),
      'the picture is open',
    );
    assert.match(await sentence('maia.explain'), /picture\.png/);
    await closeEverything();
  });

  it('an unsaved file is documented as the editor has it', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: source });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    await vscode.commands.executeCommand('maia.document');
    await shownProposal();
    await vscode.commands.executeCommand('maia.acceptProposal');
    assert.ok(document.getText().endsWith(source));
    assert.ok(document.getText().length > source.length);
    await closeEverything();
  });
});
