import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { OllamaServer } from '../../servers/ollama.ts';
import { ask } from '../ask.ts';
import { closeEverything } from '../editor.ts';
import { startOllamaHere } from '../outside.ts';
import { clearSentence } from '../sentence.ts';

const scheme = 'maia-test-memory';
const source = `export function squared(value: number): number {
  return value * value;
}
`;

/** One file, in memory alone. */
class OneFile implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  text = Buffer.from(source);
  watch = () => new vscode.Disposable(() => undefined);
  createDirectory = () => undefined;
  delete = () => undefined;
  rename = () => undefined;
  readDirectory = (): [string, vscode.FileType][] => [['squared.ts', vscode.FileType.File]];
  readFile = () => this.text;
  writeFile = (_uri: vscode.Uri, content: Uint8Array) => {
    this.text = Buffer.from(content);
  };
  stat(uri: vscode.Uri): vscode.FileStat {
    if (uri.path === '/project') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    if (uri.path !== '/project/squared.ts') throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.text.length };
  }
}

describe('In a virtual workspace', () => {
  let ollama: OllamaServer;
  const files = new OneFile();
  let registered: vscode.Disposable;
  before(async () => {
    registered = vscode.workspace.registerFileSystemProvider(scheme, files);
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  afterEach(closeEverything);
  after(async () => {
    registered.dispose();
    await ollama.close();
  });

  async function open(): Promise<vscode.TextDocument> {
    const uri = vscode.Uri.from({ scheme, path: '/project/squared.ts' });
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    return document;
  }

  it('there is no folder on disk, and chat answers, about the file in front too', async () => {
    assert.equal(vscode.workspace.workspaceFolders?.[0]?.uri.scheme, scheme);
    await open();
    const answer = await ask('/explain');
    assert.equal(answer.metadata?.answered, true);
    assert.match(ollama.arrivals.to('/api/chat').at(-1)?.body.toString() ?? '', /value \* value/);
  });

  for (const command of ['maia.document', 'maia.generateTests'])
    it(`${command} says that it needs files on disk, and changes nothing`, async () => {
      const document = await open();
      const asked = ollama.arrivals.to('/api/chat').length;
      assert.match(await clearSentence(command), /disk|virtual|folder/);
      assert.equal(document.getText(), source);
      assert.equal(files.text.toString(), source);
      assert.equal(ollama.arrivals.to('/api/chat').length, asked);
    });
});
