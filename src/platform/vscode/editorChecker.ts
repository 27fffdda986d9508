import * as vscode from 'vscode';
import type { Checker } from '../../vocabulary/ports.ts';
import { bundledTypesWorker, createTypeChecker } from '../node/types/typeChecker.ts';

/**
 * The project's own compiler, as the editor has its files; only in a workspace that the developer trusts.
 * @param dist the folder of the bundle, with a slash at its end
 */
export function editorChecker(dist: URL): Checker {
  return createTypeChecker({
    workerUrl: bundledTypesWorker(dist),
    isTrusted: () => vscode.workspace.isTrusted,
    open: () =>
      vscode.workspace.textDocuments
        .filter(
          ({ isDirty, isClosed, uri, languageId }) =>
            isDirty && !isClosed && uri.scheme === 'file' && /^(?:java|type)script/.test(languageId),
        )
        .map((document) => ({ path: document.uri.fsPath, text: document.getText() })),
  });
}
