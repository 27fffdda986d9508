import * as vscode from 'vscode';
import { ask } from './ask.ts';

/** What `/why` answers in the chat that is open, as the user can copy it: Markdown with its entities read. */
export async function why(): Promise<string> {
  await ask('/why');
  await vscode.commands.executeCommand('workbench.action.chat.copyAll');
  const all = await vscode.env.clipboard.readText();
  return all
    .slice(all.lastIndexOf('/why'))
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&nbsp;', ' ')
    .replaceAll('\\', '');
}

/** The table's row of one model, as its cells. */
export function rowOf(answer: string, model: string): readonly string[] {
  const line = answer.split('\n').find((one) => one.startsWith('|') && one.includes(model));
  return (
    line
      ?.split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()) ?? []
  );
}
