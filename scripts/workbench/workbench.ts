import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { runCommand } from './quickInput.ts';
import { type ServerOptions, startServer } from './server.ts';

export interface WorkbenchOptions extends Omit<ServerOptions, 'home'> {
  /** The folder, or the `.code-workspace` file, that is opened; none: an empty window. */
  readonly workspace?: string;
  /** The extension's folder (with its package.json), run from there in development mode. */
  readonly extension?: string;
  /** A module with `run()`, run in the extension host; what it ends with is the exit code. */
  readonly tests?: string;
  /** Of the window, in CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Every line of the page's console and of the test driver. */
  readonly log?: (line: string) => void;
}

export interface Workbench {
  readonly page: Page;
  /** `http://127.0.0.1:port/…`: the workbench as a user's browser would open it. */
  readonly url: string;
  /** This run's own folder: user data, extensions, server data, logs. */
  readonly home: string;
  /** 0 when `tests` passed, else 1; rejects when the page crashes or is closed before. Never settles without `tests`. */
  readonly exit: Promise<number>;
  /** Every line of the console so far. */
  readonly lines: readonly string[];
  /** What the server printed so far. */
  output(): string;
  /** A PNG of the whole window. */
  screenshot(file: string): Promise<void>;
  /** Runs a command by its title in the palette. */
  command(title: string): Promise<void>;
  /** Ends the browser, the server and the extension host, and removes `home`. */
  close(): Promise<void>;
}

/** The address that opens a workspace, an extension in development and a test suite in a running server. */
export function addressOf(
  authority: string,
  what: Pick<WorkbenchOptions, 'workspace' | 'extension' | 'tests'>,
): string {
  const remote = (path: string) => `vscode-remote://${authority}${pathToFileURL(path).pathname}`;
  const url = new URL(`http://${authority}/`);
  if (what.workspace) {
    const kind = what.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
    url.searchParams.set(kind, pathToFileURL(what.workspace).pathname);
  } else url.searchParams.set('ew', 'true');
  const payload: [string, string][] = [];
  if (what.extension) payload.push(['extensionDevelopmentPath', remote(what.extension)]);
  if (what.tests) payload.push(['extensionTestsPath', remote(what.tests)]);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** Nothing that a first start shows by itself stands in the way of a test or a picture. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
};

/** Opens the real VS Code with an extension in it. The caller closes it; it also ends when this process does. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const home = await mkdtemp(join(tmpdir(), 'maia-workbench-'));
  const closers: (() => Promise<unknown>)[] = [
    () => rm(home, { recursive: true, force: true, maxRetries: 5 }),
  ];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer().catch(() => {});
  };
  try {
    const server = await startServer({ ...options, home, settings: { ...quiet, ...options.settings } });
    closers.push(() => server.close());
    const browser: Browser = await launchChromium({}, options.say);
    closers.push(() => browser.close());
    const context = await browser.newContext({
      viewport: options.size ?? { width: 1400, height: 900 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const lines: string[] = [];
    const hear = (line: string) => {
      lines.push(line);
      options.log?.(line);
    };
    const exit = new Promise<number>((resolve, reject) => {
      page.once('crash', () => reject(new Error('The page crashed.')));
      page.once('close', () => reject(new Error('The page was closed before the tests ended.')));
      void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
    });
    exit.catch(() => {});
    page.on('console', (message) => hear(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => hear(`pageerror: ${error.message}`));
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) =>
      hear(`${type}: ${args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ')}`),
    );
    const url = addressOf(server.authority, options);
    await page.goto(url, { timeout: 60_000 });
    await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 });
    return {
      page,
      url,
      home,
      exit,
      lines,
      output: () => server.output(),
      close,
      async screenshot(file) {
        await mkdir(dirname(file), { recursive: true });
        await page.screenshot({ path: file });
      },
      command: (title) => runCommand(page, title),
    };
  } catch (error) {
    await close();
    throw error;
  }
}
