import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { plainText } from '../phrases/plainText.ts';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Repository } from '../vocabulary/repository.ts';
import type { Request } from '../vocabulary/request.ts';
import { offerClaude } from './askClaudeNow.ts';
import { registerCommand, showFailure } from './commands.ts';
import { commitRequest, openRepositories } from './commitRequest.ts';
import { commitText } from './commitText.ts';
import { contextKeys } from './contributions.ts';
import { failureSentence } from './failureSentence.ts';
import { HeldProgress } from './heldProgress.ts';
import { said } from './practice.ts';
import type { RecentRequests } from './recentRequests.ts';
import { chosenAgain, mayChoose } from './secretCommands.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

const everySecond = 1_000;

/** The button in the Source Control view that writes the message, the one that stops it, and the one under a chat's answer. */
export function registerCommitCommands(parts: SurfaceParts, recent: RecentRequests): vscode.Disposable {
  const writer = new CommitWriter(parts, recent);
  return vscode.Disposable.from(
    registerCommand('maia.commitMessage', parts, (clicked) => writer.write(clicked)),
    registerCommand('maia.stopCommitMessage', parts, async () => writer.stop()),
    registerCommand('maia.useCommitMessage', parts, (id) => writer.use(id)),
    { dispose: () => writer.stop() },
  );
}

class CommitWriter {
  readonly #parts: SurfaceParts;
  readonly #recent: RecentRequests;
  #running: AbortController | undefined;

  constructor(parts: SurfaceParts, recent: RecentRequests) {
    this.#parts = parts;
    this.#recent = recent;
  }

  stop(): void {
    this.#running?.abort();
  }

  /** @param clicked the source control whose title was clicked, as VS Code hands it over */
  async write(clicked: unknown): Promise<void> {
    if (this.#running) return;
    const running = new AbortController();
    this.#running = running;
    await vscode.commands.executeCommand('setContext', contextKeys.writingCommit, true);
    try {
      await this.#write(clicked, running.signal);
    } catch (error) {
      if (!running.signal.aborted) throw error;
    } finally {
      this.#running = undefined;
      await vscode.commands.executeCommand('setContext', contextKeys.writingCommit, false);
    }
  }

  async #write(clicked: unknown, signal: AbortSignal): Promise<void> {
    const repository = await this.#repository(clicked, signal);
    if (!repository) return;
    const change = await repository.change(signal);
    if (!change.ok) {
      showFailure(this.#parts, change.failure);
      return;
    }
    const before = repository.box?.value ?? '';
    let request: Request | undefined = commitRequest(repository, change.value, before);
    while (request) {
      const ran: Ran | undefined = await this.#ask(request, signal);
      if (!ran || signal.aborted) return;
      request = await this.#take(ran, repository, before);
    }
  }

  /** Puts a message that chat shows into the box of the repository at hand. */
  async use(id: unknown): Promise<void> {
    const outcome = typeof id === 'string' ? this.#recent.get(id)?.outcome : undefined;
    const request = typeof id === 'string' ? this.#recent.get(id)?.request : undefined;
    if (!outcome || !request) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This message is no longer kept. Ask for it again.'),
      );
      return;
    }
    const signal = new AbortController().signal;
    const repository = await this.#repository(
      request.folder === undefined ? undefined : { rootUri: vscode.Uri.file(request.folder) },
      signal,
    );
    if (repository) await this.#fill(commitText(outcome), request.id, repository);
  }

  /** The repository whose title was clicked; else that of the file at hand, asked for where several are open. */
  async #repository(clicked: unknown, signal: AbortSignal): Promise<Repository | undefined> {
    const found = await openRepositories(this.#parts, signal);
    if (!found.ok) {
      showFailure(this.#parts, found.failure);
      return undefined;
    }
    const all = found.value;
    const root = rootOf(clicked);
    const meant = all.find((one) => one.root === root);
    if (meant || all.length === 1) return meant ?? all[0];
    const picked = await vscode.window.showQuickPick(
      all.map((repository) => ({
        label: basename(repository.root),
        description: repository.root,
        repository,
      })),
      { title: vscode.l10n.t('Write Commit Message'), placeHolder: vscode.l10n.t('For which repository?') },
    );
    return picked?.repository;
  }

  /** Asks, with progress in the Source Control view; secrets that the change holds are asked about. */
  async #ask(request: Request, signal: AbortSignal): Promise<Ran | undefined> {
    const outcome = await this.#run(request, signal);
    if (!outcome) return undefined;
    if (!mayChoose(outcome, this.#parts)) return { request, outcome };
    const again = await chosenAgain(request, outcome, this.#parts);
    const second = again && (await this.#run(again, signal));
    return again && second && { request: again, outcome: second };
  }

  async #run(request: Request, signal: AbortSignal): Promise<Outcome | undefined> {
    const engine = await this.#parts.engine();
    const title = said(vscode.l10n.t('Writing the commit message'), this.#parts.practice);
    // The view shows a bar alone: the words stand in the status bar.
    const inView = { location: vscode.ProgressLocation.SourceControl };
    const inBar = { location: vscode.ProgressLocation.Window, title };
    return vscode.window.withProgress(inView, () =>
      vscode.window.withProgress(inBar, async (progress) => {
        const held = new HeldProgress(performance.now());
        let offer: { dispose(): void } | undefined;
        const show = () => {
          const now = performance.now();
          if (held.mayAskClaude(now)) offer ??= offerClaude(request.id);
          progress.report({ message: held.line(now) });
        };
        const ticking = setInterval(show, everySecond);
        try {
          for await (const event of engine.run(request, signal)) {
            if (event.type === 'finished') return event.outcome;
            held.take(event, performance.now());
          }
          return undefined;
        } finally {
          clearInterval(ticking);
          offer?.dispose();
        }
      }),
    );
  }

  /** @returns the request to ask instead, where the developer wants another try */
  async #take(
    { request, outcome }: Ran,
    repository: Repository,
    before: string,
  ): Promise<Request | undefined> {
    this.#recent.keep(request, outcome);
    if (outcome.end === 'cancelled') return undefined;
    const message = commitText(outcome);
    if (outcome.end !== 'answered' || message === '') {
      if (outcome.failure) showFailure(this.#parts, outcome.failure);
      return undefined;
    }
    if (outcome.failure) {
      const wanted = await this.#asked(outcome.failure, outcome, message);
      if (wanted === 'retry') return retried(request, outcome);
      if (wanted === 'nothing') {
        await this.#feedback(request.id, 'rejected');
        return undefined;
      }
    }
    if (repository.box && repository.box.value !== before && !(await this.#replaceTyped())) return undefined;
    await this.#fill(message, request.id, repository, outcome.failure !== undefined);
    return undefined;
  }

  /** A message whose check failed stands under its finding, and goes into the box by the developer's word alone. */
  async #asked(
    failure: Failure,
    { verdict }: Outcome,
    message: string,
  ): Promise<'use' | 'retry' | 'nothing'> {
    const use = vscode.l10n.t('Use Anyway');
    const retry = vscode.l10n.t('Retry');
    const sentence = said(
      failureSentence(failure, await this.#parts.phrases(), verdict),
      this.#parts.practice,
    );
    const shown = `${sentence} ${vscode.l10n.t('The message: {0}', plainText(message, 600))}`;
    const chosen = await vscode.window.showWarningMessage(shown, ...buttonsFor(shown, [use, retry]));
    if (chosen === use) return 'use';
    return chosen === retry ? 'retry' : 'nothing';
  }

  async #replaceTyped(): Promise<boolean> {
    const replace = vscode.l10n.t('Replace');
    const asked = vscode.l10n.t('You wrote in the message box meanwhile. Replace your text?');
    return (await vscode.window.showInformationMessage(asked, replace)) === replace;
  }

  async #fill(message: string, requestId: string, { box }: Repository, byWord = true): Promise<void> {
    if (!box) {
      await vscode.env.clipboard.writeText(message);
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This editor shows no message box. The message is in the clipboard.'),
      );
      return;
    }
    const before = box.value;
    box.value = message;
    if (byWord) await this.#feedback(requestId, 'applied');
    if (before.trim() === '' || before === message) return;
    void (async () => {
      const back = vscode.l10n.t('Undo');
      const sentence = vscode.l10n.t('The text in the message box was replaced.');
      if ((await vscode.window.showInformationMessage(sentence, back)) !== back) return;
      box.value = before;
      await this.#feedback(requestId, 'undone');
    })();
  }

  async #feedback(requestId: string, feedback: 'applied' | 'rejected' | 'undone'): Promise<void> {
    const engine = await this.#parts.engine();
    await engine.feedback(requestId, feedback).catch(() => undefined);
  }
}

/** The same once more, told what its check found. */
function retried(request: Request, { text, verdict }: Outcome): Request {
  const findings = verdict?.kind === 'failed' ? verdict.findings : [];
  return { ...request, id: randomUUID(), again: { answer: text, findings } };
}

interface Ran {
  readonly request: Request;
  readonly outcome: Outcome;
}

/** `scm/title` hands over the source control, `scm/sourceControl` too; a palette's call nothing. */
function rootOf(clicked: unknown): string | undefined {
  if (typeof clicked !== 'object' || clicked === null || !('rootUri' in clicked)) return undefined;
  return clicked.rootUri instanceof vscode.Uri ? clicked.rootUri.fsPath : undefined;
}
