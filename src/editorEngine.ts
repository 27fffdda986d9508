import { assembleEngine } from './engine/assembleEngine.ts';
import type { Engine } from './engine/engine.ts';
import { bundledPrograms } from './engine/programs.ts';
import { maiaHome, makeMaiaHome } from './platform/node/maiaHome.ts';
import { systemNetwork } from './platform/node/networkState.ts';
import { writePolicySnapshot } from './platform/node/policySnapshot.ts';
import { systemClock } from './platform/node/systemClock.ts';
import { editorChecker } from './platform/vscode/editorChecker.ts';
import { EditorFiles } from './platform/vscode/editorFiles.ts';
import type { EditorLog } from './platform/vscode/editorLog.ts';
import type { EditorSecrets } from './platform/vscode/editorSecrets.ts';
import type { SettingsPolicy } from './platform/vscode/settingsPolicy.ts';

export interface EditorGround {
  /** The folder of the bundle, with a slash at its end. */
  readonly dist: URL;
  readonly policy: SettingsPolicy;
  readonly keys: EditorSecrets;
  readonly log: EditorLog;
  readonly practice: boolean;
}

/** The engine as the editor has it. Loaded on first use, apart from what activation loads. */
export async function openEditorEngine(ground: EditorGround): Promise<Engine> {
  const { policy, keys, log, practice } = ground;
  const home = maiaHome();
  await makeMaiaHome(home);
  if (!practice) {
    // One after the other: the last one that was set is the one that stays.
    let left = Promise.resolve();
    const leave = () => {
      left = left
        .then(() => writePolicySnapshot(home, policy.ofUser()))
        .catch(() => log.warn('The policy could not be left for the command line.'));
    };
    policy.onDidChange(leave);
    leave();
  }
  return assembleEngine({
    home,
    practice,
    programs: bundledPrograms(ground.dist),
    policy,
    secrets: keys,
    network: systemNetwork,
    clock: systemClock,
    files: new EditorFiles(),
    checker: editorChecker(ground.dist),
    log,
    // VS Code puts its proxy and its certificates under the extension host's own fetch.
    cloudFetch: (input, init) => globalThis.fetch(input, init),
  });
}
