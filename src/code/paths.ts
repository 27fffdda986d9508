import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { CodePaths } from './client.ts';

/** In the built extension; `dist` is the folder of the bundle, with a slash at its end. */
export function bundledPaths(dist: URL): CodePaths {
  return {
    workerUrl: new URL('codeWorker.js', dist),
    grammars: new URL('grammars/', dist),
    wasm: new URL('grammars/web-tree-sitter.wasm', dist),
  };
}

/** From the sources, with the packages as they are installed. */
export function sourcePaths(): CodePaths {
  const { resolve } = createRequire(import.meta.url);
  return {
    workerUrl: new URL('worker.ts', import.meta.url),
    grammars: new URL('./', pathToFileURL(resolve('@vscode/tree-sitter-wasm'))),
    wasm: pathToFileURL(resolve('web-tree-sitter/web-tree-sitter.wasm')),
  };
}
