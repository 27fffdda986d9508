import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ask } from '../ask.ts';
import { closeEverything, showFile, until } from '../editor.ts';
import { ledgerRows } from '../ledgerRows.ts';
import { withPressed } from '../user.ts';

const source = `export function clampTo(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
`;

const weather: vscode.LanguageModelChatTool = {
  name: 'get_weather',
  description: 'The weather in a city',
  inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

/** The small model's answers are bad in real ways: what counts is that nothing breaks and nothing is half applied. */
describe('On a real Ollama', function () {
  this.timeout(300_000);
  before(async () => {
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  afterEach(closeEverything);

  it('a question in chat is answered on this machine', async () => {
    const answer = await ask('What is a stack?');
    assert.equal(answer.errorDetails, undefined);
    assert.equal(answer.metadata?.decision?.route, 'local');
    assert.match(answer.metadata.decision.model.name, /smollm2/);
  });

  it('/explain on the function at the cursor is answered on this machine', async () => {
    await showFile('sample/src/clampTo.ts', source, 'return Math');
    const answer = await ask('/explain');
    assert.equal(answer.metadata?.decision?.route, 'local');
  });

  for (const command of ['maia.explain', 'maia.document', 'maia.generateTests'])
    it(`${command} ends, and the file is as it was`, async () => {
      const { document } = await showFile('sample/src/clampTo.ts', source, 'return Math');
      await withPressed([], () => vscode.commands.executeCommand(command));
      assert.equal(document.getText(), source);
      assert.equal(document.isDirty, false);
    });

  it('what is accepted of Document Function leaves the code as it was', async () => {
    const { document } = await showFile('sample/src/clampTo.ts', source, 'return Math');
    await withPressed([], async () => {
      await vscode.commands.executeCommand('maia.document');
      await vscode.commands.executeCommand('maia.acceptProposal');
    });
    assert.ok(document.getText().endsWith(source), document.getText());
  });

  it('a tool is called with the city, and its result is put into words', async () => {
    const [model] = await vscode.lm.selectChatModels({ vendor: 'maia' });
    assert.ok(model, 'Maia Auto is not offered');
    const question = vscode.LanguageModelChatMessage.User(
      'use smollm2-tools:135m to say what the weather is in Rome',
    );
    const first = await answerOf(model, [question]);
    const [call] = first.calls;
    assert.ok(call, `no tool was called: ${first.text}`);
    assert.equal(call.name, 'get_weather');
    assert.deepEqual(call.input, { city: 'Rome' });
    const result = new vscode.LanguageModelToolResultPart(call.callId, [
      new vscode.LanguageModelTextPart('31 degrees and sunny'),
    ]);
    const second = await answerOf(model, [
      question,
      vscode.LanguageModelChatMessage.Assistant([call]),
      vscode.LanguageModelChatMessage.User([result]),
    ]);
    assert.ok(second.text.trim().length > 0);
  });

  it('every one of these requests has one end, and the ledger has its row and its attempts', async () => {
    const asked = 8;
    const rows = await until(() => {
      const all = ledgerRows();
      return all.length >= asked && all.every(({ ended }) => ended !== null) ? all : undefined;
    }, `${asked} requests stand in the ledger, all ended`);
    assert.equal(rows.length, asked, JSON.stringify(rows));
    for (const row of rows) {
      assert.ok(row.attempts > 0, JSON.stringify(row));
      assert.equal(row.attemptsEnded, row.attempts, JSON.stringify(row));
    }
  });
});

async function answerOf(model: vscode.LanguageModelChat, messages: vscode.LanguageModelChatMessage[]) {
  const cancel = new vscode.CancellationTokenSource();
  const response = await model.sendRequest(messages, { tools: [weather] }, cancel.token);
  let text = '';
  const calls: vscode.LanguageModelToolCallPart[] = [];
  for await (const part of response.stream) {
    if (part instanceof vscode.LanguageModelTextPart) text += part.value;
    if (part instanceof vscode.LanguageModelToolCallPart) calls.push(part);
  }
  return { text, calls };
}
