import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AnthropicServer } from '../servers/anthropic.ts';
import type { OllamaServer } from '../servers/ollama.ts';
import { ask } from './ask.ts';
import { closeEverything, showFile, shownProposal } from './editor.ts';
import { startClaudeHere, startOllamaHere } from './outside.ts';
import { withPressed, withTyped } from './user.ts';

const source = `export function joinWords(words: string[], separator: string): string {
  return words.filter(Boolean).join(separator);
}
`;

async function newChat(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.chat.newChat');
}

/** All text of the messages that a model was sent, as one. */
function told(body: Record<string, unknown> | undefined): string {
  return JSON.stringify(body?.messages ?? '');
}

describe('@maia without any account', () => {
  let ollama: OllamaServer;
  let claude: AnthropicServer;
  before(async () => {
    ollama = await startOllamaHere();
    claude = await startClaudeHere();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  beforeEach(newChat);
  after(async () => {
    await closeEverything();
    await withPressed(['Remove'], () => vscode.commands.executeCommand('maia.removeClaudeKey'));
    await Promise.all([ollama.close(), claude.close()]);
  });

  it('/explain on the function at the cursor is answered by the local model', async () => {
    await showFile('sample/src/joinWords.ts', source, 'return words');
    const answer = await ask('/explain');
    assert.equal(answer.metadata?.answered, true);
    assert.equal(answer.metadata?.decision?.route, 'local');
    const sent = ollama.arrivals.to('/api/chat').at(-1)?.json();
    assert.match(told(sent), /words\.filter\(Boolean\)\.join\(separator\)/);
    assert.equal(sent?.model, answer.metadata?.decision?.model.name);
  });

  it('an open file that nobody spoke of does not go along', async () => {
    await showFile('sample/src/joinWords.ts', source, 'return words');
    await ask('What does SIGTERM do?');
    const sent = ollama.arrivals.to('/api/chat').at(-1)?.json();
    assert.match(told(sent), /SIGTERM/);
    assert.doesNotMatch(told(sent), /joinWords/);
  });

  it('the next turn of a conversation is told of the one before, without footer', async () => {
    const first = await ask('What does SIGHUP do?');
    const second = await ask('And SIGINT?');
    assert.equal(second.metadata?.conversation, first.metadata?.conversation);
    const sent = told(ollama.arrivals.to('/api/chat').at(-1)?.json());
    assert.match(sent, /SIGHUP[\s\S]*SIGINT/);
    assert.doesNotMatch(sent, /maia\.showWhy|on this machine/);
  });

  it('"use Llama 3B to …" pins the model, counted as manual', async () => {
    const answer = await ask('use Llama 3B to say what SIGQUIT does');
    assert.equal(answer.metadata?.decision?.model.name, 'llama3.2:3b');
    assert.equal(answer.metadata?.decision?.manual, true);
  });

  it('/local alone asks the last question again', async () => {
    const first = await ask('What does SIGUSR1 do?');
    const again = await ask('/local');
    assert.notEqual(again.metadata?.requestId, first.metadata?.requestId);
    assert.match(told(ollama.arrivals.to('/api/chat').at(-1)?.json()), /SIGUSR1/);
    assert.equal(again.metadata?.decision?.manual, true);
  });

  it('/why and /savings are answered without asking any model', async () => {
    await ask('What does SIGUSR2 do?');
    const asked = ollama.arrivals.to('/api/chat').length;
    await ask('/why');
    await ask('/savings');
    assert.equal(ollama.arrivals.to('/api/chat').length, asked);
  });

  it('/claude without a key says so and sends nothing', async () => {
    const answer = await ask('/claude What is a monad?');
    assert.notEqual(answer.metadata?.answered, true);
    assert.equal(answer.errorDetails, undefined);
    assert.equal(claude.arrivals.to('/v1/messages').length, 0);
  });

  it('with a key, architecture goes to Claude', async () => {
    await withPressed([], () =>
      withTyped([claude.key], () => vscode.commands.executeCommand('maia.setClaudeKey')),
    );
    const answer = await ask('design a multi-tenant billing architecture');
    assert.equal(answer.metadata?.decision?.route, 'claude');
    assert.match(told(claude.arrivals.to('/v1/messages').at(-1)?.json()), /billing/);
  });

  it('the comment that /doc proposed is applied by its button, shown as a diff first', async () => {
    const { document } = await showFile('sample/src/joinWords.ts', source, 'return words');
    const answer = await ask('/doc');
    assert.equal(document.getText(), source);
    await withPressed([], () =>
      vscode.commands.executeCommand('maia.showProposal', answer.metadata?.requestId),
    );
    const { after } = await shownProposal();
    await vscode.commands.executeCommand('maia.acceptProposal');
    assert.equal(document.getText(), after);
    assert.ok(after.endsWith(source) && after.length > source.length, after);
  });

  it('"Ask Claude instead" puts the same question, with the same code, to Claude', async () => {
    await showFile('sample/src/joinWords.ts', source, 'return words');
    const answer = await ask('/explain');
    assert.equal(answer.metadata?.decision?.route, 'local');
    const nth = claude.arrivals.to('/v1/messages').length + 1;
    await vscode.commands.executeCommand('maia.askClaudeInstead', answer.metadata?.requestId);
    const arrival = await claude.arrivals.waitFor('/v1/messages', nth);
    assert.match(told(arrival.json()), /words\.filter\(Boolean\)\.join\(separator\)/);
    await claude.arrivals.ended(arrival);
  });

  it('an answer that is no longer at hand is said to be so', async () => {
    const { said } = await withPressed([], () =>
      vscode.commands.executeCommand('maia.showProposal', 'no such request'),
    );
    assert.match(said[0] ?? '', /Ask again/);
  });

  it('a guide goes to the local model whole', async () => {
    const answer = await ask('Create Azure AD guide');
    assert.equal(answer.metadata?.decision?.model.name, 'codellama:13b');
    assert.equal(answer.metadata?.answered, true);
  });

  it('when the local server dies in mid-answer the user still gets a whole answer', async () => {
    ollama.hold('token', { afterTokens: 5 });
    const answering = ask('What does SIGCHLD do?');
    await ollama.arrivals.waitFor('/api/chat', ollama.arrivals.to('/api/chat').length + 1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await ollama.crash();
    const answer = await answering;
    assert.equal(answer.metadata?.answered, true);
    assert.match(told(claude.arrivals.to('/v1/messages').at(-1)?.json()), /SIGCHLD/);
    await ollama.restart();
    await vscode.commands.executeCommand('maia.checkAgain');
  });

  it('cancelling closes the connection to the model within 200 ms', async () => {
    ollama.hold('token', { afterTokens: 3 });
    const answering = ask('What does SIGALRM do?');
    const arrival = await ollama.arrivals.waitFor('/api/chat', ollama.arrivals.to('/api/chat').length + 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const cancelled = performance.now();
    await vscode.commands.executeCommand('workbench.action.chat.cancel');
    await ollama.arrivals.ended(arrival);
    assert.ok((arrival.closedAt ?? Number.POSITIVE_INFINITY) - cancelled < 200);
    await answering;
  });
});
