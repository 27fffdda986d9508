import assert from 'node:assert/strict';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { OllamaServer } from '../servers/ollama.ts';
import { closeEverything, showFile, shownProposal, until, workspacePath } from './editor.ts';
import { attemptRows } from './ledgerRows.ts';
import { startOllamaHere } from './outside.ts';
import { withPressed, withTyped } from './user.ts';

const fenced = (text: string) => `\`\`\`ts\n${text}\n\`\`\``;

describe('Types after Accept', () => {
  const source = `export function lengthOf(text: string): number {
  return text.length;
}

export const known: number = lengthOf('text');
`;
  let ollama: OllamaServer;
  let says = '';
  before(async () => {
    ollama = await startOllamaHere({ models: ['codellama:13b'], says: () => says });
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  after(async () => {
    await closeEverything();
    await ollama.close();
  });

  async function accepted(name: string, answer: string, press: readonly string[]) {
    says = fenced(answer);
    const { document } = await showFile(`sample/src/${name}.ts`, source, 'return');
    await withTyped(['make it better'], () => vscode.commands.executeCommand('maia.edit'));
    await shownProposal();
    const said: string[] = [];
    await withPressed(
      press,
      async () => {
        await vscode.commands.executeCommand('maia.acceptProposal');
        if (press.length > 0)
          await until(() => said.find((one) => one.includes('after this change')), 'new errors are told');
        else await new Promise((resolve) => setTimeout(resolve, 4_000));
      },
      said,
    );
    return { document, said: said.filter((one) => one.includes('after this change')) };
  }

  const wrong = 'export function lengthOf(text: string): number {\n  return text.size;\n}';

  it('a change that brings an error says so, and one click brings the text back', async () => {
    const { document, said } = await accepted('lengthOf', wrong, ['Undo']);
    assert.deepEqual(said, [
      "1 new error in lengthOf.ts after this change, line 2: Property 'size' does not exist on type 'string'.",
    ]);
    await until(() => (document.getText() === source ? true : undefined), 'the text is back');
    const [last] = attemptRows().slice(-1);
    assert.equal(last?.verdict, 'failed');
    await closeEverything();
  });

  it('kept, the change stays', async () => {
    const { document, said } = await accepted('kept', wrong, ['Keep']);
    assert.equal(said.length, 1);
    assert.match(document.getText(), /text\.size/);
    await closeEverything();
  });

  it('a change without new errors says nothing', async () => {
    const { document, said } = await accepted(
      'better',
      'export function lengthOf(text: string): number {\n  return [...text].length;\n}',
      [],
    );
    assert.deepEqual(said, []);
    assert.match(document.getText(), /\[\.\.\.text\]/);
    assert.equal(attemptRows().at(-1)?.verdict, 'passed');
    await closeEverything();
  });
});

describe("Types by the project's own compiler", () => {
  const source = `export function label(count: number): string {
  return count;
}
`;
  const line = new vscode.Range(1, 2, 1, 15);
  let ollama: OllamaServer;
  const answers: string[] = [];
  let asked = 0;
  before(async () => {
    ollama = await startOllamaHere({
      models: ['codellama:13b'],
      says: () => {
        asked += 1;
        return answers.length > 1 ? answers.shift() : answers[0];
      },
    });
    await vscode.commands.executeCommand('maia.checkAgain');
    const own = vscode.extensions.getExtension('maia.maia')?.extensionPath ?? '';
    await mkdir(workspacePath('typed', 'node_modules'), { recursive: true });
    await symlink(
      join(own, 'node_modules', 'typescript'),
      workspacePath('typed', 'node_modules', 'typescript'),
      'junction',
    );
    const compilerOptions = { strict: true, noEmit: true, types: [], target: 'es2022', module: 'nodenext' };
    await writeFile(workspacePath('typed', 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  });
  after(async () => {
    await closeEverything();
    await ollama.close();
    await rm(workspacePath('typed'), { recursive: true });
  });

  async function fixed(...given: readonly string[]) {
    answers.splice(0, answers.length, ...given.map(fenced));
    asked = 0;
    const { document } = await showFile('typed/label.ts', source, 'return');
    const problem = new vscode.Diagnostic(line, "Type 'number' is not assignable to type 'string'.");
    await vscode.commands.executeCommand('maia.fix', document.uri, new vscode.Range(line.start, line.start), [
      problem,
    ]);
    return { ...(await shownProposal()), document };
  }

  const worse = 'export function label(count: number): string {\n  const text = count;\n  return text;\n}';
  const right = 'export function label(count: number): string {\n  return String(count);\n}';

  it('a fix that leaves its error is mended before it is shown', async () => {
    const { tab, after, document } = await fixed(worse, right);
    assert.equal(tab.label, 'label.ts (Maia, checked)', JSON.stringify(attemptRows().slice(-2)));
    assert.match(after, /String\(count\)/);
    assert.equal(asked, 2);
    assert.equal(document.getText(), source);
    assert.deepEqual(
      attemptRows()
        .slice(-2)
        .map(({ verdict, findings }) => [verdict, findings]),
      [
        ['failed', ['diagnosticStays']],
        ['passed', ['parses', 'typesAgree', 'diagnosticGone']],
      ],
    );
    await vscode.commands.executeCommand('maia.rejectProposal');
    await closeEverything();
  });

  it('a fix that never mends it is shown as what it is, and not applied', async () => {
    const { tab, document } = await fixed(worse);
    assert.match(tab.label, /check failed/);
    assert.equal(asked, 2);
    assert.equal(document.getText(), source);
    await vscode.commands.executeCommand('maia.rejectProposal');
    await closeEverything();
  });
});
