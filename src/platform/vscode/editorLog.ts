import * as vscode from 'vscode';
import type { Log } from '../../vocabulary/ports.ts';

/** Maia's output channel. The room that writes a line answers for what is in it: never a prompt, an answer or a key. */
export class EditorLog implements Log, vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Maia', { log: true });

  info(line: string): void {
    this.#channel.info(line);
  }

  warn(line: string): void {
    this.#channel.warn(line);
  }

  error(line: string): void {
    this.#channel.error(line);
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
