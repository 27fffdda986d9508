import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RunCommand, RunLimits } from '../../../vocabulary/ports.ts';
import { copyProject } from './copyProject.ts';
import { realOf } from './laidOver.ts';
import type { Hidden } from './linuxSandbox.ts';
import { placesFor } from './places.ts';
import { seatbeltProfile } from './seatbelt.ts';
import type { Supervised } from './supervise.ts';
import { runMarked } from './unsandboxed.ts';

/** Runs a command in macOS's sandbox, in a copy of the project: no file can be laid over another there. */
export async function runInSeatbelt(
  command: RunCommand,
  limits: RunLimits,
  hidden: Hidden,
  scratch: string,
  signal: AbortSignal,
): Promise<Supervised | undefined> {
  const home = await realOf(homedir());
  const folder = await realOf(command.folder);
  const copy = join(scratch, 'project');
  await copyProject(folder, copy, command.overlay, signal);
  const places = await placesFor(
    { folder, cwd: await realOf(command.cwd), program: command.argv[0] ?? '' },
    home,
    process.env,
  );
  const covered = [...hidden.files, ...hidden.folders];
  const readable = [folder, ...places.map(({ path }) => path)];
  const profile = join(scratch, 'profile.sb');
  const scratchHome = join(scratch, 'home');
  const temporary = join(scratch, 'tmp');
  await Promise.all([mkdir(scratchHome), mkdir(temporary)]);
  const there = covered.map((path) => path.replace(command.folder, copy));
  await writeFile(profile, seatbeltProfile({ home, readable, hidden: [...covered, ...there], scratch }));
  const moved = (text: string) =>
    text === command.folder ? copy : text.replaceAll(`${command.folder}/`, `${copy}/`);
  const done = await runMarked(
    {
      argv: command.argv.map(moved),
      cwd: moved(command.cwd),
      env: { ...command.env, HOME: scratchHome, TMPDIR: temporary },
    },
    limits,
    ['/usr/bin/sandbox-exec', '-f', profile],
    signal,
  );
  return { ...done, output: done.output.replaceAll(copy, command.folder) };
}
