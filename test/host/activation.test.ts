import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('Activation', () => {
  it('Maia activates by itself once VS Code has started', async function () {
    this.timeout(20_000);
    const maia = vscode.extensions.getExtension('maia.maia');
    assert.ok(maia, 'the extension is not there');
    const until = Date.now() + 15_000;
    while (!maia.isActive && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(maia.isActive, true);
  });

  it('every command of the manifest is registered', async () => {
    const maia = vscode.extensions.getExtension('maia.maia');
    await maia?.activate();
    const declared: { command: string }[] = maia?.packageJSON.contributes.commands;
    assert.ok(declared.length > 0);
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = declared.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
