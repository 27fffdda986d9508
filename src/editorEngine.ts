import type { Memento } from 'vscode';
import { assembleEngine } from './engine/assembleEngine.ts';
import type { Engine } from './engine/engine.ts';
import { bundledPrograms, type Programs } from './engine/programs.ts';
import { maiaHome, makeMaiaHome } from './platform/node/maiaHome.ts';
import { systemNetwork } from './platform/node/networkState.ts';
import { writePolicySnapshot } from './platform/node/policySnapshot.ts';
import { systemClock } from './platform/node/systemClock.ts';
import { editorChecker } from './platform/vscode/editorChecker.ts';
import { EditorFiles } from './platform/vscode/editorFiles.ts';
import type { EditorLog } from './platform/vscode/editorLog.ts';
import { editorRunner } from './platform/vscode/editorRunner.ts';
import type { EditorSecrets } from './platform/vscode/editorSecrets.ts';
import type { SettingsPolicy } from './platform/vscode/settingsPolicy.ts';

export interface EditorGround {
  /** The folder of the bundle, with a slash at its end. */
  readonly dist: URL;
  readonly policy: SettingsPolicy;
  readonly keys: EditorSecrets;
  readonly log: EditorLog;
  /** What is kept with the workspace. */
  readonly workspaceState: Memento;
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
  const programs = bundledPrograms(ground.dist);
  return assembleEngine({
    home,
    practice,
    programs,
    policy,
    secrets: keys,
    network: systemNetwork,
    clock: systemClock,
    files: new EditorFiles(),
    checker: editorChecker(ground.dist),
    runner: editorRunner({
      policy: () => policy.current(),
      state: ground.workspaceState,
      sandbox: () => sandboxOf(home, programs, policy),
    }),
    log,
    // VS Code puts its proxy and its certificates under the extension host's own fetch.
    cloudFetch: (input, init) => globalThis.fetch(input, init),
  });
}

/** The sandbox, loaded with the first run, that hides what the user protects and Maia's own folder. */
async function sandboxOf(home: string, programs: Programs, policy: SettingsPolicy) {
  const [{ createSandboxRunner }, { findSandbox }, { protectedFilesIn }] = await Promise.all([
    import('./platform/node/sandbox/sandboxRunner.ts'),
    import('./platform/node/sandbox/findSandbox.ts'),
    import('./privacy/protectedFiles.ts'),
  ]);
  const runner = createSandboxRunner({
    hiddenFiles: (folder, signal) =>
      protectedFilesIn(folder, policy.current().privacy.protectedPaths, programs.privacy, signal),
    hiddenFolders: [home],
  });
  return { runner, stands: async () => (await findSandbox()).kind !== 'none' };
}
