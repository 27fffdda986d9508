import * as vscode from 'vscode';
import type { PolicySource } from '../../engine/ports.ts';
import type { Policy } from '../../vocabulary/policy.ts';
import type { SettingName } from '../../vocabulary/settings.ts';
import { policyOf, unreadableSettings } from '../policyOf.ts';
import type { SetValues } from '../settingValue.ts';

/** The policy that VS Code's settings make: the user's, tightened by the workspace, trusted or not. */
export class SettingsPolicy implements PolicySource, vscode.Disposable {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #policy: Policy | undefined;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
    const forget = () => {
      this.#policy = undefined;
      this.#changed.fire();
    };
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('maia')) forget();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
    ];
  }

  current(): Policy {
    this.#policy ??= this.#read();
    return this.#policy;
  }

  /** The settings alone, without what a workspace tightened: for processes that have neither it nor this environment. */
  ofUser(): Policy {
    return policyOf((name) => ({ user: saidOf(name).user }), {});
  }

  unreadable(): readonly SettingName[] {
    return unreadableSettings(saidOf);
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return this.#changed.event(listener);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #read(): Policy {
    const policy = policyOf(saidOf, this.#environment);
    const { MAIA_PRACTICE, MAIA_PRACTICE_CLAUDE_URL } = this.#environment;
    if (MAIA_PRACTICE !== '1' || !MAIA_PRACTICE_CLAUDE_URL) return policy;
    return { ...policy, claude: { ...policy.claude, baseUrl: MAIA_PRACTICE_CLAUDE_URL } };
  }
}

/** What user, workspace and every folder have said of one setting. */
function saidOf(name: SettingName): SetValues {
  const said = vscode.workspace.getConfiguration().inspect(name);
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    user: said?.globalValue,
    workspace: [
      said?.workspaceValue,
      ...folders.map(
        (folder) =>
          vscode.workspace.getConfiguration(undefined, folder.uri).inspect(name)?.workspaceFolderValue,
      ),
    ],
  };
}
