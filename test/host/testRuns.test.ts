import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { findSandbox } from '../../src/platform/node/sandbox/findSandbox.ts';
import type { OllamaServer } from '../servers/ollama.ts';
import { closeEverything, showAt, shownProposal, until, workspacePath } from './editor.ts';
import { attemptRows } from './ledgerRows.ts';
import { startOllamaHere } from './outside.ts';
import { withPressed } from './user.ts';

const question = /May Maia run generated tests .*node.* --test/;

/** As the project was before another suite's tests were accepted. */
async function withoutTests(): Promise<void> {
  await rm(workspacePath('node-test', 'test', 'clamp.test.js'), { force: true });
}

describe('Running generated tests', () => {
  let ollama: OllamaServer;
  before(async () => {
    await withoutTests();
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
    await vscode.commands.executeCommand('maia.forgetTestRuns');
  });
  afterEach(closeEverything);
  after(async () => {
    await setTo(undefined);
    await vscode.commands.executeCommand('maia.forgetTestRuns');
    await ollama.close();
  });

  async function setTo(value: boolean | undefined): Promise<void> {
    await vscode.workspace
      .getConfiguration('maia')
      .update('verify.runTests', value, vscode.ConfigurationTarget.Global);
  }

  /** What Maia asked while tests were generated; waits for a question where one is due. */
  async function asked(button: string | undefined, due: boolean): Promise<readonly string[]> {
    await showAt(workspacePath('node-test', 'src', 'clamp.js'), 'function clamp');
    const said: string[] = [];
    await withPressed(
      button === undefined ? [] : [button],
      async () => {
        await vscode.commands.executeCommand('maia.generateTests');
        if (due) await until(() => said.find((text) => question.test(text)), 'Maia asks');
      },
      said,
    );
    await shownProposal();
    await vscode.commands.executeCommand('maia.rejectProposal');
    return said.filter((text) => question.test(text));
  }

  it('is never asked about while the setting is off', async () => {
    assert.deepEqual(await asked('Run Tests', false), []);
  });

  it('is asked once for a workspace, with the command, and the answer is remembered', async () => {
    await setTo(true);
    const first = await asked('Run Tests', true);
    assert.equal(first.length, 1);
    assert.deepEqual(await asked('Run Tests', false), []);
    const sandbox = await findSandbox();
    const findings = attemptRows().at(-1)?.findings ?? [];
    const ran = findings.some((code) =>
      ['testsPass', 'testFails', 'suspectedBug', 'testBroken', 'noticesNothing'].includes(code),
    );
    assert.equal(ran, sandbox.kind !== 'none', findings.join(' '));
  });

  it('is asked again once that was forgotten, and a no holds as well', async () => {
    await vscode.commands.executeCommand('maia.forgetTestRuns');
    assert.equal((await asked('Never in This Workspace', true)).length, 1);
    assert.deepEqual(await asked('Run Tests', false), []);
  });

  it('is not asked about once the setting is off again, whatever was forgotten', async () => {
    await setTo(false);
    await vscode.commands.executeCommand('maia.forgetTestRuns');
    assert.deepEqual(await asked('Run Tests', false), []);
  });
});

const good = `\`\`\`js
it('holds a value between', () => { assert.equal(clamp(5, 1, 3), 3); });
it('raises one below', () => { assert.equal(clamp(-5, 1, 3), 1); });
it('leaves one between', () => { assert.equal(clamp(2, 1, 3), 2); });
\`\`\``;

describe('Tests that the developer has read', () => {
  let ollama: OllamaServer;
  before(async () => {
    await withoutTests();
    ollama = await startOllamaHere({
      says: ({ turns }) => (/clamp/.test(turns.at(-1)?.text ?? '') ? good : undefined),
    });
    await vscode.commands.executeCommand('maia.checkAgain');
    await vscode.commands.executeCommand('maia.forgetTestRuns');
    await vscode.workspace
      .getConfiguration('maia')
      .update('verify.runTests', true, vscode.ConfigurationTarget.Global);
  });
  afterEach(closeEverything);
  after(async () => {
    await vscode.workspace
      .getConfiguration('maia')
      .update('verify.runTests', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('maia.forgetTestRuns');
    await ollama.close();
  });

  it('run by their button, and what came of them is said where they are accepted', async () => {
    await showAt(workspacePath('node-test', 'src', 'clamp.js'), 'function clamp');
    const said: string[] = [];
    const { value } = await withPressed(
      [],
      async () => {
        await vscode.commands.executeCommand('maia.generateTests');
        const shown = await shownProposal();
        await until(() => said.find((text) => /nobody has allowed it/.test(text)), 'they were not run');
        await vscode.commands.executeCommand('maia.runGeneratedTests');
        await until(() => said.find((text) => /tests pass/.test(text)), 'they were run');
        return shown;
      },
      said,
    );
    // With faults in it the function is a text that nobody has read: that runs only where such runs are allowed.
    assert.equal(said.at(-1), 'Maia would create clamp.test.js. Its check passed. All 3 tests pass.');
    assert.match(value.after, /holds a value between/);
    await vscode.commands.executeCommand('maia.rejectProposal');
  });
});
