import type { RunCommand } from '../vocabulary/ports.ts';

/** What the developer said for good of running tests in one workspace folder. */
export type KeptConsent = 'allowed' | 'never';

export interface ConsentParts {
  /** The user's setting. */
  readonly on: () => boolean;
  readonly trusted: () => boolean;
  readonly kept: (folder: string) => KeptConsent | undefined;
  readonly keep: (folder: string, answer: KeptConsent) => Promise<void>;
  /** Undefined where the question was put away without an answer. */
  readonly ask: (command: Pick<RunCommand, 'argv' | 'folder'>) => Promise<KeptConsent | undefined>;
  /** The longest wait for an answer, ms; the question itself stays, and its later answer counts for the next time. */
  readonly waitMs: number;
}

/** Asks once for a workspace folder whether its tests may be run. */
export class RunConsent {
  readonly #parts: ConsentParts;
  readonly #open = new Map<string, Promise<KeptConsent | undefined>>();

  constructor(parts: ConsentParts) {
    this.#parts = parts;
  }

  /** False without a question where the setting is off or the workspace is not trusted. Never throws for an abort. */
  async allow(command: Pick<RunCommand, 'argv' | 'folder'>, signal: AbortSignal): Promise<boolean> {
    const { on, trusted, kept } = this.#parts;
    if (!on() || !trusted() || signal.aborted) return false;
    const said = kept(command.folder);
    if (said !== undefined) return said === 'allowed';
    const answer = await this.#atMost(this.#asked(command), signal);
    return answer === 'allowed' && on() && trusted();
  }

  /** One question at a time for a folder, however many ask. */
  #asked(command: Pick<RunCommand, 'argv' | 'folder'>): Promise<KeptConsent | undefined> {
    const { folder } = command;
    const open = this.#open.get(folder);
    if (open) return open;
    const asked = this.#ask(command).finally(() => this.#open.delete(folder));
    this.#open.set(folder, asked);
    return asked;
  }

  async #ask(command: Pick<RunCommand, 'argv' | 'folder'>): Promise<KeptConsent | undefined> {
    const answer = await this.#parts.ask(command);
    if (answer !== undefined) await this.#parts.keep(command.folder, answer);
    return answer;
  }

  #atMost(asked: Promise<KeptConsent | undefined>, signal: AbortSignal): Promise<KeptConsent | undefined> {
    return new Promise((resolve, reject) => {
      const end = (answer?: KeptConsent) => {
        clearTimeout(late);
        signal.removeEventListener('abort', stop);
        resolve(answer);
      };
      const stop = () => end();
      const late = setTimeout(stop, this.#parts.waitMs);
      signal.addEventListener('abort', stop, { once: true });
      asked.then(end, reject);
    });
  }
}

/** A command line as a person would type it, in one line and not too long; only for reading. */
export function commandLine(argv: readonly string[], limit = 160): string {
  const line = argv
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ')
    // No line ends or controls, and nothing that the editor's notices take for a link.
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    .replaceAll('](', '] (');
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
