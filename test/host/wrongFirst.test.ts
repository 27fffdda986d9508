import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Prompt } from '../servers/answers/prompt.ts';
import type { AnthropicServer } from '../servers/anthropic.ts';
import type { OllamaServer } from '../servers/ollama.ts';
import { closeEverything, showAt, until, workspacePath } from './editor.ts';
import { type AttemptRow, attemptRows, ledgerRows } from './ledgerRows.ts';
import { startClaudeHere, startOllamaHere } from './outside.ts';
import { withPressed, withTyped } from './user.ts';
import { answers, lapTime, unrepairable, type WritingTask, type Wrong } from './wrongAnswers.ts';

const tasks = Object.keys(answers) as WritingTask[];
/** Each run has a folder of its own: what VS Code remembers of a file is no part of the next. */
let run = 0;
const place = (name: string) => workspacePath('vitest', 'src', `lap${run}`, name);
const sourceFile = () => place('lapTime.ts');
const testFile = () => place('lapTime.test.ts');

/** What is in front after a command: a diff to accept, or a sentence alone. */
interface Shown {
  readonly label?: string;
  readonly said: readonly string[];
}

async function textAt(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

function isProposal(): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'maia-proposal';
}

describe('A local model that answers wrongly first', () => {
  let ollama: OllamaServer;
  let claude: AnthropicServer;
  /** What the local model says to the next questions about the function; the last one again and again. */
  let script: readonly string[] = [];
  let said = 0;
  let fromClaude = '';
  /** Requests that were there before the last command. */
  let known: ReadonlySet<string> = new Set();
  const rightFiles = new Map<WritingTask, readonly (string | undefined)[]>();

  const isOurs = ({ turns }: Prompt) => turns.some(({ text }) => text.includes('lapTime'));

  before(async () => {
    ollama = await startOllamaHere({
      models: ['qwen2.5-coder:7b'],
      says: (prompt) => (isOurs(prompt) ? (script[Math.min(said++, script.length - 1)] ?? '') : undefined),
    });
    claude = await startClaudeHere({ says: (prompt) => (isOurs(prompt) ? fromClaude : undefined) });
    await vscode.commands.executeCommand('maia.checkAgain');
    const local = Object.fromEntries(tasks.map((task) => [task, 'local']));
    await set('tasks', local);
  });
  afterEach(async () => {
    await closeEverything();
    await rm(place('.'), { recursive: true, force: true });
  });
  after(async () => {
    await set('tasks', undefined);
    await Promise.all([ollama.close(), claude.close()]);
  });

  async function set(name: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration('maia').update(name, value, vscode.ConfigurationTarget.Global);
  }

  /** Runs the task's command to its end. */
  async function commandOn(task: WritingTask, local: readonly string[]): Promise<Shown> {
    script = local;
    said = 0;
    run += 1;
    known = new Set(ledgerRows().map(({ id }) => id));
    await mkdir(place('.'));
    await writeFile(sourceFile(), lapTime);
    const { editor, document } = await showAt(sourceFile(), 'return hours');
    if (task === 'generate') {
      const end = document.positionAt(lapTime.length);
      editor.selection = new vscode.Selection(end, end);
    }
    const { command, typed } = answers[task];
    const sentences: string[] = [];
    await withPressed(
      [],
      async () => {
        await withTyped(typed, () => vscode.commands.executeCommand(command));
        // A sentence is put into words after the command has ended.
        for (let looks = 0; looks < 80 && !isProposal() && sentences.length === 0; looks += 1)
          await new Promise((resolve) => setTimeout(resolve, 25));
      },
      sentences,
    );
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return { said: sentences, ...(tab && isProposal() ? { label: tab.label } : {}) };
  }

  /** Accepts what is in front; gives the source and the test file as they are then. */
  async function accepted(): Promise<readonly (string | undefined)[]> {
    const { said: sentences } = await withPressed([], async () => {
      const done = await vscode.commands.executeCommand('maia.acceptProposal');
      if (done === false) await new Promise((resolve) => setTimeout(resolve, 500));
    });
    await vscode.workspace.saveAll(false);
    if ((await textAt(sourceFile())) === lapTime && (await textAt(testFile())) === undefined)
      assert.fail(`nothing was applied: ${sentences.join(' ')}`);
    return [await textAt(sourceFile()), await textAt(testFile())];
  }

  async function nothingChanged(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(sourceFile());
    assert.equal(document.getText(), lapTime);
    assert.equal(document.isDirty, false);
    assert.equal(await textAt(sourceFile()), lapTime);
    assert.equal(await textAt(testFile()), undefined);
  }

  /** The attempts of the request that came last, once its end stands in the ledger. */
  async function lastAttempts(task: WritingTask): Promise<readonly AttemptRow[]> {
    const last = await until(() => {
      const row = ledgerRows().find(({ id }) => !known.has(id));
      return row && row.ended !== null && row.attemptsEnded === row.attempts ? row : undefined;
    }, 'the request has its end in the ledger');
    assert.equal(last.task, task);
    return attemptRows(last.id);
  }

  const brief = (rows: readonly AttemptRow[]) => rows.map(({ route, verdict }) => `${route} ${verdict}`);

  /** How an attempt with this fault stands in the ledger: what runs in circles is ended before it is checked. */
  const briefly = ({ finding }: Wrong) => (finding === 'repeats' ? 'local null' : 'local failed');

  function wrongRow(row: AttemptRow | undefined, { finding }: Wrong): void {
    if (finding === 'repeats') assert.equal(row?.ended, 'failed');
    else assert.ok(row?.findings.includes(finding), `${finding} is not in ${JSON.stringify(row)}`);
    assert.equal(row?.paid, 0);
  }

  for (const task of tasks)
    describe(`at ${task}`, () => {
      const { right, wrong } = answers[task];

      it('is believed where it answers rightly, talk around the code or not', async () => {
        const talk = `Sure! Here is what you asked for:\n\n${right}\n\nLet me know if you need anything else.`;
        for (const answer of [right, talk]) {
          const { label, said: sentences } = await commandOn(task, [answer]);
          assert.match(label ?? '', /\(Maia, checked\)$/, sentences.join(' '));
          assert.deepEqual(brief(await lastAttempts(task)), ['local passed']);
          const files = await accepted();
          assert.deepEqual(rightFiles.get(task) ?? files, files);
          rightFiles.set(task, files);
          assert.notDeepEqual(files, [lapTime, undefined]);
          await closeEverything();
          await rm(place('.'), { recursive: true });
        }
      });

      for (const one of wrong) {
        const mends = !unrepairable.has(one.finding);

        if (mends)
          it(`with ${one.kind} is told what was found, and its second answer alone reaches the file`, async () => {
            const asked = ollama.arrivals.to('/api/chat').length;
            const { label } = await commandOn(task, [one.answer, right]);
            assert.match(label ?? '', /\(Maia, checked\)$/);
            const rows = await lastAttempts(task);
            assert.deepEqual(brief(rows), ['local failed', 'local passed']);
            assert.deepEqual(await accepted(), rightFiles.get(task));
            wrongRow(rows[0], one);
            const ours = ollama.arrivals
              .to('/api/chat')
              .slice(asked)
              .map((arrival) => JSON.stringify(arrival.json().messages))
              .filter((text) => text.includes('lapTime'));
            assert.equal(ours.length, 2);
            assert.match(ours[1] ?? '', /A tool checked your answer and found this/);
          });

        it(`with ${one.kind} and nobody else to ask leaves its attempt marked, and no file changes`, async () => {
          const { label, said: sentences } = await commandOn(task, [one.answer]);
          if (label === undefined) assert.ok(sentences.join(' ').length > 20, 'nothing was said');
          else assert.match(label, /\(Maia, unchecked: its check failed\)$/);
          await nothingChanged();
          const rows = await lastAttempts(task);
          assert.deepEqual(brief(rows), mends ? ['local failed', 'local failed'] : [briefly(one)]);
          for (const row of rows) wrongRow(row, one);
          if (label !== undefined) {
            await withPressed([], () => vscode.commands.executeCommand('maia.acceptProposal'));
            await nothingChanged();
            await vscode.commands.executeCommand('maia.rejectProposal');
          }
          await nothingChanged();
        });
      }
    });

  describe('with Claude to ask', () => {
    before(async () => {
      await withPressed([], () =>
        withTyped([claude.key], () => vscode.commands.executeCommand('maia.setClaudeKey')),
      );
    });
    after(async () => {
      await withPressed(['Remove'], () => vscode.commands.executeCommand('maia.removeClaudeKey'));
    });

    for (const task of tasks)
      for (const one of answers[task].wrong)
        it(`at ${task} with ${one.kind} leads to Claude's answer, and the file shows only that`, async () => {
          fromClaude = answers[task].right;
          const mends = !unrepairable.has(one.finding);
          const { label, said: sentences } = await commandOn(task, [one.answer]);
          assert.match(label ?? '', /\(Maia, checked\)$/, sentences.join(' '));
          const rows = await lastAttempts(task);
          const failed = mends ? ['local failed', 'local failed'] : [briefly(one)];
          assert.deepEqual(brief(rows), [...failed, 'claude passed']);
          for (const row of rows.slice(0, -1)) wrongRow(row, one);
          assert.ok((rows.at(-1)?.paid ?? 0) > 0, "Claude's answer has its price");
          assert.deepEqual(await accepted(), rightFiles.get(task));
        });
  });
});
