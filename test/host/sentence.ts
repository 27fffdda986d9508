import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './editor.ts';

/** What a command says when it cannot do its work: exactly one warning, in one line, without anything of a stack. */
export async function clearSentence(command: string): Promise<string> {
  return said(() => vscode.commands.executeCommand(command));
}

/** The same for any work. What Maia says of itself meanwhile, such as at a first start, is no warning. */
export async function said(work: () => PromiseLike<unknown>): Promise<string> {
  const window = vscode.window as { showWarningMessage: unknown };
  const original = window.showWarningMessage;
  const messages: string[] = [];
  window.showWarningMessage = async (message: unknown) => void messages.push(String(message));
  try {
    await work();
    await until(() => (messages.length > 0 ? true : undefined), 'a warning is shown');
  } finally {
    window.showWarningMessage = original;
  }
  assert.equal(messages.length, 1, JSON.stringify(messages));
  const [sentence = ''] = messages;
  assert.ok(sentence.length > 20, sentence);
  assert.doesNotMatch(sentence, /\n|\bat (?:file:|async |\/)|\w*Error:|undefined|\[object/);
  assert.match(sentence, /[.!?)]$/);
  return sentence;
}
