import { assembleEngine } from '../engine/assembleEngine.ts';
import type { Engine } from '../engine/engine.ts';
import { bundledPrograms } from '../engine/programs.ts';
import { diskFiles } from '../platform/node/diskFiles.ts';
import { environmentSecrets } from '../platform/node/environmentSecrets.ts';
import { maiaHome, makeMaiaHome } from '../platform/node/maiaHome.ts';
import { systemNetwork } from '../platform/node/networkState.ts';
import { shellPolicy } from '../platform/node/shellPolicy.ts';
import { systemClock } from '../platform/node/systemClock.ts';
import { createEnvironmentFetch } from '../providers/environmentFetch.ts';
import type { Failure } from '../vocabulary/failure.ts';

/** The engine as the command line has it: the user's policy as the editor left it, the key from the environment. */
export async function openShellEngine(onNotice: (notice: Failure) => void): Promise<Engine> {
  const home = maiaHome();
  await makeMaiaHome(home);
  const cloud = createEnvironmentFetch();
  const engine = assembleEngine({
    home,
    practice: process.env.MAIA_PRACTICE === '1',
    programs: bundledPrograms(new URL('./', import.meta.url)),
    policy: await shellPolicy(home, process.env),
    secrets: environmentSecrets(),
    network: systemNetwork,
    clock: systemClock,
    files: diskFiles,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    cloudFetch: cloud.fetch,
  });
  engine.onDidNotice(onNotice);
  return {
    ...engine,
    dispose: async () => {
      await engine.dispose();
      await cloud.close();
    },
  };
}
