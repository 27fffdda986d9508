import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { OllamaServer } from '../servers/ollama.ts';
import { ask } from './ask.ts';
import { closeEverything, until, workspacePath } from './editor.ts';
import { startOllamaHere } from './outside.ts';
import { withPressed } from './user.ts';

interface GitApi {
  openRepository(root: vscode.Uri): Promise<unknown>;
  readonly repositories: readonly {
    readonly rootUri: vscode.Uri;
    readonly inputBox: { value: string };
  }[];
}

const run = promisify(execFile);
const root = () => workspacePath('repository');

async function git(...args: readonly string[]): Promise<void> {
  const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.org'];
  await run('git', [...who, ...args], { cwd: root() });
}

async function opened(folder = root()): Promise<GitApi['repositories'][number]> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  assert.ok(extension, 'this editor has no git extension');
  const api = (await extension.activate()).getAPI(1);
  await api.openRepository(vscode.Uri.file(folder));
  return until(
    () => api.repositories.find(({ rootUri }) => rootUri.fsPath === folder),
    'the repository is open',
  );
}

describe('A commit message', () => {
  let ollama: OllamaServer;
  let repository: GitApi['repositories'][number];

  before(async () => {
    await mkdir(join(root(), 'src'), { recursive: true });
    await git('init', '-q', '-b', 'main');
    for (const subject of ['feat: begin', 'fix: end', 'docs: say how', 'feat: go on', 'chore: tidy up'])
      await git('commit', '-q', '--allow-empty', '-m', subject);
    await writeFile(
      join(root(), 'src', 'halved.ts'),
      'export function halved(value: number) {\n  return value / 2;\n}\n',
    );
    await git('add', '.');
    repository = await opened();
  });
  beforeEach(async () => {
    repository.inputBox.value = '';
  });
  afterEach(async () => {
    await ollama.close();
  });
  after(async () => {
    await closeEverything();
    await rm(root(), { recursive: true, force: true });
  });

  async function start(how: { readonly quality?: 'inventedName'; readonly mends?: true } = {}) {
    ollama = await startOllamaHere({ models: [{ name: 'codellama:13b', ...how }] });
    await vscode.commands.executeCommand('maia.checkAgain');
  }

  /** As a click in the view's title does: VS Code hands the source control over. */
  const click = () => vscode.commands.executeCommand('maia.commitMessage', { rootUri: repository.rootUri });

  it("fills the repository's box in the project's own style", async () => {
    await start();
    await click();
    assert.equal(repository.inputBox.value, 'feat: add halved to halved.ts');
    const sent = JSON.stringify(ollama.arrivals.to('/api/chat').at(-1)?.json());
    assert.match(sent, /\+export function halved/);
    assert.match(sent, /chore: tidy up/);
  });

  it('that names what is not in the change is written again before it is shown', async () => {
    await start({ quality: 'inventedName', mends: true });
    await click();
    assert.equal(repository.inputBox.value, 'feat: add halved to halved.ts');
    assert.match(
      JSON.stringify(ollama.arrivals.to('/api/chat').at(-1)?.json()),
      /It names `frobnicateAll`, which is not in the change/,
    );
  });

  it('whose check fails twice stands under its finding, and goes into the box by the developer alone', async () => {
    await start({ quality: 'inventedName' });
    const left = await withPressed([], () => click());
    assert.match(left.said.join(' '), /frobnicateAll/);
    assert.equal(repository.inputBox.value, '');
    await withPressed(['Use Anyway'], () => click());
    assert.match(repository.inputBox.value, /frobnicateAll/);
  });

  it('is asked for once more where the developer wants another try', async () => {
    await start({ quality: 'inventedName' });
    await withPressed(['Retry', 'Use Anyway'], () => click());
    assert.match(repository.inputBox.value, /frobnicateAll/);
    const sent = ollama.arrivals.to('/api/chat').map((arrival) => JSON.stringify(arrival.json()));
    assert.equal(sent.filter((one) => one.includes('You write git commit messages')).length, 4);
  });

  it('is stopped by its button, and the box stays as it was', async () => {
    await start();
    const held = ollama.hold('token', { afterTokens: 1 });
    const writing = click();
    await held.reached;
    await vscode.commands.executeCommand('maia.stopCommitMessage');
    await writing;
    held.release();
    assert.equal(repository.inputBox.value, '');
  });

  it('takes what stood in the box as a hint, and can be taken back', async () => {
    await start();
    repository.inputBox.value = 'halves numbers';
    await withPressed(['Undo'], async () => {
      await click();
      await until(
        () => (repository.inputBox.value === 'halves numbers' ? true : undefined),
        'it was taken back',
      );
    });
    assert.match(JSON.stringify(ollama.arrivals.to('/api/chat').at(-1)?.json()), /halves numbers/);
  });

  it('in chat is a block with a button that puts it into the box', async () => {
    await start();
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
    await vscode.window.showTextDocument(vscode.Uri.file(join(root(), 'src', 'halved.ts')));
    const { metadata } = await ask('/commit');
    assert.equal(metadata?.answered, true);
    assert.equal(repository.inputBox.value, '');
    await vscode.commands.executeCommand('maia.useCommitMessage', metadata?.requestId);
    assert.equal(repository.inputBox.value, 'feat: add halved to halved.ts');
  });

  it('of a change with a protected file stays on this machine', async () => {
    await start();
    await writeFile(join(root(), '.env'), 'GREETING=hello\n');
    await git('add', '-f', '.env');
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
    const { metadata } = await ask('/commit');
    assert.equal(metadata?.decision?.protected, true);
    assert.equal(metadata?.decision?.route, 'local');
    await git('rm', '-q', '--cached', '.env');
    await rm(join(root(), '.env'));
  });

  it('is written for the repository whose title was clicked', async () => {
    await start();
    const other = workspacePath('otherRepository');
    await mkdir(other);
    await run('git', ['init', '-q'], { cwd: other });
    try {
      const { said } = await withPressed([], async () => {
        await vscode.commands.executeCommand('maia.commitMessage', {
          rootUri: (await opened(other)).rootUri,
        });
        await new Promise((resolve) => setTimeout(resolve, 300));
      });
      assert.deepEqual(said, ['Nothing has changed in otherRepository. Change or stage something first.']);
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });

  it('of nothing is one sentence', async () => {
    await start();
    await git('commit', '-qm', 'feat: add halved');
    const { said } = await withPressed([], async () => {
      await click();
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    assert.deepEqual(said, ['Nothing has changed in repository. Change or stage something first.']);
    assert.equal(ollama.arrivals.to('/api/chat').length, 0);
  });
});
