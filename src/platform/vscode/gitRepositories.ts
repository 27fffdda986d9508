import * as vscode from 'vscode';
import type { Result } from '../../vocabulary/failure.ts';
import type { Repositories, Repository } from '../../vocabulary/repository.ts';
import { pendingChange, workTreeOf } from '../node/pendingChange.ts';

/** What Maia uses of the API that VS Code's built-in git extension exports (version 1). */
interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<GitApi['state']>;
  readonly git: { readonly path: string };
  readonly repositories: readonly GitRepository[];
}

interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  readonly ui: { readonly selected: boolean };
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** How long a git extension that is just starting is waited for, in ms. */
const starting = 5_000;

/** The repositories that the Source Control view shows; where its extension is off, those around the open folders. */
export const gitRepositories: Repositories = {
  async open(near, signal) {
    if (!vscode.workspace.isTrusted) return { ok: false, failure: { code: 'untrustedFolder', params: {} } };
    const api = await gitApi(signal);
    const shown = api?.repositories.filter(({ rootUri }) => rootUri.scheme === 'file') ?? [];
    const found =
      api && shown.length > 0 ? inOrder(shown, near).map((one) => ofEditor(one, api)) : await bare(signal);
    if (found.length === 0) return { ok: false, failure: { code: 'noRepository', params: {} } };
    return { ok: true, value: found } satisfies Result<readonly Repository[]>;
  },
};

async function gitApi(signal: AbortSignal): Promise<GitApi | undefined> {
  try {
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    const api = (await extension?.activate())?.getAPI(1);
    if (api?.state === 'uninitialized') await initialized(api, signal);
    return api;
  } catch {
    // Switched off by `git.enabled`, or another editor's own.
    return undefined;
  }
}

async function initialized(api: GitApi, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const changed = api.onDidChangeState((state) => {
    if (state === 'initialized') resolve();
  });
  const enough = AbortSignal.any([signal, AbortSignal.timeout(starting)]);
  enough.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  changed.dispose();
}

/** The repository of the file at hand first (the innermost of several), then the selected one. */
function inOrder(repositories: readonly GitRepository[], near: string | undefined): readonly GitRepository[] {
  const rank = ({ rootUri, ui }: GitRepository): number => {
    const root = rootUri.fsPath;
    const holds =
      near !== undefined && (near === root || near.startsWith(`${root}/`) || near.startsWith(`${root}\\`));
    return holds ? root.length + 1 : ui.selected ? 1 : 0;
  };
  return repositories.toSorted((a, b) => rank(b) - rank(a));
}

function ofEditor({ rootUri, inputBox }: GitRepository, api: GitApi): Repository {
  return {
    root: rootUri.fsPath,
    box: inputBox,
    change: (signal) => pendingChange(rootUri.fsPath, api.git.path || undefined, signal),
  };
}

async function bare(signal: AbortSignal): Promise<readonly Repository[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const roots = await Promise.all(folders.map(({ uri }) => workTreeOf(uri.fsPath, signal)));
  return [...new Set(roots.flatMap((root) => root ?? []))].map((root) => ({
    root,
    change: (asked) => pendingChange(root, undefined, asked),
  }));
}
