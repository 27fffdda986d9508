import * as vscode from 'vscode';

/** What a chat turn leaves behind. */
export interface Answered {
  readonly metadata?: {
    readonly requestId?: string;
    readonly conversation?: string;
    readonly answered?: boolean;
    readonly decision?: {
      readonly route: string;
      readonly model: { readonly name: string };
      readonly manual: boolean;
      readonly protected: boolean;
    };
  };
  readonly errorDetails?: { readonly message: string };
}

/** One turn of `@maia` in the chat that is open, to its end. */
export async function ask(query: string): Promise<Answered> {
  return (await vscode.commands.executeCommand('workbench.action.chat.open', {
    query: `@maia ${query}`,
    mode: 'ask',
    modelSelector: { vendor: 'maia', id: 'auto' },
    blockOnResponse: true,
  })) as Answered;
}

/** All of the chat that is open, as the user can copy it. */
export async function shownInChat(): Promise<string> {
  await vscode.commands.executeCommand('workbench.action.chat.copyAll');
  return vscode.env.clipboard.readText();
}
