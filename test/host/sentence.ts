import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './editor.ts';
import { withPressed } from './user.ts';

/** What a command says when it cannot do its work: exactly one message, in one line, without anything of a stack. */
export async function clearSentence(command: string): Promise<string> {
  return said(() => vscode.commands.executeCommand(command));
}

/** The same for any work. */
export async function said(work: () => PromiseLike<unknown>): Promise<string> {
  const messages: string[] = [];
  await withPressed(
    [],
    async () => {
      await work();
      await until(() => (messages.length > 0 ? true : undefined), 'a message is shown');
    },
    messages,
  );
  assert.equal(messages.length, 1, JSON.stringify(messages));
  const [sentence = ''] = messages;
  assert.ok(sentence.length > 20, sentence);
  assert.doesNotMatch(sentence, /\n|\bat (?:file:|async |\/)|\w*Error:|undefined|\[object/);
  assert.match(sentence, /[.!?]$/);
  return sentence;
}
