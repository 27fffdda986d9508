import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { chromiumPackage, workbenchFolder } from './folder.ts';
import { withLock } from './lock.ts';
import { npm } from './npm.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** The browser of the system: `MAIA_CHROMIUM`, else what is on the PATH, else where macOS and Windows keep it. */
function installed(): string | undefined {
  const { MAIA_CHROMIUM, PATH = '', PROGRAMFILES = '', LOCALAPPDATA = '' } = process.env;
  if (MAIA_CHROMIUM) return MAIA_CHROMIUM;
  const places: Partial<Record<NodeJS.Platform, string[]>> = {
    darwin: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    win32: [
      join(PROGRAMFILES, 'Google/Chrome/Application/chrome.exe'),
      join(`${PROGRAMFILES} (x86)`, 'Microsoft/Edge/Application/msedge.exe'),
      join(LOCALAPPDATA, 'Google/Chrome/Application/chrome.exe'),
    ],
  };
  const onPath = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...(places[process.platform] ?? onPath)].find((file) => existsSync(file));
}

/** Installs the Chromium that an npm package carries, once per version; returns its executable. */
async function fromPackage(say: (line: string) => void): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'No Chromium, Chrome or Edge was found: install one, or set MAIA_CHROMIUM to its executable.',
    );
  const folder = join(workbenchFolder(), chromiumPackage.replace('/', '-').replace(/@(?=\d)/, '-'));
  const executable = join(folder, 'chromium');
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(executable)) return;
    say(`Installing Chromium (${chromiumPackage}) once, into ${folder} …`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"private":true}\n');
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', chromiumPackage], folder, () => {});
    // The package unpacks into the temporary folder: here one of its own, on the same disk, so that a cut leaves no half.
    const unpacked = join(folder, 'unpacked');
    await mkdir(unpacked, { recursive: true });
    const unpack = "const { default: c } = await import('@sparticuz/chromium'); await c.executablePath();";
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', unpack], {
      cwd: folder,
      env: { ...process.env, TMPDIR: unpacked },
    });
    await rename(join(unpacked, 'chromium'), executable);
    await rm(unpacked, { recursive: true, force: true });
  });
  return executable;
}

/**
 * A Chromium for the tests. The sandbox is off since root and containers have none; the GPU is off since the software
 * renderer takes every core from the model beside it.
 */
export async function launchChromium(
  options: LaunchOptions = {},
  say: (line: string) => void = () => {},
): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', ...(options.args ?? [])];
  const executablePath = installed() ?? (await fromPackage(say));
  return chromium.launch({ headless: true, ...options, executablePath, args });
}
