import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('Maia from its VSIX, in Restricted Mode', () => {
  it('activates, and knows that the workspace is not trusted', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const maia = vscode.extensions.getExtension('maia.maia');
    assert.ok(maia, 'the VSIX is not installed');
    await maia.activate();
    assert.equal(maia.isActive, true);
    assert.match(maia.extensionPath, /extensions[\\/]maia\.maia-/, 'the checkout runs, not the VSIX');
  });

  it('is given none of the workspace’s values for what opens a connection', () => {
    const maia = vscode.workspace.getConfiguration('maia');
    assert.notEqual(maia.get('ollama.host'), 'http://127.0.0.1:9');
    assert.notEqual(maia.get('claude.baseUrl'), 'http://127.0.0.1:9');
    assert.deepEqual(maia.get('privacy.trustedHosts'), []);
    assert.deepEqual(maia.get('savings.prices'), {});
  });
});
