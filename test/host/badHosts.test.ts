import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type OllamaServer, ollamaFaults, startOllama } from '../servers/ollama.ts';
import { closeEverything, showFile, shownProposal } from './editor.ts';
import { startOllamaHere } from './outside.ts';
import { clearSentence } from './sentence.ts';

const source = `export function doubled(value: number): number {
  return value * 2;
}
`;

/** What Maia says when the function at the cursor is to be documented; the file must stay as it is. */
async function sentenceOnDocument(): Promise<string> {
  const { document } = await showFile('sample/src/doubled.ts', source, 'return value');
  const said = await clearSentence('maia.document');
  assert.equal(document.getText(), source);
  assert.equal(document.isDirty, false);
  return said;
}

const paths = ['/api/tags', '/api/version', '/api/ps', '/api/show', '/api/chat'];

describe('Where Ollama should be', () => {
  let ollama: OllamaServer | undefined;
  afterEach(async () => {
    await closeEverything();
    await ollama?.close();
    ollama = undefined;
  });

  it('nothing answers, and there is no key: the two ways to go on', async () => {
    await vscode.commands.executeCommand('maia.checkAgain');
    assert.match(await sentenceOnDocument(), /Start Ollama.*"Maia: Set Claude API Key"/);
  });

  it('an HTTP server that is not Ollama: it is called that, and the setting is named', async () => {
    ollama = await startOllamaHere();
    for (const on of paths) ollama.fail(ollamaFaults.notOllama(), { on, times: Number.POSITIVE_INFINITY });
    await vscode.commands.executeCommand('maia.checkAgain');
    assert.match(await sentenceOnDocument(), /not Ollama.*maia\.ollama\.host/);
    assert.equal(ollama.arrivals.to('/api/chat').length, 0);
  });

  it('a redirect: it is refused, and nothing reaches where it leads', async () => {
    const elsewhere = await startOllama();
    try {
      ollama = await startOllamaHere();
      for (const on of paths)
        ollama.fail(ollamaFaults.redirect(`${elsewhere.url}${on}`), { on, times: Number.POSITIVE_INFINITY });
      await vscode.commands.executeCommand('maia.checkAgain');
      assert.match(await sentenceOnDocument(), /elsewhere.*refuses.*address/);
      assert.deepEqual(elsewhere.arrivals.list, []);
    } finally {
      await elsewhere.close();
    }
  });

  it('a model that was deleted meanwhile: another one answers, and the user notices nothing', async () => {
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
    ollama.remove('codellama:13b');
    await showFile('sample/src/doubled.ts', source, 'return value');
    await vscode.commands.executeCommand('maia.document');
    const { after } = await shownProposal();
    assert.ok(after.endsWith(source));
    assert.equal(ollama.arrivals.to('/api/chat').at(-1)?.json().model, 'llama3.2:3b');
    await vscode.commands.executeCommand('maia.rejectProposal');
  });

  it('the only model was deleted meanwhile: its name, and that it can be pulled', async () => {
    ollama = await startOllamaHere({ models: ['llama3.2:3b'] });
    await vscode.commands.executeCommand('maia.checkAgain');
    ollama.remove('llama3.2:3b');
    assert.match(await sentenceOnDocument(), /[Pp]ull/);
  });

  it('Ollama without a model: what to pull', async () => {
    ollama = await startOllamaHere({ models: [] });
    await vscode.commands.executeCommand('maia.checkAgain');
    assert.match(await sentenceOnDocument(), /no models? yet.*Pull/);
  });
});
