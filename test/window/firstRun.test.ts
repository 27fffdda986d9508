import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { type AnthropicServer, startAnthropic } from '../servers/anthropic.ts';
import { type OllamaServer, startOllama } from '../servers/ollama.ts';
import {
  type MaiaWindow,
  notification,
  openMaiaWindow,
  showNotifications,
  statusSays,
} from './maiaWindow.ts';

/** What a first start says, in the window itself. A large model keeps the small machine's sentence out of the way. */
describe('The first run, as a person sees it', () => {
  let maia: MaiaWindow;
  let page: Page;
  let ollama: OllamaServer | undefined;
  before(async () => {
    maia = await openMaiaWindow();
    await maia.workbench.page.close();
  });
  afterEach(async () => {
    await ollama?.close();
    ollama = undefined;
  });
  after(() => maia.close());

  const install = async (...models: string[]) => {
    ollama = await startOllama({ port: maia.ollamaPort, models });
  };
  /** Maia has looked around, and what was said since the start is in sight. */
  const begun = async (status: RegExp) => {
    await statusSays(page, status);
    await showNotifications(page);
  };
  const messages = () =>
    page.locator('.notifications-center .notification-list-item-message').allInnerTexts();

  it('with neither Ollama nor a key it is no error: the two ways to begin, with a button for each', async () => {
    page = await maia.newPerson();
    await begun(/Ollama does not answer/);
    const message = notification(page, /begin in two ways.*Ollama.*key for Claude/);
    await message.waitFor({ timeout: 20_000 });
    assert.equal(await message.getByRole('button', { name: 'Get Started' }).count(), 1);
    assert.equal(await message.getByRole('button', { name: 'Set Key' }).count(), 1);
    assert.equal(await message.locator('.codicon-error').count(), 0);
    await statusSays(page, /Ollama does not answer.*Claude has no key/);
    assert.equal((await messages()).length, 1);
  });

  it('Get Started opens the walkthrough', async () => {
    await notification(page, /two ways/)
      .getByRole('button', { name: 'Get Started' })
      .click();
    await page.locator('.gettingStartedContainer', { hasText: 'Maia' }).waitFor({ timeout: 30_000 });
  });

  it('with Ollama and no key it says that all answers come from here, with a button for the key', async () => {
    await install('codellama:34b', 'llama3.2:3b');
    page = await maia.newPerson();
    await begun(/Local models are ready/);
    const message = notification(page, /from your machine alone/);
    await message.waitFor({ timeout: 20_000 });
    assert.equal(await message.getByRole('button', { name: 'Set Key' }).count(), 1);
    await statusSays(page, /Local models are ready.*Claude has no key/);
  });

  it('says it once: not again at the next start', async () => {
    await install('codellama:34b', 'llama3.2:3b');
    await page.reload();
    await begun(/Local models are ready/);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    assert.deepEqual(await messages(), []);
    await page.context().close();
  });

  it('with Ollama and no model it names one that fits this machine, and a button pulls it', async () => {
    await install();
    page = await maia.newPerson();
    await begun(/no model yet/);
    const message = notification(page, /Ollama is here and has no model yet\. \S+ \(.*\) fits this machine/);
    await message.waitFor({ timeout: 20_000 });
    const name = /yet\. (\S+) \(/.exec(await message.innerText())?.[1] ?? '';
    assert.equal(await message.getByRole('button', { name: `Pull ${name}` }).count(), 1);
    await statusSays(page, /Ollama has no model yet/);
    await page.context().close();
  });

  it('with one small model it measures, and says plainly what it takes and what goes to Claude', async () => {
    ollama = await startOllama({
      port: maia.ollamaPort,
      models: [{ name: 'llama3.2:3b', tokensPerSecond: 9 }],
    });
    page = await maia.newPerson();
    await begun(/A local model is/);
    const message = notification(page, /llama3\.2:3b, \d+ tokens\/s: .*explain.* here/);
    await message.waitFor({ timeout: 20_000 });
    const [, speed] = /(\d+) tokens/.exec(await message.innerText()) ?? [];
    assert.ok(Number(speed) >= 5 && Number(speed) <= 10, `${speed} tokens/s`);
    await page.context().close();
  });
});

describe('The first run with a key in the environment', () => {
  const key = 'sk-ant-practice-0123456789';
  let maia: MaiaWindow;
  let claude: AnthropicServer;
  let page: Page;
  before(async () => {
    maia = await openMaiaWindow(key);
    claude = await startAnthropic({ port: maia.claudePort, key });
    page = maia.workbench.page;
  });
  after(async () => {
    await maia.close();
    await claude.close();
  });

  it('asks before it uses the key, and nothing went to Claude until then', async () => {
    await statusSays(page, /Claude has no key/);
    await showNotifications(page);
    await notification(page, /environment holds an Anthropic API key.*billed/).waitFor();
    assert.equal(claude.arrivals.list.length, 0);
  });

  it('with the key allowed and no Ollama it says that Claude alone is asked', async () => {
    await notification(page, /environment holds/)
      .getByRole('button', { name: 'Use It', exact: true })
      .click();
    await statusSays(page, /Ollama does not answer.*Claude is ready/);
    await showNotifications(page);
    await notification(page, /asks Claude alone.*Ollama was not found/).waitFor();
  });

  it('with both there is nothing to say', async () => {
    const ollama = await startOllama({ port: maia.ollamaPort, models: ['codellama:34b', 'llama3.2:3b'] });
    try {
      // VS Code in a browser writes what an extension keeps a moment later, and a reload does not wait for it.
      await page.waitForTimeout(2_000);
      await page.reload();
      await statusSays(page, /Local models are ready.*Claude is ready/);
      await showNotifications(page);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      assert.equal(await page.locator('.notifications-center .notification-list-item').count(), 0);
    } finally {
      await ollama.close();
    }
  });
});
