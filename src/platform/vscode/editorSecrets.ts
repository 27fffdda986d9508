import * as vscode from 'vscode';
import type { Secrets } from '../../engine/ports.ts';

const keyName = 'maia.claudeKey';
const answerName = 'maia.environmentKeyAllowed';

/**
 * Claude's key in VS Code's SecretStorage. One in the environment (`ANTHROPIC_API_KEY`) counts only after the user
 * allowed it; the answer is remembered. In practice mode the practice server's key stands in.
 */
export class EditorSecrets implements Secrets, vscode.Disposable {
  readonly #storage: vscode.SecretStorage;
  readonly #memory: vscode.Memento;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  constructor(
    context: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.#storage = context.secrets;
    this.#memory = context.globalState;
    this.#environment = environment;
    this.#subscription = context.secrets.onDidChange((event) => {
      if (event.key === keyName) this.#changed.fire();
    });
  }

  async claudeKey(): Promise<string | undefined> {
    if (this.#environment.MAIA_PRACTICE === '1') return 'practice';
    const stored = await this.#storage.get(keyName);
    if (stored) return stored;
    return this.#memory.get(answerName) === true ? this.#found() : undefined;
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return this.#changed.event(listener);
  }

  /** A key is in the environment and the user was not asked about it yet. */
  async mustAskAboutEnvironment(): Promise<boolean> {
    if (this.#environment.MAIA_PRACTICE === '1' || !this.#found()) return false;
    return this.#memory.get(answerName) === undefined && !(await this.#storage.get(keyName));
  }

  async allowEnvironment(allowed: boolean): Promise<void> {
    await this.#memory.update(answerName, allowed);
    this.#changed.fire();
  }

  /** Sets or replaces the key. */
  async set(key: string): Promise<void> {
    await this.#storage.store(keyName, key);
  }

  /** Removes the key; one in the environment is not used any more either, until it is allowed again. */
  async remove(): Promise<void> {
    if (this.#found()) await this.#memory.update(answerName, false);
    await this.#storage.delete(keyName);
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #found(): string | undefined {
    return this.#environment.ANTHROPIC_API_KEY?.trim() || undefined;
  }
}
