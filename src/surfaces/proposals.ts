import * as vscode from 'vscode';
import { briefFindings } from '../phrases/briefFindings.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Meanwhile, Proposal } from '../vocabulary/proposal.ts';
import { watchAccepted } from './acceptedProblems.ts';
import { answerButtons, isAgain } from './answerButtons.ts';
import { registerCommand, showFailure } from './commands.ts';
import { type CommandId, proposalScheme } from './commandTable.ts';
import { nameOf } from './editorTarget.ts';
import { fitsInPlace, InPlaceView } from './inPlace.ts';
import { mayAccept } from './mayAccept.ts';
import { passesMerged } from './mergeCheck.ts';
import { said } from './practice.ts';
import type { RecentRequests } from './recentRequests.ts';
import { mayRun, runFindings, runShownTests } from './runShownTests.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

interface Shown {
  readonly requestId: string;
  readonly proposal: Proposal;
  /** When it was shown first, ms. */
  readonly at: number;
}

const keptProposals = 50;

/** What came between the answer and Accept: the same question can be asked of the file as it is now. */
const meanwhile: ReadonlySet<Failure['code']> = new Set([
  'fileChanged',
  'sameLinesChanged',
  'mergeUnchecked',
]);

/** Shows proposals over their files and as diffs, to be accepted or rejected: nothing else of Maia changes a file. */
export class Proposals implements vscode.Disposable {
  readonly #parts: SurfaceParts;
  readonly #shown = new Map<string, Shown>();
  /** Requests whose notification still asks. */
  readonly #notified = new Set<string>();
  readonly #view = new InPlaceView();
  readonly #applying = new Set<string>();
  readonly #recent: RecentRequests;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(parts: SurfaceParts, recent: RecentRequests) {
    this.#parts = parts;
    this.#recent = recent;
    this.#subscriptions = [
      this.#view,
      vscode.workspace.registerTextDocumentContentProvider(proposalScheme, {
        provideTextDocumentContent: (uri) =>
          sideOf(uri) === 'empty' ? '' : (this.#shown.get(keyOf(uri))?.proposal.after ?? ''),
      }),
      registerCommand('maia.acceptProposal', parts, async (uri) => this.accept(this.meant(uri))),
      registerCommand('maia.openProposalDiff', parts, async (uri) => {
        const requestId = this.meant(uri);
        if (requestId !== undefined) await this.#openDiff(requestId);
      }),
      registerCommand('maia.rejectProposal', parts, async (uri) => this.reject(this.meant(uri))),
      registerCommand('maia.runGeneratedTests', parts, async (uri) => this.runTests(this.meant(uri))),
      registerCommand('maia.showProposal', parts, async (requestId) => {
        const proposal = typeof requestId === 'string' ? recent.get(requestId)?.outcome?.proposal : undefined;
        if (proposal && typeof requestId === 'string') await this.show(requestId, proposal);
        else {
          const sentence = vscode.l10n.t('That change is no longer at hand. Ask again to get a new one.');
          vscode.window.showInformationMessage(sentence, ...buttonsFor(sentence));
        }
      }),
    ];
  }

  /** Shows the change, in its file or in a diff, and offers Accept and Reject; does not wait for either. */
  async show(requestId: string, proposal: Proposal): Promise<void> {
    if (proposal.before === proposal.after) {
      void this.#nothing(requestId, proposal);
      return;
    }
    this.#keep({ requestId, proposal, at: performance.now() });
    const overFile = await this.#overFile(requestId, proposal).catch(() => false);
    if (!overFile) await this.#openDiff(requestId);
    this.#offer(requestId, nameOf(vscode.Uri.parse(proposal.uri, true)), proposal);
  }

  /** An answer that says again what stands there: there is nothing to accept. */
  async #nothing(requestId: string, { uri }: Proposal): Promise<void> {
    const name = nameOf(vscode.Uri.parse(uri, true));
    const sentence = vscode.l10n.t('The answer changes nothing in {0}. Another model may do better.', name);
    const other = vscode.l10n.t('Other Model…');
    const chosen = await vscode.window.showInformationMessage(said(sentence, this.#parts.practice), other);
    if (chosen === other)
      await vscode.commands.executeCommand('maia.otherModel' satisfies CommandId, requestId);
  }

  /** The change over its own document, where it is small enough; true where that is the first that is seen of it. */
  async #overFile(requestId: string, proposal: Proposal): Promise<boolean> {
    if (proposal.before === undefined) return false;
    const uri = vscode.Uri.parse(proposal.uri, true);
    const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    const after = proposal.after.replaceAll('\r\n', '\n');
    if (!document || document.getText() !== proposal.before) return false;
    const hunks = await this.#parts.hunks(proposal.before.replaceAll('\r\n', '\n'), after);
    if (!fitsInPlace(hunks, uri, document.languageId)) return false;
    const phrases = await this.#parts.phrases();
    const checked =
      proposal.verdict.kind === 'passed'
        ? briefFindings(proposal.verdict.findings)
        : phrases.verdict(proposal.verdict);
    const { languageId } = document;
    const acceptable = mayAccept(proposal);
    this.#view.show({ requestId, uri, hunks, after: after.split('\n'), checked, acceptable, languageId });
    if (this.#parts.policy().proposals !== 'inPlace') return false;
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const first = Math.min(hunks[0]?.before.first ?? 0, document.lineCount - 1);
    const place = new vscode.Range(first, 0, first, 0);
    editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return true;
  }

  async #openDiff(requestId: string): Promise<void> {
    const proposal = this.#shown.get(requestId)?.proposal;
    if (!proposal) return;
    const target = vscode.Uri.parse(proposal.uri, true);
    const after = vscode.Uri.from({
      scheme: proposalScheme,
      path: target.path,
      query: new URLSearchParams({ request: requestId, side: 'after' }).toString(),
    });
    const before = proposal.before === undefined ? after.with({ query: 'side=empty' }) : target;
    const title = titleOf(nameOf(target), proposal);
    // A preview tab would take the place of the source's, where that is one.
    await vscode.commands.executeCommand('vscode.diff', before, after, title, { preview: false });
  }

  async accept(requestId: string | undefined): Promise<boolean> {
    const shown = requestId === undefined ? undefined : this.#shown.get(requestId);
    if (!shown) {
      const sentence = vscode.l10n.t('There is no change of Maia here to accept.');
      vscode.window.showInformationMessage(sentence, ...buttonsFor(sentence));
      return false;
    }
    if (!mayAccept(shown.proposal)) {
      const sentence = vscode.l10n.t(
        'This change failed its check, so it is not applied. Copy what you need of it, or ask again.',
      );
      vscode.window.showInformationMessage(sentence, ...buttonsFor(sentence));
      return false;
    }
    // Accepted by a key and in the notification at once: applied once.
    if (this.#applying.has(shown.requestId)) return false;
    this.#applying.add(shown.requestId);
    const watched = watchAccepted(shown, this.#parts);
    try {
      const applied = await this.#parts.apply(shown.proposal, (meanwhile) =>
        this.#mayMerge(shown, meanwhile),
      );
      if (!applied.ok) {
        await this.#refused(shown.requestId, applied.failure);
        return false;
      }
      watched(vscode.Uri.parse(applied.value.uri, true));
      await this.#settle(shown.requestId, 'applied');
      // Closing the diff may have taken the focus: undo is meant for the file.
      if (!shown.proposal.openBeside)
        await vscode.window.showTextDocument(vscode.Uri.parse(applied.value.uri, true), { preview: false });
      return true;
    } finally {
      this.#applying.delete(shown.requestId);
    }
  }

  async #mayMerge({ requestId, proposal }: Shown, meanwhile: Meanwhile): Promise<boolean> {
    const kept = this.#recent.get(requestId);
    return kept !== undefined && passesMerged(proposal, meanwhile, kept, await this.#parts.engine());
  }

  async reject(requestId: string | undefined): Promise<boolean> {
    if (requestId === undefined || !this.#shown.has(requestId)) return false;
    await this.#settle(requestId, 'rejected');
    return true;
  }

  /** Runs the tests that the diff shows, and asks again, with what came of them. */
  async runTests(requestId: string | undefined): Promise<void> {
    const shown = requestId === undefined ? undefined : this.#shown.get(requestId);
    if (!shown) return;
    const verdict = await runShownTests(shown.proposal, this.#recent.get(shown.requestId), this.#parts);
    // Decided meanwhile.
    if (!this.#shown.has(shown.requestId)) return;
    if (!verdict) {
      const sentence = vscode.l10n.t('These tests can no longer be run. Generate them again.');
      vscode.window.showInformationMessage(sentence, ...buttonsFor(sentence));
      return;
    }
    const proposal = verdict === 'stopped' ? shown.proposal : { ...shown.proposal, verdict };
    this.#keep({ ...shown, proposal });
    this.#offer(shown.requestId, nameOf(vscode.Uri.parse(proposal.uri, true)), proposal);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** A closed diff can still be accepted from its notification, so the last ones are kept. */
  #keep(shown: Shown): void {
    this.#shown.delete(shown.requestId);
    this.#shown.set(shown.requestId, shown);
    const oldest = this.#shown.keys().next();
    if (this.#shown.size <= keptProposals || oldest.done) return;
    this.#shown.delete(oldest.value);
    this.#view.hide(oldest.value);
  }

  #offer(requestId: string, name: string, proposal: Proposal): void {
    const accept = vscode.l10n.t('Accept');
    const reject = vscode.l10n.t('Reject');
    const outcome = this.#recent.get(requestId)?.outcome;
    const again = outcome ? answerButtons(outcome, this.#parts.policy()).filter(isAgain) : [];
    const run = vscode.l10n.t('Run Tests');
    const titles = [
      ...(mayAccept(proposal) ? [accept] : []),
      ...(mayRun(proposal) ? [run] : []),
      ...(again.length > 0 ? again.map(({ title }) => title) : [reject]),
    ];
    this.#notified.add(requestId);
    void (async () => {
      const sentence = said(await this.#sentence(name, proposal), this.#parts.practice);
      const chosen = await vscode.window.showInformationMessage(sentence, ...titles);
      this.#notified.delete(requestId);
      if (chosen === accept) await this.accept(requestId);
      else if (chosen === reject) await this.reject(requestId);
      else if (chosen === run)
        await vscode.commands.executeCommand('maia.runGeneratedTests' satisfies CommandId, requestId);
      const once = again.find(({ title }) => title === chosen);
      if (once) await vscode.commands.executeCommand(once.command, requestId);
    })();
  }

  async #sentence(name: string, proposal: Proposal): Promise<string> {
    const phrases = await this.#parts.phrases();
    const { before, verdict } = proposal;
    if (verdict.kind !== 'passed') {
      const found = phrases.verdict(verdict);
      return before === undefined
        ? vscode.l10n.t('Maia would create {0}. {1}', name, found)
        : vscode.l10n.t('Maia would change {0}. {1}', name, found);
    }
    const sentence =
      before === undefined
        ? vscode.l10n.t('Maia would create {0}. Its check passed.', name)
        : vscode.l10n.t('Maia would change {0}. Its check passed.', name);
    return [sentence, ...runFindings(verdict).map(phrases.finding)].join(' ');
  }

  /** The diff is there, so that the developer's text and the proposed one are both kept. */
  async #refused(requestId: string, failure: Failure): Promise<void> {
    // Over its file a change has none open.
    await this.#openDiff(requestId);
    const again = meanwhile.has(failure.code) && this.#recent.get(requestId) !== undefined;
    if (!again) showFailure(this.#parts, failure);
    else
      showFailure(this.#parts, failure, {
        title: vscode.l10n.t('Ask Again'),
        run: async () => {
          await vscode.commands.executeCommand('maia.askAgain' satisfies CommandId, requestId);
        },
      });
  }

  async #settle(requestId: string, feedback: 'applied' | 'rejected'): Promise<void> {
    await this.drop(requestId);
    const engine = await this.#parts.engine();
    await engine.feedback(requestId, feedback).catch(() => undefined);
  }

  /** Closes a proposal that is decided, or that another one takes the place of. */
  async drop(requestId: string): Promise<void> {
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter((tab) => proposedIn(tab) === requestId);
    this.#view.hide(requestId);
    await vscode.window.tabGroups.close(tabs);
    this.#shown.delete(requestId);
    // Decided by key or in the title bar: the notification must not go on asking. VS Code cannot close one by itself.
    if (this.#notified.delete(requestId)) await vscode.commands.executeCommand('notifications.hideToasts');
  }

  /** The proposal that a command from the title bar, the palette or a key means. */
  meant(uri: unknown): string | undefined {
    if (typeof uri === 'string') return uri;
    if (uri instanceof vscode.Uri && uri.scheme === proposalScheme) return keyOf(uri);
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.uri.scheme === proposalScheme) return keyOf(editor.document.uri);
    const active = proposedIn(vscode.window.tabGroups.activeTabGroup.activeTab);
    if (active !== undefined) return active;
    const over = editor && this.#view.at(editor.document.uri)?.requestId;
    if (over !== undefined) return over;
    // A diff that has just been opened may not be told as the active one yet.
    const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(proposedIn)).filter(isThere);
    return open.length === 1 ? open[0] : undefined;
  }
}

/** The request whose proposal a tab shows. */
function proposedIn(tab: vscode.Tab | undefined): string | undefined {
  const input = tab?.input;
  return input instanceof vscode.TabInputTextDiff && input.modified.scheme === proposalScheme
    ? keyOf(input.modified)
    : undefined;
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function keyOf(uri: vscode.Uri): string {
  return new URLSearchParams(uri.query).get('request') ?? '';
}

function sideOf(uri: vscode.Uri): string | null {
  return new URLSearchParams(uri.query).get('side');
}

function titleOf(name: string, proposal: Proposal): string {
  if (proposal.verdict.kind === 'passed') return vscode.l10n.t('{0} (Maia, checked)', name);
  return proposal.verdict.kind === 'failed'
    ? vscode.l10n.t('{0} (Maia, unchecked: its check failed)', name)
    : vscode.l10n.t('{0} (Maia, unchecked)', name);
}
