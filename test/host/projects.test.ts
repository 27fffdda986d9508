import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { startCode } from '../../src/code/client.ts';
import type { Code, CodeResult, TestCase } from '../../src/code/code.ts';
import { bundledPaths } from '../../src/code/paths.ts';
import type { OllamaServer } from '../servers/ollama.ts';
import { closeEverything, showAt, shownProposal, workspacePath } from './editor.ts';
import { type Case, cases } from './frameworks.ts';
import { startOllamaHere } from './outside.ts';
import { runIn, runners } from './runners.ts';

const never = new AbortController().signal;

function read<T>(result: CodeResult<T>): T {
  if (!result.ok) throw new Error(`The code could not be read: ${result.problem}.`);
  return result.value;
}

/** What the file of tests held before, where there was one. */
async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

describe('The three commands over a project of each framework', () => {
  let ollama: OllamaServer;
  let code: Code;
  before(async () => {
    const maia = vscode.extensions.getExtension('maia.maia');
    assert.ok(maia);
    code = startCode(bundledPaths(new URL(`${pathToFileURL(maia.extensionPath).href}/dist/`)));
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
  });
  afterEach(closeEverything);
  after(async () => {
    await Promise.all([ollama.close(), code.dispose()]);
  });

  const pathOf = ({ project, file }: Case) => workspacePath(project, ...file.split('/'));

  async function testCases(languageId: string, text: string): Promise<readonly TestCase[]> {
    return read(await code.testCases({ languageId, text }, never));
  }

  for (const one of cases) {
    const { project, file, at, name, there } = one;

    it(`${project}: Generate Tests of ${name} ${there ? 'adds to' : 'makes'} ${one.tests}`, async () => {
      const source = await readFile(pathOf(one), 'utf8');
      const place = workspacePath(project, ...one.tests.split('/'));
      const before = await textOf(place);
      assert.equal(before !== undefined, there);
      await showAt(pathOf(one), at);
      await vscode.commands.executeCommand('maia.generateTests');
      const { after, tab } = await shownProposal();
      assert.match(tab.label, /\(Maia, checked\)$/);
      assert.equal(await textOf(place), before, 'it was written before it was accepted');
      await vscode.commands.executeCommand('maia.acceptProposal');
      const document = await vscode.workspace.openTextDocument(place);
      assert.equal(document.getText(), after);
      await document.save();

      const { languageId } = document;
      const parsed = read(await code.parse({ languageId, text: after }, never));
      assert.deepEqual(parsed.errorLines, [], after);
      const tests = await testCases(languageId, after);
      const old = before === undefined ? [] : await testCases(languageId, before);
      assert.ok(tests.length > old.length, after);
      assert.ok(tests.every((test) => test.asserts));
      assert.ok(read(await code.calledNames({ languageId, text: after }, never)).includes(name), after);
      for (const { span } of old)
        assert.ok(after.includes(before?.slice(span.start, span.end) ?? ''), 'an old test is not as it was');
      const kept = await readFile(pathOf(one), 'utf8');
      // Rust's tests may stand in the file itself: what is before them stays.
      if (one.tests === file) assert.ok(kept.startsWith(source.split('#[cfg(test)]')[0] ?? source), kept);
      else assert.equal(kept, source);
      const beside = vscode.window.visibleTextEditors.filter(
        (editor) => editor.document.uri.scheme === 'file',
      );
      assert.deepEqual(
        new Set(beside.map(({ document: shown }) => shown.fileName)),
        new Set([pathOf(one), place]),
      );
    });

    it(`${project}: Document Function puts a comment on ${name} in ${file}, and the program stays the same`, async () => {
      const { document } = await showAt(pathOf(one), at);
      const before = document.getText();
      const { languageId } = document;
      await vscode.commands.executeCommand('maia.document');
      await shownProposal();
      await vscode.commands.executeCommand('maia.acceptProposal');
      const after = document.getText();
      assert.notEqual(after, before);
      const same = await code.sameProgram({ languageId, text: before }, { languageId, text: after }, never);
      assert.deepEqual(read(same), { same: true, line: 0 }, after);
      const units = read(await code.units({ languageId, text: after }, never));
      const documented = units.find((unit) => unit.name === name && unit.kind !== 'class');
      assert.ok(documented?.doc, after);
      const others = read(await code.units({ languageId, text: before }, never));
      for (const unit of others.filter((other) => other.name !== name))
        assert.equal(
          Boolean(units.find((now) => now.name === unit.name && now.kind === unit.kind)?.doc),
          Boolean(unit.doc),
          `${unit.name} was not asked about`,
        );
      await writeFile(pathOf(one), before);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
  }

  for (const one of cases.filter(({ there }) => !there)) {
    it(`${one.project}: Explain sends ${one.name} to the local model, and no file changes`, async () => {
      const { document } = await showAt(pathOf(one), one.at);
      const text = document.getText();
      const nth = ollama.arrivals.to('/api/chat').length + 1;
      await vscode.commands.executeCommand('maia.explain');
      const arrival = await ollama.arrivals.waitFor('/api/chat', nth);
      await ollama.arrivals.ended(arrival);
      assert.ok(JSON.stringify(arrival.json()).includes(JSON.stringify(one.at).slice(1, -1)));
      assert.equal(document.getText(), text);
      assert.equal(document.isDirty, false);
    });
  }

  for (const runner of runners) {
    it(`${runner.project}: the project's own runner is green with the new tests in it`, async function () {
      this.timeout(150_000);
      if ((await runIn(workspacePath(), runner.program, runner.probe)).code !== 0) return this.skip();
      const { code: ended, output } = await runIn(workspacePath(runner.project), runner.program, runner.args);
      if (ended !== 0 && runner.unable?.test(output)) return this.skip();
      assert.equal(ended, 0, output);
    });
  }

  it('no test, no comment and no explanation came from anywhere but the local model', () => {
    const paths = new Set(ollama.arrivals.list.map(({ path }) => path));
    assert.ok(paths.has('/api/chat'));
    const least = cases.length * 2;
    assert.ok(ollama.arrivals.to('/api/chat').length >= least);
  });
});
