import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AnthropicServer } from '../servers/anthropic.ts';
import type { OllamaServer } from '../servers/ollama.ts';
import { startClaudeHere, startOllamaHere } from './outside.ts';
import { withPressed, withTyped } from './user.ts';

const weather: vscode.LanguageModelChatTool = {
  name: 'get_weather',
  description: 'The weather in a city',
  inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

async function maiaAuto(): Promise<vscode.LanguageModelChat> {
  const [model] = await vscode.lm.selectChatModels({ vendor: 'maia' });
  assert.ok(model, 'Maia Auto is not offered');
  return model;
}

async function answerTo(
  messages: vscode.LanguageModelChatMessage[],
  options: vscode.LanguageModelChatRequestOptions = {},
): Promise<{ readonly text: string; readonly calls: readonly vscode.LanguageModelToolCallPart[] }> {
  const model = await maiaAuto();
  const token = new vscode.CancellationTokenSource().token;
  const response = await model.sendRequest(messages, options, token);
  let text = '';
  const calls: vscode.LanguageModelToolCallPart[] = [];
  for await (const part of response.stream) {
    if (part instanceof vscode.LanguageModelTextPart) text += part.value;
    else if (part instanceof vscode.LanguageModelToolCallPart) calls.push(part);
  }
  return { text, calls };
}

const user = (text: string) => vscode.LanguageModelChatMessage.User(text);

describe('Maia Auto', () => {
  let ollama: OllamaServer;
  let claude: AnthropicServer;
  before(async () => {
    // Models that never prove their tools: what is asked with tools stays with Claude, however long a test takes.
    ollama = await startOllamaHere({ defaults: { quality: 'callAsText' } });
    claude = await startClaudeHere();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  after(async () => {
    await withPressed(['Remove'], () => vscode.commands.executeCommand('maia.removeClaudeKey'));
    await Promise.all([ollama.close(), claude.close()]);
  });

  it('is offered with tools, so that agent mode has it', async () => {
    const model = await maiaAuto();
    assert.equal(model.id, 'auto');
    assert.equal(model.name, 'Maia Auto');
  });

  it('answers plain text from the local model', async () => {
    const { text } = await answerTo([user('What does SIGTERM do?')]);
    assert.ok(text.length > 0);
    assert.match(JSON.stringify(ollama.arrivals.to('/api/chat').at(-1)?.json()), /SIGTERM/);
  });

  it('counts tokens without asking anybody', async () => {
    const asked = ollama.requests.length;
    assert.equal(await (await maiaAuto()).countTokens('12345678'), 2);
    assert.equal(ollama.requests.length, asked);
  });

  it('with tools and neither key nor proven model it says so in one sentence', async () => {
    await assert.rejects(
      answerTo([user('What is the weather in Rome?')], { tools: [weather] }),
      (error: Error) => error.message.length > 20 && !error.message.includes('\n    at '),
    );
    assert.equal(claude.arrivals.to('/v1/messages').length, 0);
  });

  it('the first turn that would cost money asks once, with an estimate, and sends nothing after a no', async () => {
    await withPressed([], () =>
      withTyped([claude.key], () => vscode.commands.executeCommand('maia.setClaudeKey')),
    );
    const { said } = await withPressed(['Not Now'], () =>
      assert.rejects(answerTo([user('What is the weather in Rome?')], { tools: [weather] })),
    );
    assert.match(said[0] ?? '', /\$0\.0/);
    assert.equal(claude.arrivals.to('/v1/messages').length, 0);
  });

  it('a tool call and its result go through, and the yes is remembered', async () => {
    const question = user('What is the weather in Rome?');
    const first = await withPressed(['Go On'], () => answerTo([question], { tools: [weather] }));
    assert.equal(first.said.length, 1);
    const [call] = first.value.calls;
    assert.ok(call, 'no tool was called');
    assert.equal(call.name, 'get_weather');
    const second = await withPressed([], () =>
      answerTo(
        [
          question,
          vscode.LanguageModelChatMessage.Assistant([call]),
          vscode.LanguageModelChatMessage.User([
            new vscode.LanguageModelToolResultPart(call.callId, [
              new vscode.LanguageModelTextPart('31 degrees and sunny'),
            ]),
          ]),
        ],
        { tools: [weather] },
      ),
    );
    assert.deepEqual(second.said, []);
    assert.match(second.value.text, /31 degrees/);
  });

  it('cancelling a token closes the connection', async () => {
    ollama.hold('token', { afterTokens: 2 });
    const nth = ollama.arrivals.to('/api/chat').length + 1;
    const source = new vscode.CancellationTokenSource();
    const model = await maiaAuto();
    const response = await model.sendRequest([user('What does SIGHUP do?')], {}, source.token);
    const reading = (async () => {
      for await (const _ of response.stream) void _;
    })().catch(() => undefined);
    const arrival = await ollama.arrivals.waitFor('/api/chat', nth);
    source.cancel();
    await ollama.arrivals.ended(arrival);
    assert.ok(arrival.closedAt !== undefined);
    await reading;
  });
});
