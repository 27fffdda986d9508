import { launchChromium } from './workbench/chromium.ts';

/** Says which Chromium the tests will use, after it has started once; fails when there is none that starts. */
const browser = await launchChromium({}, (line) => console.log(line));
console.log(`Chromium ${browser.version()}`);
await browser.close();
