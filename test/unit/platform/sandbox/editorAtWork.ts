import type { Sandbox } from '../../../../src/platform/node/sandbox/findSandbox.ts';
import { createSandboxRunner } from '../../../../src/platform/node/sandbox/sandboxRunner.ts';
import { limits } from './runs.ts';

/** A process that runs a command which takes long, and that somebody ends meanwhile. */
const { sandbox, folder, seconds } = JSON.parse(process.argv[2] ?? '') as {
  sandbox: Sandbox;
  folder: string;
  seconds: string;
};
const runner = createSandboxRunner({
  hiddenFiles: async () => [],
  hiddenFolders: [],
  sandbox: async () => sandbox,
});
const argv = ['sh', '-c', `setsid sleep ${seconds} & sleep ${seconds}`];
await runner.run({ argv, cwd: folder, folder, overlay: [] }, limits, true, new AbortController().signal);
