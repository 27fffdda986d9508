import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as vscode from 'vscode';

const anybodyMayWrite = 0o222;

/**
 * Whether a change of this file could not be saved. VS Code's own `stat` does not tell of a file whose bits forbid
 * writing, so the disk is asked too; what does not exist yet can be written.
 */
export async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === 'untitled') return false;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  if (uri.scheme !== 'file') {
    const found = await vscode.workspace.fs.stat(uri).then(
      (value) => value,
      () => undefined,
    );
    return ((found?.permissions ?? 0) & vscode.FilePermission.Readonly) !== 0;
  }
  const found = await stat(uri.fsPath).catch(() => undefined);
  if (!found) return false;
  if ((found.mode & anybodyMayWrite) === 0) return true;
  return access(uri.fsPath, constants.W_OK).then(
    () => false,
    () => true,
  );
}
