import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { OllamaServer } from '../servers/ollama.ts';
import { ask } from './ask.ts';
import { closeEverything, showFile, shownProposal } from './editor.ts';
import { startOllamaHere } from './outside.ts';
import { withPressed, withTyped } from './user.ts';

const source = `export function widthOf(text: string, gap: number): number {
  const wide = text.length + gap;
  return wide;
}
`;

/** What the model was asked last, by a word that it was asked with. */
function asked(ollama: OllamaServer, word: string): string {
  const sent = ollama.arrivals
    .to('/api/chat')
    .map((arrival) => JSON.stringify(arrival.json()))
    .findLast((body) => body.includes(word));
  assert.ok(sent, `nothing was asked with ${word}`);
  return sent;
}

async function actionsAt(document: vscode.TextDocument, at: string): Promise<readonly vscode.CodeAction[]> {
  const position = document.positionAt(document.getText().indexOf(at));
  const found = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(position, position),
  );
  return found.filter(({ title }) => title.includes('Maia'));
}

/** The offers at a place once the engine has read what the file declares and what the tests name. */
async function offered(document: vscode.TextDocument, at: string, title: string): Promise<readonly string[]> {
  const end = Date.now() + 20_000;
  for (;;) {
    const titles = (await actionsAt(document, at)).map((one) => one.title);
    if (titles.some((one) => one.includes(title))) return titles;
    assert.ok(Date.now() < end, `In 20 s ${title} was not offered: ${titles.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('Edit, Refactor, Fix and Generate Code Here', () => {
  let ollama: OllamaServer;
  before(async () => {
    ollama = await startOllamaHere({ models: ['codellama:13b'] });
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  after(async () => {
    await closeEverything();
    await ollama.close();
  });

  it('an edit of a selection is a diff, one edit when accepted, and one undo', async () => {
    const { document, editor } = await showFile('sample/src/widthOf.ts', source, 'const wide');
    const line = document.lineAt(1).range;
    editor.selection = new vscode.Selection(line.start, line.end);
    await withTyped(['count the gap twice'], () => vscode.commands.executeCommand('maia.edit'));
    const { after } = await shownProposal();
    assert.match(asked(ollama, 'count the gap twice'), /The code to change/);
    assert.equal(document.getText(), source);
    assert.notEqual(after, source);
    await vscode.commands.executeCommand('maia.acceptProposal');
    assert.equal(document.getText(), after);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), source);
  });

  it('an edit asks nothing of a model where its box is dismissed, and offers the last words the next time', async () => {
    await showFile('sample/src/widthOf.ts', source, 'const wide');
    const before = ollama.arrivals.to('/api/chat').length;
    await withTyped([], () => vscode.commands.executeCommand('maia.edit'));
    assert.equal(ollama.arrivals.to('/api/chat').length, before);
    const { window } = vscode as unknown as { window: { showInputBox: unknown } };
    const own = window.showInputBox;
    let value: string | undefined;
    window.showInputBox = async (options: vscode.InputBoxOptions) => {
      value = options.value;
      return undefined;
    };
    await vscode.commands.executeCommand('maia.edit');
    window.showInputBox = own;
    assert.equal(value, 'count the gap twice');
  });

  it('a refactoring of the function at the cursor ends in a checked diff', async () => {
    await showFile('sample/src/widthOf.ts', source, 'const wide');
    await vscode.commands.executeCommand('maia.refactor');
    const { tab } = await shownProposal();
    assert.match(tab.label, /^widthOf\.ts/);
    assert.match(asked(ollama, 'easier to read'), /export function widthOf/);
    await vscode.commands.executeCommand('maia.rejectProposal');
  });

  it('new code goes to the cursor as a diff, and nothing else changes', async () => {
    const { document, editor } = await showFile('sample/src/widthOf.ts', source, 'export');
    const end = document.positionAt(source.length);
    editor.selection = new vscode.Selection(end, end);
    await withTyped(['a function that halves'], () => vscode.commands.executeCommand('maia.generate'));
    const { after } = await shownProposal();
    assert.ok(after.startsWith(source) && after.length > source.length, after);
    assert.match(asked(ollama, 'a function that halves'), /The file up to the place of the new code/);
    await vscode.commands.executeCommand('maia.acceptProposal');
    assert.equal(document.getText(), after);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), source);
    await closeEverything();
  });

  it('a fix without a reported problem asks what is wrong, and may be left to the model', async () => {
    await showFile('sample/src/widthOf.ts', source, 'const wide');
    await withTyped([''], () => vscode.commands.executeCommand('maia.fix'));
    await shownProposal();
    assert.match(asked(ollama, 'Find and fix the fault'), /widthOf/);
    await vscode.commands.executeCommand('maia.rejectProposal');
    await closeEverything();
  });

  it('Fix with Maia on a diagnostic tells the model what is reported, and ends in a diff', async () => {
    const { document } = await showFile('sample/src/widthOf.ts', source, 'const wide');
    const reported = vscode.languages.createDiagnosticCollection('maia-test');
    const range = new vscode.Range(1, 8, 1, 12);
    reported.set(document.uri, [new vscode.Diagnostic(range, 'wide is measured in the wrong unit')]);
    try {
      await offered(document, 'wide', 'Fix with Maia');
      const action = (await actionsAt(document, 'wide')).find(({ title }) => title === 'Fix with Maia');
      assert.equal(action?.kind?.value, vscode.CodeActionKind.QuickFix.value);
      const { command, arguments: given = [] } = action?.command ?? {};
      assert.equal(command, 'maia.fix');
      await vscode.commands.executeCommand(command ?? '', ...(given as unknown[]));
      await shownProposal();
      assert.match(asked(ollama, 'wrong unit'), /Problem that the editor shows from `widthOf\.ts`, line 2/);
      await vscode.commands.executeCommand('maia.rejectProposal');
    } finally {
      reported.dispose();
      await closeEverything();
    }
  });
});

describe('An answer that changes nothing', () => {
  let ollama: OllamaServer;
  before(async () => {
    const line = source.split('\n')[1] ?? '';
    ollama = await startOllamaHere({
      models: ['codellama:13b'],
      says: (prompt) =>
        JSON.stringify(prompt).includes('as it was') ? `\`\`\`typescript\n${line}\n\`\`\`` : undefined,
    });
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  after(async () => {
    await closeEverything();
    await ollama.close();
  });

  it('is said, and shown as no diff', async () => {
    await closeEverything();
    const { document, editor } = await showFile('sample/src/widthOf.ts', source, 'const wide');
    const line = document.lineAt(1).range;
    editor.selection = new vscode.Selection(line.start, line.end);
    const { said } = await withPressed([], () =>
      withTyped(['as it was'], () => vscode.commands.executeCommand('maia.edit')),
    );
    assert.match(said.join('\n'), /The answer changes nothing in widthOf\.ts/);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.ok(!tabs.some(({ input }) => input instanceof vscode.TabInputTextDiff));
    assert.equal(document.getText(), source);
  });
});

describe('The lightbulb', () => {
  let ollama: OllamaServer;
  before(async () => {
    ollama = await startOllamaHere();
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  after(async () => {
    await closeEverything();
    await ollama.close();
  });

  const declared = `/** Doubles. */
export function doubled(value: number): number {
  return value * 2;
}

export function bareName(value: number): number {
  return value * 3;
}

function hidden(value: number): number {
  return value * 4;
}
`;

  it('offers a comment and tests where an exported function has none, and neither where it would not do', async () => {
    const { document } = await showFile('sample/src/declared.ts', declared, 'return');
    const bare = await offered(document, 'value * 3', 'Document bareName');
    assert.ok(bare.includes('Generate Tests for bareName with Maia'), bare.join(', '));
    const documented = await offered(document, 'value * 2', 'Generate Tests for doubled');
    assert.ok(!documented.some((title) => title.startsWith('Document')), documented.join(', '));
    const hidden = await offered(document, 'value * 4', 'Explain');
    assert.deepEqual(hidden, ['Explain with Maia', 'Edit with Maia…', 'Refactor with Maia']);
    assert.ok(![...bare, ...documented, ...hidden].some((title) => title.startsWith('Fix')));
  });

  it('offers no tests where the project tests the function already', async () => {
    const file = await vscode.workspace.findFiles('**/node-test/src/range.js');
    assert.ok(file[0]);
    const document = await vscode.workspace.openTextDocument(file[0]);
    await vscode.window.showTextDocument(document);
    const titles = await offered(document, 'return', 'Explain');
    assert.ok(!titles.some((title) => title.startsWith('Generate')), titles.join(', '));
  });

  it('is dark in a plain text, and outside of every function', async () => {
    const text = await vscode.workspace.openTextDocument({
      language: 'plaintext',
      content: 'function a() {}',
    });
    assert.deepEqual(await actionsAt(text, 'a()'), []);
    const { document } = await showFile(
      'sample/src/declaredBelow.ts',
      `const answer = 42;\n${declared}`,
      '42',
    );
    await offered(document, 'value * 3', 'Document bareName');
    assert.deepEqual(
      (await actionsAt(document, '42')).map(({ title }) => title),
      [],
    );
  });
});

describe('/fix and /review in chat', () => {
  let ollama: OllamaServer;
  before(async () => {
    ollama = await startOllamaHere({ models: ['codellama:13b'] });
    await vscode.commands.executeCommand('maia.checkAgain');
  });
  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
  });
  after(async () => {
    await closeEverything();
    await ollama.close();
  });

  it('a fix is about the function at the cursor, and can be applied', async () => {
    await showFile('sample/src/widthOf.ts', source, 'const wide');
    const { metadata } = await ask('/fix the gap is counted once too often');
    assert.equal(metadata?.answered, true);
    assert.match(asked(ollama, 'once too often'), /The code to change from `widthOf\.ts`/);
    await vscode.commands.executeCommand('maia.showProposal', metadata?.requestId);
    await shownProposal();
    await vscode.commands.executeCommand('maia.rejectProposal');
  });

  it('a review is asked for the code at the cursor', async () => {
    await showFile('sample/src/widthOf.ts', source, 'const wide');
    const { metadata } = await ask('/review');
    assert.equal(metadata?.answered, true);
    assert.match(asked(ollama, 'You review code'), /export function widthOf/);
  });
});
