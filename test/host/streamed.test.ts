import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Quality } from '../servers/answers/spoil.ts';
import type { AnthropicServer } from '../servers/anthropic.ts';
import type { OllamaServer } from '../servers/ollama.ts';
import { ask, shownInChat } from './ask.ts';
import { closeEverything, showFile, until, workspacePath } from './editor.ts';
import { ledgerRows } from './ledgerRows.ts';
import { startClaudeHere, startOllamaHere } from './outside.ts';
import { withPressed, withSavedAs, withTyped } from './user.ts';

const source = `export function sumOfSquares(numbers: number[]): number {
  return numbers.map((one) => one * one).reduce((sum, one) => sum + one, 0);
}
`;

function local(quality: Quality): Promise<OllamaServer> {
  return startOllamaHere({ models: [{ name: 'codellama:13b', quality }] });
}

async function explained(): Promise<{ readonly requestId: string; readonly shown: string }> {
  await vscode.commands.executeCommand('workbench.action.chat.newChat');
  await showFile('sample/src/sumOfSquares.ts', source, 'return numbers');
  const answer = await ask('/explain');
  assert.equal(answer.metadata?.answered, true);
  return { requestId: answer.metadata?.requestId ?? '', shown: await shownInChat() };
}

/** Failed checks teach: without this word a model would soon not be asked any more. */
async function explainAt(route: 'local' | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('maia')
    .update('tasks', route && { explain: route }, vscode.ConfigurationTarget.Global);
}

async function attemptsOf(requestId: string): Promise<number> {
  return until(
    () => ledgerRows().find((row) => row.id === requestId && row.ended !== null)?.attemptsEnded,
    'the request is in the ledger',
  );
}

describe('An answer that streams', () => {
  let ollama: OllamaServer | undefined;
  let claude: AnthropicServer;
  before(async () => {
    claude = await startClaudeHere();
    await explainAt('local');
  });
  afterEach(async () => {
    await ollama?.close();
    ollama = undefined;
  });
  after(async () => {
    await explainAt(undefined);
    await closeEverything();
    await withPressed(['Remove'], () => vscode.commands.executeCommand('maia.removeClaudeKey'));
    await claude.close();
  });

  describe('where no Claude may be asked', () => {
    before(() => withPressed(['Remove'], () => vscode.commands.executeCommand('maia.removeClaudeKey')));

    it('that names what is not in the code is shown, with one line under it that says so', async () => {
      ollama = await local('inventedName');
      await vscode.commands.executeCommand('maia.checkAgain');
      const { shown, requestId } = await explained();
      assert.match(shown, /sumOfSquares/);
      assert.match(shown, /mentions frobnicateAll, which is not in the code/);
      assert.doesNotMatch(shown, /· checked/);
      assert.equal(await attemptsOf(requestId), 1);
    });

    it('that is right says in its footer that it was checked, and in /why what', async () => {
      ollama = await local('good');
      await vscode.commands.executeCommand('maia.checkAgain');
      const { shown } = await explained();
      assert.match(shown, /· checked/);
      await ask('/why');
      assert.match(await shownInChat(), /Checked: [^\n]*names? in it exist/);
    });

    it('that refuses is shown under its finding', async () => {
      ollama = await local('refusal');
      await vscode.commands.executeCommand('maia.checkAgain');
      const { shown, requestId } = await explained();
      assert.match(shown, /I'm sorry/);
      assert.match(shown, /The model refused/);
      assert.equal(await attemptsOf(requestId), 1);
    });
  });

  describe('where Claude may be asked', () => {
    before(() =>
      withPressed([], () =>
        withTyped([claude.key], () => vscode.commands.executeCommand('maia.setClaudeKey')),
      ),
    );

    it('and refuses in its first words is never seen: Claude answers, and the ledger has both', async () => {
      ollama = await local('refusal');
      await vscode.commands.executeCommand('maia.checkAgain');
      const { shown, requestId } = await explained();
      assert.doesNotMatch(shown, /sorry/i);
      assert.match(shown, /sumOfSquares/);
      assert.match(shown, /claude-/);
      assert.equal(await attemptsOf(requestId), 2);
    });

    it('and names what is not in the code can be put to Claude by its button', async () => {
      ollama = await local('inventedName');
      await vscode.commands.executeCommand('maia.checkAgain');
      const { shown, requestId } = await explained();
      assert.match(shown, /mentions frobnicateAll/);
      const nth = claude.arrivals.to('/v1/messages').length + 1;
      await vscode.commands.executeCommand('maia.askClaudeInstead', requestId);
      await claude.arrivals.ended(await claude.arrivals.waitFor('/v1/messages', nth));
    });
  });

  describe('as a document', () => {
    it('is saved where the user says, as the model wrote it, and nowhere else', async () => {
      ollama = await local('good');
      await vscode.commands.executeCommand('maia.checkAgain');
      await vscode.commands.executeCommand('workbench.action.chat.newChat');
      const answer = await ask('Create Azure AD guide');
      const file = vscode.Uri.file(workspacePath('azure.md'));
      const save = () => vscode.commands.executeCommand('maia.saveMarkdown', answer.metadata?.requestId);
      const dismissed = await withSavedAs(undefined, save);
      assert.match(dismissed.proposed[0]?.defaultUri?.path ?? '', /\/azure-ad-a-guide\.md$/i);
      await assert.rejects(readFile(file.fsPath), /ENOENT/);
      await withSavedAs(file, save);
      const saved = await readFile(file.fsPath, 'utf8');
      assert.match(saved, /^# Azure AD[\s\S]*## When something fails/);
      assert.doesNotMatch(saved, /on this machine|maia\./);
      assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, file.fsPath);
    });

    it('that is no longer kept is said to be so, and nothing is written', async () => {
      const { said } = await withPressed([], () =>
        vscode.commands.executeCommand('maia.saveMarkdown', 'no such request'),
      );
      assert.match(said[0] ?? '', /no longer kept/);
    });
  });
});
