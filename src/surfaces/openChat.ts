import * as vscode from 'vscode';
import { modelProvider } from './contributions.ts';

export interface ChatQuestion {
  readonly query: string;
  /** Shown to the user before it is sent. */
  readonly onlyFill?: boolean;
  readonly attach?: { readonly uri: vscode.Uri; readonly range?: vscode.Range };
}

/** Whether chat can be opened at all: the user may have switched AI features off, then the command does nothing. */
export function chatIsOn(): boolean {
  return vscode.workspace.getConfiguration('chat').get<boolean>('disableAIFeatures') !== true;
}

/**
 * Opens chat with a question. `workbench.action.chat.open` is not documented: this is the one place that calls it.
 * Resolves to false where chat can't be opened; the caller then shows its answer another way.
 */
export async function openChat(question: ChatQuestion): Promise<boolean> {
  if (!chatIsOn()) return false;
  const { uri, range } = question.attach ?? {};
  try {
    await vscode.commands.executeCommand('workbench.action.chat.open', {
      query: question.query,
      isPartialQuery: question.onlyFill === true,
      mode: 'ask',
      modelSelector: { vendor: modelProvider.vendor, id: modelProvider.modelId },
      ...(uri ? { attachFiles: [range ? { uri, range: oneBased(range) } : uri] } : {}),
    });
    return true;
  } catch {
    return false;
  }
}

function oneBased(range: vscode.Range): Readonly<Record<string, number>> {
  return {
    startLineNumber: range.start.line + 1,
    startColumn: range.start.character + 1,
    endLineNumber: range.end.line + 1,
    endColumn: range.end.character + 1,
  };
}
