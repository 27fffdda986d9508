import * as vscode from 'vscode';
import { answerScheme } from './commandTable.ts';

/** Shows Markdown in VS Code's own preview: for answers where chat is switched off. */
export class AnswerPreview implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor() {
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(answerScheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
      }),
    ];
  }

  /**
   * Opens a preview beside the text editor in front; where none is, in the whole width.
   * @param name stands in the tab
   * @param markdown safe to show: a model's text has passed the filter
   */
  async show(name: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: answerScheme, path: `/${name}.md` });
    this.#texts.set(uri.toString(), markdown);
    this.#changed.fire(uri);
    await vscode.workspace.openTextDocument(uri);
    const beside = vscode.window.activeTextEditor !== undefined;
    await vscode.commands.executeCommand(beside ? 'markdown.showPreviewToSide' : 'markdown.showPreview', uri);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
