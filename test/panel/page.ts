import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { savingsHtml } from '../../src/surfaces/savingsHtml.ts';
import type { PanelState, ToPanel } from '../../src/vocabulary/panelMessage.ts';
import { type Theme, themes } from './themes.ts';

const built = new URL('../../dist/webview/', import.meta.url);
const nonce = 'bm9uY2Utb2YtdGhpcy1wYWdl';

/** The panel's own page with its own policy, on loopback, as a webview shows it. */
export class PanelPage {
  readonly page: Page;
  /** What the page's policy refused, and every error; empty where all is well. */
  readonly complaints: string[] = [];
  readonly #server: Server;

  private constructor(page: Page, server: Server) {
    this.page = page;
    this.#server = server;
  }

  static async open(browser: Browser, theme: Theme, width: number): Promise<PanelPage> {
    const server = createServer(async (request, response) => {
      if (request.url === '/') {
        const html = savingsHtml({
          nonce,
          cspSource: `http://${request.headers.host}`,
          script: '/panel.js',
          style: '/panel.css',
          language: 'en',
          title: 'Savings',
        });
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(html);
        return;
      }
      const name = request.url?.slice(1) ?? '';
      const types: Record<string, string> = { 'panel.js': 'text/javascript', 'panel.css': 'text/css' };
      if (!types[name]) {
        response.writeHead(404).end();
        return;
      }
      response.setHeader('content-type', `${types[name]}; charset=utf-8`);
      response.end(await readFile(new URL(name, built)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const page = await browser.newPage({ viewport: { width, height: 1000 } });
    const opened = new PanelPage(page, server);
    page.on('pageerror', (error) => opened.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/favicon/.test(message.location().url))
        opened.complaints.push(message.text());
    });
    // What VS Code puts into a webview: its messages' door, the theme's variables and the body's class.
    await page.addInitScript(
      ({ variables, kind }) => {
        const sent: unknown[] = [];
        let kept: unknown;
        Object.assign(window, {
          sent,
          acquireVsCodeApi: () => ({
            postMessage: (message: unknown) => sent.push(message),
            getState: () => kept,
            setState: (state: unknown) => {
              kept = state;
            },
          }),
        });
        document.addEventListener('DOMContentLoaded', () => {
          document.body.classList.add(`vscode-${kind}`);
          for (const [name, value] of Object.entries(variables))
            document.documentElement.style.setProperty(name, value);
          document.body.style.background = 'var(--vscode-editor-background)';
        });
      },
      { variables: themes[theme], kind: theme },
    );
    await page.goto(`http://127.0.0.1:${port}/`);
    return opened;
  }

  async show(state: PanelState): Promise<void> {
    await this.post({ type: 'state', state });
    await this.page.locator('main:not([aria-busy])').waitFor();
  }

  async post(message: ToPanel): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
  }

  async sent(): Promise<readonly unknown[]> {
    return this.page.evaluate(() => (window as unknown as { sent: unknown[] }).sent);
  }

  async close(): Promise<void> {
    await this.page.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
