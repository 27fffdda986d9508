import type { Page } from 'playwright-core';

const patienceMs = 5_000;
const mostTries = 6;

/**
 * Opens a quick input by its key, types, and picks the row that then stands there. What opens late, or loses the focus
 * to something that opens by itself, is asked for again, as a user does who was too early.
 */
export async function pickByTyping(page: Page, key: string, typed: string, row: string): Promise<void> {
  const input = page.locator('.quick-input-widget input').first();
  const found = page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first();
  for (let tries = 1; ; tries += 1) {
    await page.keyboard.press(key);
    try {
      await input.fill(typed, { timeout: patienceMs });
      await found.click({ timeout: patienceMs });
      return;
    } catch (error) {
      if (tries === mostTries) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Runs a command by its title in the palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await pickByTyping(page, 'F1', `>${title}`, title);
}
