import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import { cliScript } from './cliScript.ts';
import { registerCommand } from './commands.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

const folderKey = 'maia.cliFolder';

/** Puts `maia` on the PATH: a small script in the user's own folder for programs, and VS Code's terminals see it too. */
export function registerInstallCli(parts: SurfaceParts): vscode.Disposable {
  return registerCommand('maia.installCli', parts, async () => {
    const folder = folderFor(process.platform);
    await write(folder, parts);
    await parts.context.globalState.update(folderKey, folder);
    showInTerminals(folder, parts);
    const onPath = (process.env.PATH ?? '').split(delimiter).includes(folder);
    const sentence = onPath
      ? vscode.l10n.t("Open a new terminal and type 'maia'.")
      : vscode.l10n.t(
          "'maia' works in VS Code's new terminals. For other shells, add {0} to the PATH.",
          folder,
        );
    vscode.window.showInformationMessage(sentence, ...buttonsFor(sentence));
  });
}

/** After an update of the extension its files lie elsewhere: the script follows. */
export async function refreshCli(parts: SurfaceParts): Promise<void> {
  const folder = parts.context.globalState.get<string>(folderKey);
  if (!folder) return;
  showInTerminals(folder, parts);
  await write(folder, parts).catch(() => parts.log.warn("The script 'maia' could not be written."));
}

function folderFor(platform: NodeJS.Platform): string {
  return platform === 'win32'
    ? join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Maia', 'bin')
    : join(homedir(), '.local', 'bin');
}

async function write(folder: string, parts: SurfaceParts): Promise<void> {
  const cli = vscode.Uri.joinPath(parts.context.extensionUri, 'dist', 'cli.js').fsPath;
  const script = cliScript({ executable: process.execPath, cli, platform: process.platform });
  const file = join(folder, script.name);
  await mkdir(folder, { recursive: true });
  const there = await readFile(file, 'utf8').catch(() => undefined);
  if (there === script.text) return;
  await writeFile(file, script.text);
  await chmod(file, 0o755);
}

function showInTerminals(folder: string, parts: SurfaceParts): void {
  parts.context.environmentVariableCollection.description = vscode.l10n.t("Finds the command 'maia'");
  parts.context.environmentVariableCollection.prepend('PATH', folder + delimiter);
}
