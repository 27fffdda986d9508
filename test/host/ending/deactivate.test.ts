import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { OllamaServer } from '../../servers/ollama.ts';
import { showFile, until } from '../editor.ts';
import { startOllamaHere } from '../outside.ts';

const source = `export function clampTo(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
`;

/** Worker threads of this host, from Node's own report; whether they keep it alive or not. */
function workers(): number {
  // It would look up the name of every peer.
  Object.assign(process.report, { excludeNetwork: true });
  const { workers } = process.report.getReport() as { readonly workers?: readonly object[] };
  return workers?.length ?? 0;
}

describe('When VS Code takes Maia down', () => {
  let ollama: OllamaServer;
  before(async () => {
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  after(() => ollama.close());

  it('an answer that streams and one that is held end within two seconds, and so do the workers', async () => {
    const extension = vscode.extensions.getExtension('maia.maia');
    if (!extension) throw new Error('The VSIX is not installed.');
    // The very module that VS Code has loaded: deactivate() of another copy would end nothing.
    const main = join(extension.extensionPath, extension.packageJSON.main);
    const loaded = createRequire(main).cache[main]?.exports as { deactivate(): Promise<void> } | undefined;
    assert.ok(loaded, 'VS Code has not loaded Maia from there');

    ollama.hold('token', { afterTokens: 3 });
    ollama.hold('arrival');
    await showFile('src/clampTo.ts', source, 'return Math');
    const asking = vscode.commands.executeCommand('workbench.action.chat.open', {
      query: '@maia /explain',
      mode: 'ask',
      modelSelector: { vendor: 'maia', id: 'auto' },
      blockOnResponse: true,
    });
    const streaming = await ollama.arrivals.waitFor('/api/chat');
    const documenting = vscode.commands.executeCommand('maia.document');
    const held = await ollama.arrivals.waitFor('/api/chat', 2);
    const busy = workers();

    assert.ok(busy >= 3, `${busy} workers`);
    const told = performance.now();
    await loaded.deactivate();
    const took = performance.now() - told;
    assert.ok(took < 2_000, `${took} ms`);
    await Promise.all([ollama.arrivals.ended(streaming), ollama.arrivals.ended(held)]);
    for (const { closedAt } of [streaming, held])
      assert.ok(closedAt !== undefined && closedAt - told < 2_000, `closed after ${closedAt} ms`);
    await Promise.all([asking, documenting]);
    // Those of the ledger, the secret scan and the syntax trees.
    await until(() => busy - workers() >= 3 || undefined, `three of ${busy} workers end`);
  });
});
