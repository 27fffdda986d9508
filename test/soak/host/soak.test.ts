import { readFile, rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { closeEverything, workspacePath } from '../../host/editor.ts';
import { report } from '../../host/report.ts';
import { withPressed, withTyped } from '../../host/user.ts';
import type { Ended, Tried, Try } from '../try.ts';
import { type SoakProxy, startSoakProxy } from './proxy.ts';

const commands: Readonly<Record<Try['task'], string>> = {
  document: 'maia.document',
  tests: 'maia.generateTests',
  explain: 'maia.explain',
  edit: 'maia.edit',
  fix: 'maia.fix',
  refactor: 'maia.refactor',
};
/** What is typed where a command asks for words. */
const words = 'Make this easier to read.';
/** Milliseconds that one try may take. */
const patience = 150_000;

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this suite is run by \`npm run soak:edits\`.`);
  return value;
}

async function textAt(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

interface Offered {
  readonly checked: boolean;
  /** The file that it would change or make. */
  readonly path: string;
}

/** The proposal in front; none: the command ended without one. */
function offered(): Offered | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  if (!(tab?.input instanceof vscode.TabInputTextDiff)) return undefined;
  const { modified } = tab.input;
  if (modified.scheme !== 'maia-proposal') return undefined;
  return { checked: tab.label.endsWith('(Maia, checked)'), path: vscode.Uri.file(modified.path).fsPath };
}

describe('The commands over real code', () => {
  let proxy: SoakProxy;
  before(async () => {
    await vscode.workspace
      .getConfiguration('chat')
      .update('disableAIFeatures', true, vscode.ConfigurationTarget.Global);
    const port = Number(given('MAIA_TEST_OLLAMA_PORT'));
    proxy = await startSoakProxy(port, given('MAIA_TEST_OLLAMA'), given('MAIA_SOAK_MODEL'));
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  after(async () => {
    await closeEverything();
    await proxy.close();
  });

  it('apply nothing that is broken', async function () {
    this.timeout(0);
    const tries = JSON.parse(await readFile(given('MAIA_SOAK_PLAN'), 'utf8')) as Try[];
    const until = Number(given('MAIA_SOAK_UNTIL'));
    for (const one of tries) {
      if (Date.now() > until) break;
      report({ event: 'tried', ...(await tried(one)) });
    }
  });

  async function tried(one: Try): Promise<Tried> {
    const file = workspacePath(...one.file.split('/'));
    const before = await textAt(file);
    await writeFile(file, one.text);
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    // VS Code may still have the text of an earlier try on the same file.
    if (document.getText() !== one.text) {
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      await editor.edit((edit) => edit.replace(whole, one.text));
      await document.save();
    }
    const cursor = document.positionAt(one.at);
    editor.selection = new vscode.Selection(cursor, cursor);
    proxy.feed(one.fed);
    const began = performance.now();
    const work = withPressed([], () =>
      withTyped([words, words], () => vscode.commands.executeCommand(commands[one.task])),
    ).then(({ said }) => said);
    const slow = new Promise<'stuck'>((resolve) => setTimeout(() => resolve('stuck'), patience).unref());
    const ended = await Promise.race([work, slow]);
    const result: Settled = ended === 'stuck' ? { ended } : await settled(one, file);
    const said = ended === 'stuck' ? undefined : ended.at(-1);
    const ms = Math.round(performance.now() - began);
    const touched = await touchedBy(one, file, result);
    await closeEverything();
    if (before !== undefined) await writeFile(file, before);
    if (result.path !== undefined && result.path !== file) {
      if (result.before === undefined) await rm(result.path, { force: true });
      else await writeFile(result.path, result.before);
    }
    const path = result.path && vscode.workspace.asRelativePath(result.path, false);
    return { nth: one.nth, ms, touched, said, ...result, path };
  }

  /** Accepts what was checked and nothing else; saves it, as its reader would. */
  async function settled(one: Try, file: string): Promise<Settled> {
    const proposal = offered();
    if (!proposal) return { ended: one.task === 'explain' ? 'read' : 'refused' };
    if (!proposal.checked) {
      await vscode.commands.executeCommand('maia.rejectProposal');
      return { ended: 'unchecked' };
    }
    const before = proposal.path === file ? one.text : await textAt(proposal.path);
    const { said } = await withPressed([], async () => {
      const done = await vscode.commands.executeCommand('maia.acceptProposal');
      // Why not is put into words after the command has ended.
      if (done === false) await new Promise((resolve) => setTimeout(resolve, 500));
    });
    const document = await vscode.workspace.openTextDocument(proposal.path);
    await document.save();
    const after = await textAt(proposal.path);
    if (after === before) return { ended: 'notApplied', said: said.join(' ') };
    return { ended: 'applied', path: proposal.path, before, after };
  }

  async function touchedBy(one: Try, file: string, { path }: Settled): Promise<string[]> {
    if (path === file) return [];
    const document = vscode.workspace.textDocuments.find((other) => other.fileName === file);
    const same = (await textAt(file)) === one.text && (document?.getText() ?? one.text) === one.text;
    return same ? [] : [one.file];
  }
});

interface Settled {
  readonly ended: Ended;
  readonly said?: string;
  readonly path?: string;
  readonly before?: string;
  readonly after?: string;
}
