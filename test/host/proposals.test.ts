import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { AnthropicServer } from '../servers/anthropic.ts';
import type { OllamaServer } from '../servers/ollama.ts';
import { closeEverything, showFile, shownProposal, until } from './editor.ts';
import { startClaudeHere, startOllamaHere } from './outside.ts';
import { withPicked, withPressed, withTyped } from './user.ts';

const source = `export function tripled(value: number): number {
  return value * 3;
}

export const last = 1;
`;

const run = (command: string, ...given: readonly unknown[]) =>
  vscode.commands.executeCommand(command, ...given);

function set(name: string, value: unknown) {
  return vscode.workspace.getConfiguration('maia').update(name, value, vscode.ConfigurationTarget.Global);
}

describe('A change over its own file', () => {
  let ollama: OllamaServer;
  before(async () => {
    await set('proposals', 'inPlace');
    ollama = await startOllamaHere();
    await run('maia.checkAgain');
  });
  afterEach(closeEverything);
  after(async () => {
    await set('proposals', undefined);
    await ollama.close();
  });

  async function titlesOver(document: vscode.TextDocument): Promise<readonly string[]> {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    return lenses.flatMap(({ command }) => (command?.command.startsWith('maia.') ? [command.title] : []));
  }

  it('stands there with what can be done, the file unchanged until Accept, which one undo takes back', async () => {
    const { document } = await showFile('sample/src/inPlace.ts', source, 'return value');
    await run('maia.document');
    const titles = (await titlesOver(document)).join(' ');
    assert.match(titles, /Accept .*Reject .*Refine… .*Open Diff .*\+\d+ −0 · same program/);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    assert.equal(document.getText(), source);
    await Promise.all([run('maia.acceptProposal'), run('maia.acceptProposal')]);
    const changed = document.getText();
    assert.ok(changed.endsWith(source) && changed.length > source.length);
    assert.equal(changed.match(/\/\*\*/g)?.length, 1, 'accepted twice, applied once');
    assert.deepEqual(await titlesOver(document), []);
    await run('undo');
    assert.equal(document.getText(), source);
  });

  it('rejected, leaves the file as it was to the byte', async () => {
    const windows = source.replaceAll('\n', '\r\n');
    const { document } = await showFile('sample/src/rejected.ts', windows, 'return value');
    await run('maia.document');
    await until(() => (document.isDirty ? undefined : true), 'nothing was changed');
    await run('maia.rejectProposal');
    assert.deepEqual(await titlesOver(document), []);
    assert.equal(document.isDirty, false);
    assert.equal(await readFile(document.fileName, 'utf8'), windows);
  });

  it('opens as a diff, which decides the same change', async () => {
    const { document } = await showFile('sample/src/alsoDiff.ts', source, 'return value');
    await run('maia.document');
    await run('maia.openProposalDiff');
    const { after } = await shownProposal();
    await run('maia.acceptProposal');
    assert.equal(document.getText(), after);
    assert.deepEqual(await titlesOver(document), []);
  });

  it('that cannot be merged with what was typed opens its diff, where both texts are', async () => {
    const { document, editor } = await showFile('sample/src/bothTexts.ts', source, 'return value');
    await run('maia.document');
    const first = document.lineAt(0);
    await editor.edit((edit) => edit.replace(first.range, `/** Mine. */\n${first.text} // mine`));
    const typed = document.getText();
    await run('maia.acceptProposal');
    const { after } = await shownProposal();
    assert.ok(after.endsWith(source));
    assert.equal(document.getText(), typed);
    await run('maia.rejectProposal');
  });

  it('is refined in words, from the answer that is there', async () => {
    await showFile('sample/src/refined.ts', source, 'return value');
    await run('maia.document');
    const asked = ollama.arrivals.to('/api/chat').length;
    await withTyped(['Say what unit it has.'], () => run('maia.refineProposal'));
    const sent = ollama.arrivals.to('/api/chat')[asked]?.json();
    const messages = sent?.messages as { role: string; content: string }[];
    assert.match(messages.at(-1)?.content ?? '', /Say what unit it has\./);
    assert.equal(messages.at(-2)?.role, 'assistant');
    await run('maia.rejectProposal');
  });

  it("is formatted by the document's own formatter, in its own lines alone and in the same undo step", async () => {
    const formatter = vscode.languages.registerDocumentRangeFormattingEditProvider(
      { language: 'typescript', scheme: 'file', pattern: '**/formatted.ts' },
      {
        provideDocumentRangeFormattingEdits: (document, range) => [
          vscode.TextEdit.insert(range.start, '  '),
          vscode.TextEdit.replace(document.lineAt(document.lineCount - 2).range, 'export const last = 2;'),
        ],
      },
    );
    try {
      const { document } = await showFile('sample/src/formatted.ts', source, 'return value');
      await run('maia.document');
      await run('maia.acceptProposal');
      assert.match(document.getText(), /^ {2}\/\*\*/);
      assert.match(document.getText(), /last = 1;/);
      await run('undo');
      assert.equal(document.getText(), source);
    } finally {
      formatter.dispose();
    }
  });
});

describe('While a local model answers', () => {
  let ollama: OllamaServer;
  let claude: AnthropicServer;
  before(async () => {
    [ollama, claude] = [await startOllamaHere(), await startClaudeHere()];
    await withPressed([], () => withTyped([claude.key], () => run('maia.setClaudeKey')));
    await run('maia.checkAgain');
  });
  after(async () => {
    await closeEverything();
    await withPressed(['Remove'], () => run('maia.removeClaudeKey'));
    await Promise.all([ollama.close(), claude.close()]);
  });

  it('Ask Claude Now ends its generation, and Claude’s answer comes', async () => {
    const { document } = await showFile('sample/src/askedNow.ts', source, 'return value');
    const held = ollama.hold('token', { afterTokens: 3 });
    const working = run('maia.document');
    const arrival = await held.reached;
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    await run('maia.askClaudeNow');
    await working;
    const { after } = await shownProposal();
    assert.ok(after.endsWith(source) && after.length > source.length);
    assert.equal(claude.arrivals.to('/v1/messages').length, 1);
    const ended = await ollama.arrivals.ended(arrival);
    assert.ok(ended.closedAt !== undefined && ended.finishedAt === undefined, 'it goes on writing');
    assert.equal(document.getText(), source);
    held.release();
    await run('maia.rejectProposal');
  });
});

describe('Where no Claude may be asked and the check fails', () => {
  let ollama: OllamaServer;
  before(async () => {
    await set('mode', 'localOnly');
    ollama = await startOllamaHere({
      models: [{ name: 'codellama:13b', quality: 'inventedParameter' }, { name: 'llama3.2:3b' }],
    });
    await run('maia.checkAgain');
  });
  afterEach(closeEverything);
  after(async () => {
    await set('mode', undefined);
    await ollama.close();
  });

  const models = (from: number) =>
    ollama.arrivals
      .to('/api/chat')
      .slice(from)
      .map((arrival) => arrival.json().model);

  it('the attempt is shown under what was found, and the same model or another one may try again', async () => {
    const { document } = await showFile('sample/src/again.ts', source, 'return value');
    const word = await firstBad(document);
    assert.match(word.said, /failed/);
    const before = ollama.arrivals.to('/api/chat').length;
    const { said } = await withPressed(['Retry'], async () => {
      await run('maia.showProposal', word.requestId);
      await until(() => (models(before).length >= 1 ? true : undefined), 'the same model is asked again');
    });
    assert.ok(said.length >= 1);
    assert.equal(models(before)[0], word.model);
    const told = ollama.arrivals.to('/api/chat')[before]?.json().messages as { content: string }[];
    assert.match(told.at(-1)?.content ?? '', /A tool checked your answer and found this/);
    assert.equal(document.getText(), source);
  });

  it('Other Model asks the one that is picked', async () => {
    const { document } = await showFile('sample/src/other.ts', source, 'return value');
    const { requestId } = await firstBad(document);
    const before = ollama.arrivals.to('/api/chat').length;
    await withPicked(['llama3.2:3b'], () => run('maia.otherModel', requestId));
    assert.equal(models(before)[0], 'llama3.2:3b');
    const { tab } = await shownProposal();
    assert.match(tab.label, /\(Maia, checked\)$/);
    await run('maia.rejectProposal');
    assert.equal(document.getText(), source);
  });

  /** A comment whose check fails twice, by the model that is bad at it. */
  async function firstBad(document: vscode.TextDocument) {
    const before = ollama.arrivals.to('/api/chat').length;
    const { said } = await withPressed([], async () => {
      await vscode.window.showTextDocument(document);
      await run('maia.document');
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    const { tab } = await shownProposal();
    assert.match(tab.label, /unchecked: its check failed/);
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    const requestId = new URLSearchParams(tab.input.modified.query).get('request') ?? '';
    return { said: said.join(' '), requestId, model: models(before)[0] };
  }
});
