import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../scripts/workbench/chromium.ts';
import { PanelPage } from './page.ts';
import { sampleState, sampleSummary } from './sampleState.ts';
import { type Theme, themes } from './themes.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the savings panel in a real browser', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium({});
  });
  after(() => browser.close());

  async function opened(
    theme: Theme,
    width: number,
    work: (panel: PanelPage) => Promise<void>,
  ): Promise<void> {
    const panel = await PanelPage.open(browser, theme, width);
    try {
      await work(panel);
      assert.deepEqual(panel.complaints, []);
    } finally {
      await panel.close();
    }
  }

  for (const theme of Object.keys(themes) as Theme[])
    for (const width of [320, 800, 1600])
      test(`nothing overflows and axe finds nothing: ${theme}, ${width} px`, () =>
        opened(theme, width, async (panel) => {
          const { page } = panel;
          await panel.show(sampleState());
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
          await page.evaluate(axe);
          const found = await page.evaluate(async () => {
            const { axe: checker } = window as unknown as {
              axe: {
                run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
              };
            };
            const { violations } = await checker.run({ resultTypes: ['violations'] });
            return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
          });
          assert.deepEqual(found, []);
        }));

  test('its figures are those of the summary, whatever the chart draws', () =>
    opened('dark', 1000, async (panel) => {
      const summary = sampleSummary();
      await panel.show(sampleState());
      const figure = (name: string) => panel.page.locator(`[data-figure="${name}"] .figure`).innerText();
      assert.equal(await figure('saved'), '$0.81 – $1.93');
      assert.equal(await figure('paid'), '$0.42');
      assert.equal(await figure('local'), '73%');
      assert.equal(await figure('requests'), String(summary.metrics.total_requests));
      const rows = panel.page.locator('#over-time-figures tbody tr');
      assert.equal(await rows.count(), summary.overTime.filter((point) => point.requests > 0).length);
    }));

  test('a name from outside is text, never markup', () =>
    opened('dark', 1000, async (panel) => {
      await panel.show(sampleState());
      assert.equal(await panel.page.locator('img, b').count(), 0);
      assert.match(await panel.page.locator('main').innerText(), /<b>odd<\/b>:1b/);
    }));

  test('a request opens its reasons by keyboard, and stays open and focused when new figures come', () =>
    opened('dark', 1000, async (panel) => {
      await panel.show(sampleState());
      const why = panel.page.locator('.latest details').first();
      await why.locator('summary').focus();
      await panel.page.keyboard.press('Enter');
      assert.equal(await why.getAttribute('open'), '');
      await panel.show(sampleState({ unpriced: 2 }));
      assert.equal(await panel.page.locator('.latest details').first().getAttribute('open'), '');
    }));

  test('the period is chosen by keyboard', () =>
    opened('dark', 1000, async (panel) => {
      await panel.show(sampleState());
      await panel.page.keyboard.press('Tab');
      await panel.page.keyboard.press('Enter');
      await panel.page.keyboard.press('ArrowDown');
      await panel.page.keyboard.press('Enter');
      await panel.page.waitForFunction(
        () => (window as unknown as { sent: unknown[] }).sent.length > 1,
        undefined,
        {
          timeout: 5_000,
        },
      );
      assert.deepEqual((await panel.sent()).at(-1), { type: 'period', period: 'all' });
    }));

  test('with nothing asked yet it says how to begin', () =>
    opened('light', 800, async (panel) => {
      const nothing = { ...sampleSummary().metrics, total_requests: 0 };
      await panel.show(
        sampleState({ metrics: nothing, latest: [], overTime: [], byRoute: [], byTask: [], byModel: [] }),
      );
      assert.match(await panel.page.locator('main').innerText(), /Ask @maia something/);
    }));

  test('what was learned stands by model, task and difficulty, each against what is needed', () =>
    opened('dark', 1000, async (panel) => {
      await panel.show(sampleState());
      const rows = await panel.page
        .locator('.learned tbody tr')
        .evaluateAll((found) =>
          found.map((row) =>
            [...row.children].map(
              (cell) => cell.querySelector('[role=img]')?.getAttribute('aria-label') ?? cell.textContent,
            ),
          ),
        );
      assert.deepEqual(rows, [
        ['<b>odd</b>:1b', 'explain', 'easy', 'at least 21%, needed 50%', '0 passed, 3 failed'],
        ['gone:3b', 'chat', 'medium', 'no longer there', '2 passed, 0 failed'],
        ['qwen2.5-coder:7b', 'tests', 'easy', 'at least 78%, needed 36%', '12 passed, 1 failed'],
        ['qwen2.5-coder:7b', 'tests', 'hard', 'at least 31%, needed 36%', '3 passed, 1 failed'],
      ]);
    }));

  test('a bar is as long as its share, and its mark stands where it is needed', () =>
    opened('light', 1000, async (panel) => {
      await panel.show(sampleState());
      const [share, mark] = await panel.page
        .locator('.learned tbody tr', { hasText: '12 passed' })
        .locator('.track')
        .evaluate((track) => {
          const { left, width } = track.getBoundingClientRect();
          const end = (name: string) => track.querySelector(name)?.getBoundingClientRect();
          return [((end('.fill')?.right ?? 0) - left) / width, ((end('.mark')?.left ?? 0) - left) / width];
        });
      assert.ok(Math.abs((share ?? 0) - 0.787) < 0.02, `${share}`);
      assert.ok(Math.abs((mark ?? 0) - 0.36) < 0.03, `${mark}`);
    }));

  test('budgets have a tile each, which says what is left, and none is there without a limit', () =>
    opened('light', 1000, async (panel) => {
      await panel.show(sampleState());
      const tile = panel.page.locator('[data-figure="budget-day"]');
      assert.equal(await tile.locator('.figure').innerText(), '$1.72');
      assert.match(await tile.innerText(), /\$0\.28 of \$2\.00 left/);
      assert.equal(await tile.getByRole('meter').getAttribute('aria-valuenow'), '86');
      await panel.show(sampleState({}, 'en', { budget: [] }));
      assert.equal(await panel.page.locator('[data-figure^="budget"]').count(), 0);
    }));

  test('a proposal is answered by keyboard, and keeps the focus when new figures come', () =>
    opened('dark', 1000, async (panel) => {
      await panel.show(sampleState());
      const section = panel.page.getByRole('region', { name: 'Proposal' });
      assert.match(await section.innerText(), /qwen2\.5-coder:7b passed 16 checks here \(tests\)/);
      await section.getByRole('button', { name: 'Keep on this machine' }).focus();
      await panel.show(sampleState({ unpriced: 3 }));
      await panel.page.keyboard.press('Enter');
      await panel.page.keyboard.press('Tab');
      await panel.page.keyboard.press('Enter');
      const id = 'qwen2.5-coder:7b abc tests';
      assert.deepEqual((await panel.sent()).slice(-2), [
        { type: 'keepLocal', id },
        { type: 'notNow', id },
      ]);
      await panel.show(sampleState({}, 'en', { widenings: [] }));
      await section.waitFor({ state: 'detached', timeout: 5_000 });
    }));

  test('what was learned and proposed is there also where nothing was asked in the period', () =>
    opened('dark', 800, async (panel) => {
      await panel.show(sampleState({ metrics: { ...sampleSummary().metrics, total_requests: 0 } }));
      assert.equal(await panel.page.locator('.learned tbody tr').count(), 4);
      assert.equal(await panel.page.getByRole('button', { name: 'Not now' }).count(), 1);
    }));

  test('practice says so, and a ledger that can not be read is said plainly', () =>
    opened('light', 800, async (panel) => {
      await panel.show(sampleState({ practice: true }));
      assert.match(await panel.page.getByRole('note').innerText(), /Practice/);
      await panel.post({ type: 'failed', text: 'The ledger can not be read.' });
      assert.equal(await panel.page.getByRole('alert').innerText(), 'The ledger can not be read.');
    }));

  test("numbers and dates are in the reader's way of writing", () =>
    opened('light', 800, async (panel) => {
      await panel.show(sampleState({}, 'de'));
      assert.match(await panel.page.locator('[data-figure="paid"] .figure').innerText(), /0,42\s*\$/);
    }));
});
