import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('A hostile workspace that the user trusts', () => {
  it('is trusted, and still cannot move the hosts or the prices', () => {
    assert.equal(vscode.workspace.isTrusted, true);
    const maia = vscode.workspace.getConfiguration('maia');
    assert.notEqual(maia.get('ollama.host'), 'http://127.0.0.1:9');
    assert.notEqual(maia.get('claude.baseUrl'), 'http://127.0.0.1:9');
    assert.deepEqual(maia.get('privacy.trustedHosts'), []);
    assert.deepEqual(maia.get('savings.prices'), {});
  });
});
