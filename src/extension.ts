import { createHmac, randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Engine } from './engine/engine.ts';
import { EditorLog } from './platform/vscode/editorLog.ts';
import { EditorSecrets } from './platform/vscode/editorSecrets.ts';
import { keptAnswers } from './platform/vscode/keptRuns.ts';
import { isReadOnly } from './platform/vscode/readOnly.ts';
import { SettingsPolicy } from './platform/vscode/settingsPolicy.ts';
import { registerSurfaces } from './surfaces/surfaces.ts';

let opened: Promise<Engine> | undefined;

/** Builds the parts and registers them; the engine itself is loaded after activation or by the first question. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const practice = process.env.MAIA_PRACTICE === '1';
  const log = new EditorLog();
  const policy = new SettingsPolicy(process.env);
  const keys = new EditorSecrets(context, process.env);
  // The files lie where the extension host runs, whatever scheme the editor names them by.
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist').with({ scheme: 'file' });
  const engine = () => {
    opened ??= import('./editorEngine.ts').then(({ openEditorEngine }) =>
      openEditorEngine({
        dist: new URL(`${dist.toString()}/`),
        policy,
        keys,
        log,
        workspaceState: context.workspaceState,
        practice,
      }),
    );
    return opened;
  };
  context.subscriptions.push(
    log,
    policy,
    keys,
    registerSurfaces({
      engine,
      phrases: async () => (await import('./phrases/phrases.ts')).createPhrases(vscode.l10n.bundle),
      markdownFilter: async () => (await import('./phrases/untrustedMarkdown.ts')).untrustedMarkdown,
      conversationOf: (firstMessage) => keyedHash(context, firstMessage),
      policy: () => policy.current(),
      unreadableSettings: () => policy.unreadable(),
      onDidChangePolicy: (listener) => policy.onDidChange(listener),
      apply: async (proposal, mayMerge) =>
        (await import('./platform/vscode/applyProposal.ts')).applyProposal(proposal, mayMerge),
      hunks: async (before, after) =>
        (await import('./platform/vscode/lineHunks.ts')).lineHunks(before, after),
      isReadOnly,
      repositories: async () => (await import('./platform/vscode/gitRepositories.ts')).gitRepositories,
      forgetTestRuns: () => keptAnswers(context.workspaceState).forget(),
      keys,
      log,
      context,
      practice,
    }),
  );
}

/** Ends streams and workers; the engine itself keeps to two seconds. */
export async function deactivate(): Promise<void> {
  const engine = await opened?.catch(() => undefined);
  opened = undefined;
  await engine?.dispose();
}

/** Knows a conversation again without keeping a word of it; the key never leaves this machine. */
async function keyedHash(context: vscode.ExtensionContext, text: string): Promise<string> {
  const name = 'maia.conversationKey';
  let key = await context.secrets.get(name);
  if (!key) {
    key = randomBytes(32).toString('hex');
    await context.secrets.store(name, key);
  }
  return createHmac('sha256', key).update(text).digest('hex').slice(0, 32);
}
