import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from './workbench/chromium.ts';

/** Draws `media/icon.svg` as the PNG that the marketplace wants. */
const media = join(import.meta.dirname, '..', 'media');
const svg = await readFile(join(media, 'icon.svg'), 'utf8');
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body{margin:0;background:transparent}svg{display:block}</style>${svg}`);
await page.screenshot({ path: join(media, 'icon.png'), omitBackground: true });
await browser.close();
