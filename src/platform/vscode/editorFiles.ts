import { glob as globbed } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FileStat, ProjectFiles } from '../../vocabulary/ports.ts';
import { isReadOnly } from './readOnly.ts';

const oneMebibyte = 1024 * 1024;
/** What no project keeps its own sources in. */
const leftOut =
  '**/{node_modules,.git,.hg,.svn,dist,out,build,target,bin,obj,coverage,.venv,venv,__pycache__,.next,vendor}/**';

/** The project's files as the editor has them: what is not saved first, then the disk. */
export class EditorFiles implements ProjectFiles {
  folders(): readonly string[] {
    return (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) =>
      uri.scheme === 'file' ? [uri.fsPath] : [],
    );
  }

  async read(path: string, signal: AbortSignal, limitBytes = oneMebibyte): Promise<string | undefined> {
    signal.throwIfAborted();
    const uri = vscode.Uri.file(path);
    const open = vscode.workspace.textDocuments.find(
      // What is saved is read from disk: VS Code keeps documents for a while whose file is gone.
      (document) => document.isDirty && !document.isClosed && document.uri.toString() === uri.toString(),
    );
    if (open) {
      const text = open.getText();
      return Buffer.byteLength(text) <= limitBytes ? text : undefined;
    }
    try {
      const stat = await vscode.workspace.fs.stat(uri);
      if ((stat.type & vscode.FileType.File) === 0 || stat.size > limitBytes) return undefined;
      const bytes = await vscode.workspace.fs.readFile(uri);
      signal.throwIfAborted();
      if (bytes.byteLength > limitBytes || bytes.subarray(0, 8192).includes(0)) return undefined;
      return new TextDecoder('utf-8').decode(bytes);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof vscode.FileSystemError) return undefined;
      throw error;
    }
  }

  async stat(path: string, signal: AbortSignal): Promise<FileStat | undefined> {
    signal.throwIfAborted();
    try {
      const stat = await vscode.workspace.fs.stat(vscode.Uri.file(path));
      if ((stat.type & vscode.FileType.File) === 0) return undefined;
      return { bytes: stat.size, readOnly: await isReadOnly(vscode.Uri.file(path)) };
    } catch {
      return undefined;
    }
  }

  async list(folder: string, signal: AbortSignal): Promise<readonly string[]> {
    signal.throwIfAborted();
    try {
      const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.file(folder));
      return entries.map(([name, type]) => (type & vscode.FileType.Directory ? `${name}/` : name));
    } catch {
      return [];
    }
  }

  async find(folder: string, glob: string, limit: number, signal: AbortSignal): Promise<readonly string[]> {
    signal.throwIfAborted();
    // The editor's search walks everything below its base, a whole disk where a lone file lies at its root.
    if (!glob.includes('**')) return inFolder(folder, glob, limit, signal);
    const source = new vscode.CancellationTokenSource();
    const cancel = () => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const pattern = new vscode.RelativePattern(vscode.Uri.file(folder), glob);
      const found = await vscode.workspace.findFiles(pattern, leftOut, limit, source.token);
      signal.throwIfAborted();
      return found.map((uri) => uri.fsPath).sort();
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }
}

async function inFolder(
  folder: string,
  glob: string,
  limit: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const path of globbed(glob, { cwd: folder })) {
    signal.throwIfAborted();
    found.push(join(folder, path));
    if (found.length >= limit) break;
  }
  return found.sort();
}
