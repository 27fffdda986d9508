import { glob, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { commandTable } from '../../src/surfaces/commandTable.ts';
import { calledInPanel } from '../../src/surfaces/savingsState.ts';
import { panelWords } from '../../src/vocabulary/panelMessage.ts';
import { surfaceNames } from '../../src/vocabulary/request.ts';
import { tasks } from '../../src/vocabulary/task.ts';

const root = join(import.meta.dirname, '..', '..');
/** Where VS Code looks for the bundle and for its translations, `bundle.l10n.<language>.json`. */
export const bundleFile = join(root, 'l10n', 'bundle.l10n.json');

/** Every English text that Maia says while it runs, as translators are given it; sorted. */
export async function l10nBundle(): Promise<string> {
  const sources = [];
  for await (const file of glob('src/**/*.ts', { cwd: root }))
    sources.push({ extension: extname(file), contents: await readFile(join(root, file), 'utf8') });
  const found = await getL10nJson(sources);
  // What is translated by a variable is not seen by the tool: the tables that those variables come from.
  const fromTables = [
    ...Object.values(commandTable).map(({ title }) => title),
    ...Object.values(panelWords),
    ...[...tasks, ...surfaceNames].map((name) => calledInPanel[name] ?? name),
    ...Object.values(calledInPanel),
  ];
  const all = { ...Object.fromEntries(fromTables.map((text) => [text, text])), ...found };
  const sorted = Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`;
}
