import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Policy } from '../../vocabulary/policy.ts';
import type { Runner } from '../../vocabulary/ports.ts';
import { commandLine, type KeptConsent, RunConsent } from '../runConsent.ts';
import { keptAnswers } from './keptRuns.ts';

/** The longest that an answer to the question is waited for, ms: the answer that is checked is held meanwhile. */
const longestQuestion = 60_000;

export interface EditorRunnerParts {
  readonly policy: () => Policy;
  /** Of the workspace. */
  readonly state: vscode.Memento;
  /** Loaded with the first run. */
  readonly sandbox: () => Promise<{
    readonly runner: Pick<Runner, 'run'>;
    readonly stands: () => Promise<boolean>;
  }>;
}

/** Runs tests where the user's setting, the workspace's trust and the developer's own word allow it. */
export function editorRunner({ policy, state, sandbox }: EditorRunnerParts): Runner {
  const answers = keptAnswers(state);
  const on = () => policy().verify.runTests;
  const trusted = () => vscode.workspace.isTrusted;
  const consent = new RunConsent({
    on,
    trusted,
    kept: (folder) => answers.get(folder),
    keep: (folder, answer) => answers.keep(folder, answer),
    ask: async (command) => ask(command, await (await sandbox()).stands()),
    waitMs: longestQuestion,
  });
  return {
    allow: (command, signal) => consent.allow(command, signal),
    async run(command, limits, seen, signal) {
      if (!trusted()) return { ran: false, why: 'untrusted' };
      if (!on()) return { ran: false, why: 'off' };
      // Who has read the test and asks for its run has answered the question.
      const kept = seen ? 'allowed' : answers.get(command.folder);
      if (kept !== 'allowed') return { ran: false, why: kept === 'never' ? 'declined' : 'notAsked' };
      const { runner } = await sandbox();
      return runner.run(command, limits, seen, signal);
    },
  };
}

async function ask(
  { argv, folder }: Parameters<Runner['allow']>[0],
  sandboxed: boolean,
): Promise<KeptConsent | undefined> {
  const line = commandLine(argv);
  const where = commandLine([basename(folder)], 40);
  const sentence = sandboxed
    ? vscode.l10n.t(
        'May Maia run generated tests in {1} to check them? In a sandbox: no network, and nothing they write stays. The command: {0}',
        line,
        where,
      )
    : vscode.l10n.t(
        'May Maia run generated tests in {1}? No sandbox was found here: only those that you have read are run, with your own rights. The command: {0}',
        line,
        where,
      );
  const run = vscode.l10n.t('Run Tests');
  const never = vscode.l10n.t('Never in This Workspace');
  const chosen = await vscode.window.showInformationMessage(sentence, run, never);
  if (chosen === run) return 'allowed';
  return chosen === never ? 'never' : undefined;
}
