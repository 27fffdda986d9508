import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { end, start } from '../../scripts/processes.ts';
import { launchChromium } from '../../scripts/workbench/chromium.ts';
import { pickByTyping, runCommand } from '../../scripts/workbench/quickInput.ts';

const root = join(import.meta.dirname, '..', '..');

describe('npm start where there is no Ollama and no desktop VS Code', () => {
  let temporary = '';
  let child: ChildProcess;
  let browser: Browser;
  let page: Page;
  let said = '';
  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'maia-start-test-'));
    child = start(process.execPath, ['scripts/start.ts', '--fresh', '--browser'], {
      cwd: root,
      env: {
        ...process.env,
        CI: 'true',
        TMPDIR: temporary,
        OLLAMA_HOST: '127.0.0.1:9',
        MAIA_HOME: undefined,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
        const found = /http:\/\/127\.0\.0\.1:\d+\/\?folder\S+/.exec(said)?.[0];
        if (found && said.includes('Ctrl-C')) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${said}`)));
    });
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(url);
  });
  after(async () => {
    await browser?.close();
    await end(child);
    await rm(temporary, { recursive: true, force: true });
  });

  it('says in one sentence what it found and what it does', () => {
    assert.match(
      said.split('\n')[0] ?? '',
      /^No Ollama answers at http:\/\/127\.0\.0\.1:9: practice servers .*\.$/,
    );
  });

  it('opens the sample workspace, with Maia in the status bar saying that this is practice', async () => {
    await page.getByRole('treeitem', { name: 'README.md' }).waitFor({ timeout: 60_000 });
    const item = page.locator('.statusbar-item', { hasText: /Maia.*practice/i });
    await item.first().waitFor({ timeout: 60_000 });
  });

  it('shows what VS Code has to tell: that this is practice, and then a change to accept', async () => {
    const toast = (text: RegExp) =>
      page.locator('.notifications-toasts .notification-toast', { hasText: text });
    await toast(/practice servers play Ollama and Claude/)
      .first()
      .waitFor({ timeout: 60_000 });
    await pickByTyping(page, 'Control+P', 'pricing.ts', 'pricing.ts');
    await page.locator('.view-line', { hasText: 'const tier' }).first().click();
    await runCommand(page, 'Maia: Document Function');
    const offer = toast(/Practice: Maia would change pricing\.ts/).first();
    await offer.waitFor({ timeout: 60_000 });
    await offer.getByRole('button', { name: 'Accept' }).click();
    await page.locator('.view-line', { hasText: '@returns' }).first().waitFor({ timeout: 30_000 });
  });

  it('answers a question in chat, at no cost, and says practice there too', async () => {
    await runCommand(page, 'Maia: Ask');
    const input = page.locator('.interactive-input-part .monaco-editor', { hasText: '@maia' }).first();
    await input.waitFor({ timeout: 30_000 });
    await input.click();
    await page.keyboard.press('End');
    await page.keyboard.type('What does SIGTERM do?');
    await input.filter({ hasText: /SIGTERM/ }).waitFor({ timeout: 10_000 });
    await page.keyboard.press('Enter');
    const footer = page.locator('.interactive-item-container', { hasText: /on this machine.*\$0.*practice/ });
    await footer.first().waitFor({ timeout: 60_000 });
  });

  it('ends on Ctrl-C, with its servers and its temporary folder', async () => {
    await browser.close();
    const url = new URL(/http:\/\/\S+/.exec(said.slice(said.indexOf('VS Code with')))?.[0] ?? '');
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
    await assert.rejects(fetch(url.origin));
    const left = (await readdir(temporary)).filter((name) => name.startsWith('maia-'));
    assert.deepEqual(left, []);
  });
});
