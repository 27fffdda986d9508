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
    const said = whatIsSaid();
    return policyOf((name) => ({ user: said(name).user }), {});
  }

  unreadable(): readonly SettingName[] {
    return unreadableSettings(whatIsSaid());
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return this.#changed.event(listener);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #read(): Policy {
    const policy = policyOf(whatIsSaid(), this.#environment);
    const { MAIA_PRACTICE, MAIA_PRACTICE_CLAUDE_URL } = this.#environment;
    if (MAIA_PRACTICE !== '1' || !MAIA_PRACTICE_CLAUDE_URL) return policy;
    return { ...policy, claude: { ...policy.claude, baseUrl: MAIA_PRACTICE_CLAUDE_URL } };
  }
}

/**
 * What user, workspace and every folder have said of each setting, as it stands now. The configurations are asked for
 * once: VS Code builds the whole of one at every call, and this runs while it starts.
 */
function whatIsSaid(): (name: SettingName) => SetValues {
  const all = vscode.workspace.getConfiguration();
  const ofFolders = (vscode.workspace.workspaceFolders ?? []).map((folder) =>
    vscode.workspace.getConfiguration(undefined, folder.uri),
  );
  return (name) => {
    const said = all.inspect(name);
    return {
      user: said?.globalValue,
      workspace: [
        said?.workspaceValue,
        ...ofFolders.map((folder) => folder.inspect(name)?.workspaceFolderValue),
      ],
    };
  };
}
