import * as vscode from 'vscode';
import type { Again } from '../vocabulary/request.ts';
import { type HeldTask, heldTasks } from '../vocabulary/task.ts';
import { registerCommand } from './commands.ts';
import { participant } from './contributions.ts';
import type { EditorParts } from './editorParts.ts';
import { answering } from './footer.ts';
import { freshRequest } from './freshRequest.ts';
import { openChat } from './openChat.ts';
import { chooseOtherModel } from './otherModel.ts';
import type { Change, RecentRequest } from './recentRequests.ts';
import { runAskingAboutSecrets } from './secretCommands.ts';
import { type WritingTask, writingTitle } from './writeCommand.ts';
import { showWritten } from './writtenAnswer.ts';

/** *Retry*, *Other Model…*, *Refine…* and *Ask Again*: the same question once more, told what was wrong. */
export function registerAgainCommands(surfaces: EditorParts): vscode.Disposable {
  const { parts, recent, proposals } = surfaces;
  const about = (id: unknown, run: (kept: RecentRequest) => Promise<void>) => {
    const kept = typeof id === 'string' ? recent.get(id) : undefined;
    return kept ? run(kept) : gone();
  };
  return vscode.Disposable.from(
    registerCommand('maia.retry', parts, (id) => about(id, (kept) => retry(kept, surfaces))),
    registerCommand('maia.otherModel', parts, (id) => about(id, (kept) => otherModel(kept, surfaces))),
    registerCommand('maia.refineProposal', parts, (uri) =>
      about(proposals.meant(uri), (kept) => refine(kept, surfaces)),
    ),
    registerCommand('maia.askAgain', parts, (id) => about(id, (kept) => askAgain(kept, {}, surfaces))),
  );
}

async function gone(): Promise<void> {
  await vscode.window.showInformationMessage(
    vscode.l10n.t('This question is no longer kept. Ask it again.'),
    vscode.l10n.t('OK'),
  );
}

/** The same model, told what its check found. */
function retry(kept: RecentRequest, surfaces: EditorParts): Promise<void> {
  const by = kept.outcome && answering(kept.outcome);
  const word = by && by.route !== 'claude' ? { model: by.model.name, said: 'command' as const } : undefined;
  return askAgain(kept, { ...(word ? { word } : {}), ...againOf(kept) }, surfaces);
}

async function otherModel(kept: RecentRequest, surfaces: EditorParts): Promise<void> {
  const by = kept.outcome && answering(kept.outcome);
  const engine = await surfaces.parts.engine();
  const word = await chooseOtherModel(kept.request, by?.model.name, engine);
  if (!word) return;
  if (word.route === 'claude') await engine.feedback(kept.request.id, 'askedClaude').catch(() => undefined);
  await askAgain(kept, { word }, surfaces);
}

async function refine(kept: RecentRequest, surfaces: EditorParts): Promise<void> {
  const wish = await vscode.window.showInputBox({
    title: vscode.l10n.t('Refine Change'),
    prompt: vscode.l10n.t('What should be different?'),
    ignoreFocusOut: true,
  });
  if (wish === undefined || wish.trim() === '') return;
  const by = kept.outcome && answering(kept.outcome);
  const word = by?.route === 'claude' ? { route: 'claude' as const, said: 'command' as const } : undefined;
  await askAgain(kept, { ...(word ? { word } : {}), ...againOf(kept, wish) }, surfaces);
}

function againOf({ outcome }: RecentRequest, wish?: string): Pick<Change, 'again'> {
  if (!outcome || outcome.text.trim() === '') return {};
  const again: Again = {
    answer: outcome.text,
    findings: outcome.verdict?.kind === 'failed' ? outcome.verdict.findings : [],
    ...(wish === undefined ? {} : { wish }),
  };
  return { again };
}

/** Where it was asked: in chat, or by a command; the proposal before gives way to the one that comes. */
async function askAgain(kept: RecentRequest, change: Change, surfaces: EditorParts): Promise<void> {
  const { parts, recent, proposals } = surfaces;
  const task = writingTask(kept);
  if (kept.request.surface === 'chat' || !task) {
    const command = change.word?.route === 'claude' ? 'claude' : 'local';
    recent.askAgain(kept.request.id, change);
    await openChat({ query: `@${participant.name} /${command}` });
    return;
  }
  const request = await freshRequest(kept.request, change, parts);
  const ran = await runAskingAboutSecrets(parts, request, writingTitle(task));
  if (!ran || ran.outcome.end === 'cancelled') return;
  const proposal = ran.outcome.proposal;
  // What changes nothing is not shown, and takes no change's place.
  if (proposal && proposal.before !== proposal.after) await proposals.drop(kept.request.id);
  await showWritten(ran, surfaces);
}

function writingTask({ request, outcome }: RecentRequest): WritingTask | undefined {
  const task = outcome?.decision?.classification.task ?? request.task;
  const isHeld = (heldTasks as readonly string[]).includes(task ?? '');
  return isHeld && task !== 'commit' ? (task as Exclude<HeldTask, 'commit'>) : undefined;
}
