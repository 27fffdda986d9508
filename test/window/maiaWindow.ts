import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { freePort } from '../../scripts/ports.ts';
import { runCommand } from '../../scripts/workbench/quickInput.ts';
import { openWorkbench, type Workbench } from '../../scripts/workbench/workbench.ts';

const root = join(import.meta.dirname, '..', '..');

/** A real VS Code with Maia, as a person sees it, and the places where Maia looks for its providers. */
export interface MaiaWindow {
  readonly workbench: Workbench;
  readonly ollamaPort: number;
  readonly claudePort: number;
  /** Maia's own folder. */
  readonly home: string;
  /** A browser that was never here: VS Code keeps what is global, and its secrets, in the browser. */
  newPerson(): Promise<Page>;
  close(): Promise<void>;
}

/** @param key one for Claude in the environment, which Maia asks about */
export async function openMaiaWindow(key?: string): Promise<MaiaWindow> {
  const home = await mkdtemp(join(tmpdir(), 'maia-window-'));
  const [ollamaPort, claudePort] = [await freePort(), await freePort()];
  const workspace = join(home, 'workspace');
  await cp(join(root, 'test', 'projects', 'sample'), workspace, { recursive: true });
  const workbench = await openWorkbench({
    extension: root,
    workspace,
    settings: { 'maia.claude.baseUrl': `http://127.0.0.1:${claudePort}` },
    env: {
      MAIA_HOME: join(home, 'maia'),
      OLLAMA_HOST: `http://127.0.0.1:${ollamaPort}`,
      ANTHROPIC_API_KEY: key,
      MAIA_PRACTICE: undefined,
    },
  });
  return {
    workbench,
    ollamaPort,
    claudePort,
    home: join(home, 'maia'),
    async newPerson() {
      const context = await workbench.page.context().browser()?.newContext({ reducedMotion: 'reduce' });
      if (!context) throw new Error('The browser is gone.');
      const page = await context.newPage();
      await page.setViewportSize({ width: 1400, height: 900 });
      await page.goto(workbench.url);
      return page;
    },
    async close() {
      await workbench.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Maia's item in the status bar; its accessible name says all of its state. */
export function statusItem(page: Page): Locator {
  return page.locator('.statusbar-item a[aria-label^="Maia"]').first();
}

/** Resolves when the status item's accessible name matches. */
export async function statusSays(page: Page, words: RegExp, timeout = 30_000): Promise<void> {
  await page
    .getByRole('button', { name: words })
    .and(page.locator('.statusbar-item a'))
    .first()
    .waitFor({ timeout });
}

/** A message among VS Code's notifications, once they are shown: under its test driver no toasts come up by themselves. */
export function notification(page: Page, words: RegExp): Locator {
  return page.locator('.notifications-center .notification-list-item', { hasText: words });
}

export async function showNotifications(page: Page): Promise<void> {
  await runCommand(page, 'Notifications: Show Notifications');
  await page.locator('.notifications-center').waitFor();
}

/** Types into the input box that a command has opened, and confirms it. */
export async function typeInto(page: Page, text: string): Promise<void> {
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor({ state: 'visible' });
  await input.fill(text);
  await page.keyboard.press('Enter');
}

/** The page inside the webview in front. */
export function webview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}
