import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AnthropicServer } from '../servers/anthropic.ts';
import type { OllamaServer } from '../servers/ollama.ts';
import { ask } from './ask.ts';
import { closeEverything, showFile } from './editor.ts';
import { startClaudeHere, startOllamaHere } from './outside.ts';
import { withPressed, withTyped } from './user.ts';
import { rowOf, why } from './whyAnswer.ts';

const coder = 'qwen2.5-coder:7b';
const light = 'llama3.2:3b';
/** Nobody else asks it: how fast a model is here is remembered. */
const slow = 'qwen2.5-coder:14b';
const sonnet = 'claude-sonnet-5-5';

const source = `export function startsWithVowel(word: string): boolean {
  return /^[aeiou]/i.test(word);
}
`;

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('maia').update(name, value, vscode.ConfigurationTarget.Global);
}

describe('/why', () => {
  let ollama: OllamaServer;
  let claude: AnthropicServer;
  before(async () => {
    ollama = await startOllamaHere({ models: [coder, light] });
    claude = await startClaudeHere();
    await vscode.commands.executeCommand('maia.checkAgain');
    await withPressed([], () =>
      withTyped([claude.key], () => vscode.commands.executeCommand('maia.setClaudeKey')),
    );
  });
  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
  });
  after(async () => {
    await closeEverything();
    await withPressed(['Remove'], () => vscode.commands.executeCommand('maia.removeClaudeKey'));
    await Promise.all([ollama.close(), claude.close()]);
  });

  /** The model that was sent this word last: Maia tests local models by itself when nobody asks anything. */
  const localFor = (word: string) =>
    ollama.arrivals
      .to('/api/chat')
      .map((arrival) => arrival.json())
      .findLast((body) => JSON.stringify(body.messages).includes(word))?.model;

  it('after a local answer names the model that was asked, how sure it is, and what Claude would have cost', async () => {
    const sent = claude.arrivals.to('/v1/messages').length;
    await ask('What does SIGTERM do?');
    const answer = await why();
    const model = String(localFor('SIGTERM'));
    assert.match(
      answer,
      new RegExp(`\\*\\*${model}\\*\\* was chosen\\. ${model} is good enough for an explanation`),
    );
    assert.match(answer, /It reads like an explanation \(\d+ %/);
    assert.match(answer, /Easy \(difficulty 0\.\d\d of 1\)/);
    assert.match(rowOf(answer, model)[1] ?? '', /^≥ \d+ %; (?:nothing yet|\d+ passed, \d+ failed)$/);
    assert.match(rowOf(answer, model)[2] ?? '', /\d s; \$0$/);
    assert.match(rowOf(answer, sonnet)[2] ?? '', /\$0\.0\d+/);
    assert.match(answer, new RegExp(`It cost nothing; the same answer by ${sonnet} would have cost \\$0\\.`));
    assert.equal(claude.arrivals.to('/v1/messages').length, sent);
  });

  it('after Claude’s answer says why no local model did it, and what it was billed', async () => {
    const bills = claude.bills.length;
    await ask('design a multi-tenant billing architecture');
    const answer = await why();
    assert.equal(claude.bills.length, bills + 1);
    assert.match(
      answer,
      new RegExp(`\\*\\*${sonnet}\\*\\* was chosen\\. No local model is good enough for architecture`),
    );
    const [cost = ''] = /(?<=It cost \$)\d+\.\d+/.exec(answer) ?? [];
    assert.ok(Math.abs(Number(cost) - billed(claude)) <= 0.00005, `${cost} against ${billed(claude)}`);
    assert.match(answer, /On this machine, by \S+, it would have cost nothing/);
  });

  it('after the developer’s word says whose word it was, and whom it ruled out', async () => {
    await ask('use Llama 3B to say what SIGQUIT does');
    const named = await why();
    assert.equal(localFor('SIGQUIT'), light);
    assert.match(named, new RegExp(`\\*\\*${light}\\*\\* was chosen\\. You asked for`));
    assert.match(named, new RegExp(`${coder}[^\\n]* is not the one you asked for`));
    await ask('/claude What does SIGHUP do?');
    const answer = await why();
    assert.match(answer, new RegExp(`\\*\\*${sonnet}\\*\\* was chosen\\. You asked for Claude\\.`));
    assert.match(answer, new RegExp(`- [^\\n]*${coder}[^\\n]*: You asked for Claude\\.`));
    assert.equal(localFor('SIGHUP'), undefined);
  });

  it('after a protected request names the rule, and Claude was sent nothing', async () => {
    const sent = claude.arrivals.to('/v1/messages').length;
    const { editor, document } = await showFile('sample/.env', 'COLOUR=heliotrope\n', 'COLOUR');
    editor.selection = new vscode.Selection(0, 0, document.lineCount, 0);
    await ask('explain this');
    const answer = await why();
    assert.match(
      answer,
      new RegExp(`\\*\\*${localFor('heliotrope')}\\*\\* was chosen\\. A file that matches \\*\\*/\\.env`),
    );
    assert.match(answer, new RegExp(`- [^\\n]*${sonnet}[^\\n]*: A file that matches`));
    await ask('/claude explain this');
    const refused = await why();
    assert.match(refused, /\*\*No model was asked\.\*\* .*A file that matches/);
    assert.equal(claude.arrivals.to('/v1/messages').length, sent);
  });

  it('after a budget ran out names it, and a local model did the work that Claude would have done', async () => {
    const sent = claude.arrivals.to('/v1/messages').length;
    // What is open counts as what the question is about: that is still the protected file.
    await closeEverything();
    await set('budget.day', 0.0001);
    try {
      await ask('design a multi-region replication architecture');
      const answer = await why();
      assert.match(
        answer,
        new RegExp(
          `\\*\\*${localFor('replication')}\\*\\* was chosen\\.[^\\n]*Today's budget of \\$0\\.0001`,
        ),
      );
      assert.match(answer, new RegExp(`- [^\\n]*${sonnet}: Today's budget`));
      assert.equal(claude.arrivals.to('/v1/messages').length, sent);
    } finally {
      await set('budget.day', undefined);
    }
  });

  it('after a wait that would have been too long names it, from this machine’s own speed', async () => {
    for (const name of [coder, light]) ollama.remove(name);
    const speed = 5;
    ollama.install({ name: slow, tokensPerSecond: speed });
    await vscode.commands.executeCommand('maia.checkAgain');
    await ask('/local What does SIGUSR1 do?');
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
    await showFile('sample/src/startsWithVowel.ts', source, 'return');
    const sent = claude.arrivals.to('/v1/messages').length;
    await ask('/tests');
    assert.equal(localFor('startsWithVowel'), undefined);
    assert.ok(claude.arrivals.to('/v1/messages').length > sent);
    const answer = await why();
    const [, seconds] =
      new RegExp(`was chosen\\. With ${slow} you would wait about ([\\d,.]+) s; your limit is 60 s`).exec(
        answer,
      ) ?? [];
    assert.ok(Number(seconds) > 60, answer);
    // Tests of usual length are some hundred tokens: at that speed minutes, not hours.
    assert.ok(Number(seconds) * speed > 300 && Number(seconds) * speed < 3_000, `${seconds} s`);
    assert.match(rowOf(answer, slow)[2] ?? '', /^\d+ s; \$0$/);
  });
});

/** USD of the last bill, by the price of Claude Sonnet 5.5 as of November 2026: 2 and 10 a million tokens. */
function billed({ bills }: AnthropicServer): number {
  const { input, output } = bills.at(-1) ?? assert.fail('nothing was billed');
  const prompt = input.input * 2 + input.write5m * 2.5 + input.write1h * 4 + input.read * 0.1;
  return (prompt + output * 10) / 1e6;
}
