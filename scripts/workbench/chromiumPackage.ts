import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromiumPackage, workbenchFolder } from './folder.ts';
import { withLock } from './lock.ts';
import { npm } from './npm.ts';

/** The package unpacks into the temporary folder of its process. */
const unpack = `
  const { inflate } = await import('@sparticuz/chromium');
  for (const part of ['chromium', 'fonts.tar', 'al2023.tar'])
    await inflate('node_modules/@sparticuz/chromium/bin/' + part + '.br');
`;

export interface UnpackedChromium {
  readonly executable: string;
  /** For machines that have no fonts. */
  readonly fonts: string;
  /** For machines that have not the system libraries that Chromium needs. */
  readonly libraries: string;
}

/** The Chromium that an npm package carries (Linux x64 only), installed and unpacked once per version. */
export async function unpackedChromium(say: (line: string) => void): Promise<UnpackedChromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'No Chromium, Chrome or Edge was found: install one, or set MAIA_CHROMIUM to its executable.',
    );
  const folder = join(workbenchFolder(), chromiumPackage.replace('@', '').replace(/[/@]/g, '-'));
  const browser = join(folder, 'browser');
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(browser)) return;
    say(`Installing Chromium (${chromiumPackage}) once, into ${folder} …`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"private":true}\n');
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', chromiumPackage], folder, () => {});
    const part = join(folder, 'part');
    await rm(part, { recursive: true, force: true });
    await mkdir(part);
    const env = { ...process.env, TMPDIR: part };
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', unpack], { cwd: folder, env });
    await rename(part, browser);
    await rm(join(folder, 'node_modules'), { recursive: true, force: true });
  });
  return {
    executable: join(browser, 'chromium'),
    fonts: join(browser, 'fonts'),
    libraries: join(browser, 'al2023', 'lib'),
  };
}
