import { existsSync, statSync } from 'node:fs';
import { Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';
import { report } from '../../host/report.ts';

/** The scripts of Maia that this thread has loaded by now, from the engine itself. */
function loadedScripts(folder: string): string[] {
  const session = new Session();
  session.connect();
  const files = new Set<string>();
  session.on('Debugger.scriptParsed', ({ params: { url } }) => {
    const file = url.startsWith('file:') ? fileURLToPath(url) : url;
    if (file.startsWith(folder) && existsSync(file)) files.add(file);
  });
  session.post('Debugger.enable');
  session.disconnect();
  return [...files];
}

interface Activation {
  readonly load: number;
  readonly call: number;
  readonly finish: number;
}

/** An extension's row in VS Code's own table, ms. */
function activationTime(startupPerformance: string, id: string): Activation | undefined {
  const row = startupPerformance.split('\n').find((line) => line.split('|')[1]?.trim() === id);
  const [load = Number.NaN, call = Number.NaN, finish = Number.NaN] =
    row?.split('|').slice(3, 6).map(Number) ?? [];
  return [load, call, finish].every(Number.isFinite) ? { load, call, finish } : undefined;
}

const whole = ({ load, call, finish }: Activation): number => load + call + finish;

describe('Activation', () => {
  it('is measured by VS Code itself', async () => {
    const maia = vscode.extensions.getExtension('maia.maia');
    if (!maia) throw new Error('The VSIX is not installed.');
    const until = Date.now() + 30_000;
    const soon = () => new Promise((resolve) => setTimeout(resolve, 20));
    while (!maia.isActive && Date.now() < until) await soon();
    const scripts = loadedScripts(maia.extensionPath);
    report({
      event: 'figure',
      name: 'bytes',
      value: scripts.reduce((sum, file) => sum + statSync(file).size, 0),
    });
    await vscode.commands.executeCommand('perfview.show');
    let [ours, neighbour]: (Activation | undefined)[] = [];
    while ((ours === undefined || neighbour === undefined) && Date.now() < until) {
      await soon();
      const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf')?.getText() ?? '';
      [ours, neighbour] = [
        activationTime(shown, 'maia.maia'),
        activationTime(shown, 'vscode.merge-conflict'),
      ];
    }
    if (ours === undefined || neighbour === undefined)
      throw new Error('Startup Performance does not name both extensions.');
    report({ event: 'figure', name: 'activation', value: whole(ours) });
    report({ event: 'figure', name: 'load', value: ours.load });
    report({ event: 'figure', name: 'call', value: ours.call });
    report({ event: 'figure', name: 'neighbour', value: whole(neighbour) });
  });
});
