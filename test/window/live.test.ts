import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { runCommand } from '../../scripts/workbench/quickInput.ts';
import { count, moneyRange, percent } from '../../webview/figures.ts';
import { type AnthropicServer, startAnthropic } from '../servers/anthropic.ts';
import { type OllamaServer, startOllama } from '../servers/ollama.ts';
import { ledgerTotals } from './ledgerFile.ts';
import { type MaiaWindow, openMaiaWindow, statusItem, statusSays, webview } from './maiaWindow.ts';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const followsWithin = 2_000;

describe('What the window shows while things happen', () => {
  let maia: MaiaWindow;
  let page: Page;
  let ollama: OllamaServer;
  let claude: AnthropicServer;
  before(async () => {
    maia = await openMaiaWindow();
    page = maia.workbench.page;
    ollama = await startOllama({ port: maia.ollamaPort, models: ['codellama:34b', 'llama3.2:3b'] });
    claude = await startAnthropic({ port: maia.claudePort });
  });
  after(async () => {
    await maia.close();
    await Promise.all([ollama.close(), claude.close()]);
  });

  /** One question from a shell, which shares the ledger with this window. */
  async function askFromShell(...words: string[]): Promise<number> {
    const child = spawn(process.execPath, [cli, 'ask', ...words], {
      env: {
        ...process.env,
        MAIA_HOME: maia.home,
        OLLAMA_HOST: `http://127.0.0.1:${maia.ollamaPort}`,
        ANTHROPIC_API_KEY: claude.key,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = (await once(child, 'exit')) as [number];
    return code;
  }

  it('the status bar follows within 2 s when the local server comes, dies and comes back', async () => {
    await statusSays(page, /Local models are ready/);
    for (let round = 0; round < 3; round += 1) {
      await ollama.crash();
      await statusSays(page, /Ollama does not answer/, followsWithin);
      await ollama.restart();
      await statusSays(page, /Local models are ready/, followsWithin);
    }
  });

  it('the status bar says that a model is loading, then that it answers, then that all is ready again', async () => {
    ollama.slowLoads(3_000);
    const held = ollama.hold('token', { afterTokens: 2 });
    await runCommand(page, 'Maia: Ask');
    await page.locator('.interactive-input-part .monaco-editor').first().waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('.interactive-input-part') !== null);
    await page.keyboard.type('What does SIGTERM do?');
    await page.keyboard.press('Enter');
    await statusSays(page, /A local model is loading/);
    await held.reached;
    await statusSays(page, /A local model is answering/);
    held.release();
    await statusSays(page, /Local models are ready.*Today 1 of 1 answers/);
    ollama.slowLoads(undefined);
  });

  it('the savings panel shows the ledger to the cent, and follows other processes', async () => {
    await askFromShell('What', 'does', 'SIGHUP', 'do?');
    assert.equal(await askFromShell('--claude', 'What', 'does', 'SIGINT', 'do?'), 0);
    claude.fail({ how: 'stop', afterTokens: 3, reason: 'refusal' });
    await askFromShell('--claude', 'What', 'does', 'SIGQUIT', 'do?');
    await runCommand(page, 'Maia: Open Savings');
    const figure = (name: string) => webview(page).locator(`[data-figure="${name}"] .figure`);
    const shown = async () => ({
      saved: await figure('saved').innerText(),
      paid: await figure('paid').innerText(),
      local: await figure('local').innerText(),
      requests: await figure('requests').innerText(),
    });
    const written = () => {
      const { requests, answered, local, paid, saved } = ledgerTotals(maia.home);
      return {
        saved: moneyRange(saved, 'en'),
        paid: moneyRange(paid, 'en'),
        local: percent(local / answered, 'en'),
        requests: count(requests, 'en'),
      };
    };
    await figure('requests').filter({ hasText: '4' }).waitFor();
    assert.deepEqual(await shown(), written());
    assert.notEqual(written().paid, '$0.00', 'nothing was paid: the comparison says little');

    await askFromShell('--claude', 'What', 'does', 'SIGUSR1', 'do?');
    await figure('requests').filter({ hasText: '5' }).waitFor();
    assert.deepEqual(await shown(), written());
    assert.match((await statusItem(page).getAttribute('aria-label')) ?? '', /Today \d of \d answers/);
  });
});
