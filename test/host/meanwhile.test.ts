import assert from 'node:assert/strict';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { AnthropicServer } from '../servers/anthropic.ts';
import type { OllamaServer } from '../servers/ollama.ts';
import type { Arrival } from '../servers/wire/arrivals.ts';
import type { FaultHandle } from '../servers/wire/faults.ts';
import { ask } from './ask.ts';
import { closeEverything, showAt, showFile, shownProposal, workspacePath } from './editor.ts';
import { startClaudeHere, startOllamaHere } from './outside.ts';
import { clearSentence, said } from './sentence.ts';
import { withPressed, withTyped } from './user.ts';

const source = `export function halved(value: number): number {
  return value / 2;
}
`;

/** The model stands still in the middle of its answer; work that ends without that is told at once. */
async function reachedBefore(held: FaultHandle, work: PromiseLike<unknown>): Promise<void> {
  const early = Promise.resolve(work).then((value) => {
    throw new Error(`It ended without the local model: ${JSON.stringify(value)}`);
  });
  await Promise.race([held.reached, early]);
  early.catch(() => undefined);
}

describe('Files that change or cannot be changed', () => {
  let ollama: OllamaServer;
  const saving = (how: string | undefined) =>
    vscode.workspace.getConfiguration('files').update('autoSave', how, vscode.ConfigurationTarget.Global);
  before(async () => {
    await saving('off');
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  afterEach(closeEverything);
  after(async () => {
    await saving(undefined);
    await ollama.close();
  });

  it('an edit made while the model was answering: Accept refuses, and both texts are there', async () => {
    const { document } = await showFile('sample/src/typedMeanwhile.ts', source, 'return value');
    const held = ollama.hold('token', { afterTokens: 3 });
    const working = vscode.commands.executeCommand('maia.document');
    await reachedBefore(held, working);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// typed meanwhile\n');
    await vscode.workspace.applyEdit(edit);
    held.release();
    await working;
    const { after } = await shownProposal();
    const sentence = await said(() => vscode.commands.executeCommand('maia.acceptProposal'));
    assert.match(sentence, /typedMeanwhile\.ts/);
    assert.equal(document.getText(), `// typed meanwhile\n${source}`);
    assert.equal((await shownProposal()).after, after);
    await vscode.commands.executeCommand('maia.rejectProposal');
    await document.save();
  });

  it('a file with unsaved changes: the model gets what the editor shows, and the disk stays as it is', async () => {
    const { document } = await showFile('sample/src/unsaved.ts', source, 'return value');
    const edit = new vscode.WorkspaceEdit();
    const two = document.positionAt(source.indexOf('2'));
    edit.replace(document.uri, new vscode.Range(two, two.translate(0, 1)), '2.0001');
    await vscode.workspace.applyEdit(edit);
    const shown = document.getText();
    await vscode.commands.executeCommand('maia.document');
    await shownProposal();
    assert.match(JSON.stringify(ollama.arrivals.to('/api/chat').at(-1)?.json()), /value \/ 2\.0001/);
    await vscode.commands.executeCommand('maia.acceptProposal');
    assert.ok(document.getText().endsWith(shown) && document.getText().length > shown.length);
    assert.equal(document.isDirty, true);
    assert.equal(await readFile(document.fileName, 'utf8'), source);
    await document.save();
  });

  it('tests that cannot be written: the file is named, and it is as it was', async () => {
    const place = workspacePath('vitest', 'src', 'prices.test.ts');
    const before = await readFile(place, 'utf8');
    await chmod(place, 0o444);
    try {
      await showAt(workspacePath('vitest', 'src', 'prices.ts'), 'percent < 0');
      const sentence = await said(async () => {
        await vscode.commands.executeCommand('maia.generateTests');
        const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
        if (input instanceof vscode.TabInputTextDiff)
          await vscode.commands.executeCommand('maia.acceptProposal');
      });
      assert.match(sentence, /prices\.test\.ts/);
      assert.equal(await readFile(place, 'utf8'), before);
    } finally {
      await chmod(place, 0o644);
    }
  });

  it('a 5 MB file with a selection: the selection alone is sent', async () => {
    const file = workspacePath('sample', 'src', 'large.ts');
    await writeFile(file, `${source}${'// filler filler filler filler filler\n'.repeat(140_000)}`);
    const { editor } = await showAt(file, 'export');
    editor.selection = new vscode.Selection(0, 0, 3, 0);
    const nth = ollama.arrivals.to('/api/chat').length + 1;
    await vscode.commands.executeCommand('maia.explain');
    const arrival = await ollama.arrivals.waitFor('/api/chat', nth);
    await ollama.arrivals.ended(arrival);
    assert.match(arrival.body.toString(), /value \/ 2/);
    assert.ok(arrival.body.length < 20_000, `${arrival.body.length} bytes`);
    assert.doesNotMatch(arrival.body.toString(), /filler/);
    await closeEverything();
    await rm(file);
  });

  it('a language without a syntax tree and nothing selected: it says to select', async () => {
    await showFile(
      'sample/tools/greet.lua',
      'function greet(name)\n  return "Hello " .. name\nend\n',
      'Hello',
    );
    const asked = ollama.arrivals.to('/api/chat').length;
    assert.match(await clearSentence('maia.document'), /[Ss]elect/);
    assert.equal(ollama.arrivals.to('/api/chat').length, asked);
  });
});

describe('A server that dies', () => {
  let ollama: OllamaServer;
  let claude: AnthropicServer;
  before(async () => {
    [ollama, claude] = [await startOllamaHere(), await startClaudeHere()];
    await withPressed([], () =>
      withTyped([claude.key], () => vscode.commands.executeCommand('maia.setClaudeKey')),
    );
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  after(async () => {
    await closeEverything();
    await withPressed(['Remove'], () => vscode.commands.executeCommand('maia.removeClaudeKey'));
    await Promise.all([ollama.close(), claude.close()]);
  });

  it('in mid-answer of Document Function: the whole comment comes from Claude', async () => {
    const { document } = await showFile('sample/src/handedOver.ts', source, 'return value');
    const held = ollama.hold('token', { afterTokens: 3 });
    const working = vscode.commands.executeCommand('maia.document');
    await reachedBefore(held, working);
    await ollama.crash();
    await working;
    const { after, tab } = await shownProposal();
    assert.match(tab.label, /checked\)$/);
    assert.ok(after.endsWith(source) && after.length > source.length);
    assert.equal(claude.arrivals.to('/v1/messages').length, 1);
    assert.equal(document.getText(), source);
    await vscode.commands.executeCommand('maia.rejectProposal');
    await ollama.restart();
    await vscode.commands.executeCommand('maia.checkAgain');
  });

  it('in mid-answer of a chat turn: what the chat then holds is the other model’s whole answer', async () => {
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
    const held = ollama.hold('token', { afterTokens: 5 });
    const nth = claude.arrivals.to('/v1/messages').length + 1;
    const answering = ask('What does SIGCHLD do?');
    await reachedBefore(held, answering);
    await ollama.crash();
    assert.equal((await answering).metadata?.answered, true);
    const arrival = await claude.arrivals.waitFor('/v1/messages', nth);
    const whole = await claude.arrivals.ended(arrival);
    assert.ok(whole.finishedAt !== undefined && whole.closedAt === undefined);
    const text = await answerAgain(claude, arrival);
    assert.ok(text.length > 20);

    const asked = claude.arrivals.to('/v1/messages').length + 1;
    await ask('/claude And SIGCONT?');
    const next = await claude.arrivals.waitFor('/v1/messages', asked);
    const told = next.json().messages as { role: string; content: unknown }[];
    const remembered = JSON.stringify(told.find((message) => message.role === 'assistant')?.content);
    assert.ok(remembered.includes(JSON.stringify(text.trim()).slice(1, -1)), `${remembered} is not ${text}`);
    await ollama.restart();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
});

/** What the server answers to the very bytes that it got before: its answers come from the prompt alone. */
async function answerAgain(claude: AnthropicServer, { headers, body }: Arrival): Promise<string> {
  const sent = Object.entries(headers).filter(([name]) =>
    /^(?:content-type|authorization|x-api-key|anthropic-)/.test(name),
  );
  const response = await fetch(`${claude.url}/v1/messages`, {
    method: 'POST',
    headers: sent.map(([name, value]): [string, string] => [name, String(value)]),
    body: new Uint8Array(body),
  });
  const told = await response.text();
  assert.equal(response.status, 200, told);
  const deltas = told.matchAll(/"type":"text_delta","text":("(?:[^"\\]|\\.)*")/g);
  return [...deltas].map(([, text]) => JSON.parse(text ?? '""') as string).join('');
}
