import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { showFile, shownProposal, until } from '../../host/editor.ts';
import { report } from '../../host/report.ts';
import { type Probe, theProbe } from './probe.ts';

const source = `export function clampTo(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
`;

/** What follows the activation, or a request, on its own is over by then, ms. */
const calm = 3_000;

const figure = (name: string, value: number): void => report({ event: 'figure', name, value });

function reportMemory(when: string, { before, memory }: Probe): void {
  const now = memory();
  figure(`rss ${when}`, now.rss - before.rss);
  figure(`heap ${when}`, now.heap - before.heap);
}

/** Does something and reports the longest time that the host's thread was not free for anything else. */
async function watched(
  name: string,
  { heartbeat }: Probe,
  work: () => Promise<unknown>,
  from = performance.now(),
): Promise<void> {
  await work();
  const { wall, computing } = heartbeat.longest(from, performance.now());
  figure(`blocked ${name}`, computing);
  figure(`late ${name}`, wall);
}

describe('The extension host at work', function () {
  this.timeout(120_000);
  const maia = vscode.extensions.getExtension('maia.maia');
  let servers: ChildProcess | undefined;
  let probe: Probe;
  before(async () => {
    probe = await theProbe();
    if (!maia) return;
    // Apart from this thread, so that it is not kept busy by what plays the models.
    const ports = [process.env.MAIA_TEST_OLLAMA_PORT ?? '', process.env.MAIA_TEST_CLAUDE_PORT ?? ''];
    const program = join(import.meta.dirname, '..', '..', 'test', 'bench', 'outside.ts');
    servers = fork(program, ports, { execArgv: [], stdio: 'ignore' });
    await once(servers, 'message');
  });
  after(() => {
    probe.end();
    servers?.kill();
  });

  it('while extensions are activated', async () => {
    await watched(
      'activation',
      probe,
      async () => {
        if (maia) await until(() => maia.isActive || undefined, 'Maia is active');
        await sleep(calm);
      },
      probe.began,
    );
    reportMemory('after activation', probe);
  });

  it('while a question is answered', async function () {
    if (!maia) this.skip();
    await vscode.commands.executeCommand('maia.checkAgain');
    await showFile('src/clampTo.ts', source, 'return Math');
    await sleep(calm);
    await watched('chat', probe, () => ask('/explain'));
    await sleep(calm);
    reportMemory('after one request', probe);
  });

  for (const command of ['document', 'generateTests'])
    it(`while ${command} makes its proposal`, async function () {
      if (!maia) this.skip();
      await showFile('src/clampTo.ts', source, 'return Math');
      await watched(command, probe, async () => {
        await vscode.commands.executeCommand(`maia.${command}`);
        await shownProposal();
      });
      await vscode.commands.executeCommand('maia.rejectProposal');
    });
});

async function ask(query: string): Promise<void> {
  const answer = (await vscode.commands.executeCommand('workbench.action.chat.open', {
    query: `@maia ${query}`,
    mode: 'ask',
    modelSelector: { vendor: 'maia', id: 'auto' },
    blockOnResponse: true,
  })) as { readonly metadata?: { readonly answered?: boolean } };
  if (!answer.metadata?.answered) throw new Error('The question was not answered.');
}
