import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { unpackedChromium } from './chromiumPackage.ts';

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

/**
 * A Chromium for the tests. The sandbox is off since root and containers have none; the GPU is off since the software
 * renderer takes every core from the model beside it.
 */
export async function launchChromium(
  options: LaunchOptions = {},
  say: (line: string) => void = () => {},
): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', ...(options.args ?? [])];
  const system = installed();
  if (system) return chromium.launch({ headless: true, ...options, executablePath: system, args });
  const { executable, fonts, libraries } = await unpackedChromium(say);
  const env: Record<string, string | undefined> = { ...process.env, ...options.env };
  if (!existsSync('/etc/fonts')) env.FONTCONFIG_PATH = fonts;
  const launch = { headless: true, ...options, executablePath: executable, args };
  try {
    return await chromium.launch({ ...launch, env });
  } catch (error) {
    if (!/error while loading shared libraries/.test(String(error))) throw error;
    return chromium.launch({ ...launch, env: { ...env, LD_LIBRARY_PATH: libraries } });
  }
}
