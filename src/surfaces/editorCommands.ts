import * as vscode from 'vscode';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Task } from '../vocabulary/task.ts';
import type { AnswerPreview } from './answerPreview.ts';
import { registerCommand, showFailure } from './commands.ts';
import type { CommandId } from './commandTable.ts';
import { participant } from './contributions.ts';
import { activeTarget, nameOf } from './editorTarget.ts';
import { commandRequest } from './heldRequest.ts';
import { openChat } from './openChat.ts';
import { askedAs } from './pastTurns.ts';
import type { Proposals } from './proposals.ts';
import type { RecentRequests } from './recentRequests.ts';
import { Reply } from './reply.ts';
import { runAskingAboutSecrets } from './secretCommands.ts';
import type { SurfaceParts } from './surfaceParts.ts';

interface EditorParts {
  readonly parts: SurfaceParts;
  readonly recent: RecentRequests;
  readonly proposals: Proposals;
  readonly preview: AnswerPreview;
}

/** Explain, Document Function, Generate Tests and Ask: none of them needs chat to be there. */
export function registerEditorCommands(surfaces: EditorParts): vscode.Disposable {
  const { parts } = surfaces;
  return vscode.Disposable.from(
    registerCommand('maia.ask', parts, () => ask(parts)),
    registerCommand('maia.explain', parts, () => explain(surfaces)),
    registerCommand('maia.document', parts, () => write('document', surfaces)),
    registerCommand('maia.generateTests', parts, () => write('tests', surfaces)),
    vscode.languages.registerCodeActionsProvider({ scheme: '*' }, lightbulb, {
      providedCodeActionKinds: [actionKind],
    }),
  );
}

const actionKind = vscode.CodeActionKind.RefactorRewrite.append('maia');

/** Offered where there is code under the cursor; the work begins only when one is chosen. */
const lightbulb: vscode.CodeActionProvider = {
  provideCodeActions(document, range) {
    const { scheme } = document.uri;
    if (scheme !== 'file' && scheme !== 'untitled') return [];
    if (range.isEmpty && document.lineAt(range.start.line).isEmptyOrWhitespace) return [];
    const action = (title: string, command: CommandId): vscode.CodeAction => {
      const made = new vscode.CodeAction(title, actionKind);
      made.command = { command, title };
      return made;
    };
    return [
      action(vscode.l10n.t('Explain with Maia'), 'maia.explain'),
      action(vscode.l10n.t('Document Function with Maia'), 'maia.document'),
      action(vscode.l10n.t('Generate Tests with Maia'), 'maia.generateTests'),
    ];
  },
};

async function ask(parts: SurfaceParts): Promise<void> {
  if (await openChat({ query: `@${participant.name} `, onlyFill: true })) return;
  const asked = vscode.l10n.t(
    'Chat is switched off in this editor. Explain and the other commands work without it.',
  );
  const settings = vscode.l10n.t('Open Setting');
  parts.log.info('Ask: chat is switched off');
  if ((await vscode.window.showInformationMessage(asked, settings)) === settings)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'chat.disableAIFeatures');
}

async function explain(surfaces: EditorParts): Promise<void> {
  const target = await activeTarget('explain');
  if (!target.ok) {
    showFailure(surfaces.parts, target.failure);
    return;
  }
  const editor = vscode.window.activeTextEditor;
  const attach =
    editor && !editor.selection.isEmpty
      ? { uri: editor.document.uri, range: new vscode.Range(editor.selection.start, editor.selection.end) }
      : undefined;
  if (await openChat({ query: `@${participant.name} /explain`, attach })) return;
  await explainInPreview(surfaces);
}

async function explainInPreview({ parts, preview, recent }: EditorParts): Promise<void> {
  const target = await activeTarget('explain');
  if (!target.ok) {
    showFailure(parts, target.failure);
    return;
  }
  const asked = commandRequest('explain', target.value, askedAs('explain', ''));
  const ran = await runAskingAboutSecrets(parts, asked, vscode.l10n.t('Explaining'));
  if (!ran || ran.outcome.end === 'cancelled') return;
  const { request, outcome } = ran;
  recent.keep(request, outcome);
  if (outcome.end === 'failed') {
    if (outcome.failure) showFailure(parts, outcome.failure);
    return;
  }
  await preview.show(vscode.l10n.t('Maia explains'), await answerMarkdown(outcome, parts));
}

/** An answer as a preview shows it: the model's text made harmless, with Maia's own lines under it. */
async function answerMarkdown(outcome: Outcome, parts: SurfaceParts): Promise<string> {
  let markdown = '';
  const add = (text: string) => {
    markdown += text;
  };
  const reply = new Reply(
    { progress: () => undefined, markdown: add, own: add },
    {
      phrases: await parts.phrases(),
      newFilter: await parts.markdownFilter(),
      footer: parts.policy().footer,
      practice: parts.practice,
      // A preview runs no commands: a link would be dead.
      links: false,
    },
  );
  reply.take({ type: 'finished', outcome });
  return markdown;
}

async function write(
  task: Extract<Task, 'document' | 'tests'>,
  { parts, recent, proposals, preview }: EditorParts,
): Promise<void> {
  const target = await activeTarget(task);
  if (!target.ok) {
    showFailure(parts, target.failure);
    return;
  }
  const uri = vscode.Uri.parse(target.value.uri, true);
  if (task === 'document' && (await parts.isReadOnly(uri))) {
    showFailure(parts, { code: 'readOnlyFile', params: { name: nameOf(uri) } });
    return;
  }
  const title = task === 'tests' ? vscode.l10n.t('Writing tests') : vscode.l10n.t('Writing the comment');
  const asked = commandRequest(task, target.value, askedAs(task === 'tests' ? 'tests' : 'doc', ''));
  const ran = await runAskingAboutSecrets(parts, asked, title);
  if (!ran || ran.outcome.end === 'cancelled') return;
  const { request, outcome } = ran;
  recent.keep(request, outcome);
  if (outcome.proposal) return proposals.show(request.id, outcome.proposal);
  // What has no place in a file (a language without grammar, a file too large) is an answer to read.
  if (!outcome.failure && outcome.text.trim() !== '')
    return preview.show(vscode.l10n.t('Maia, not applied'), await answerMarkdown(outcome, parts));
  const failure: Failure = outcome.failure ?? {
    code: 'emptyAnswer',
    params: { model: outcome.decision?.model.name ?? '' },
  };
  if (outcome.text.trim() === '') showFailure(parts, failure);
  else
    showFailure(parts, failure, {
      verdict: outcome.verdict,
      title: vscode.l10n.t('Show Answer'),
      run: async () => preview.show(vscode.l10n.t('Maia, not applied'), await answerMarkdown(outcome, parts)),
    });
}
