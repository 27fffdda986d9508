import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { API, Diagnostic, Project, Snapshot } from 'typescript/unstable/async';
import { looseConfig, nearestConfig } from './configuration.ts';
import { DiskState } from './diskState.ts';
import { type Compiler, type CompilerError, type OpenProject, slashed } from './openProject.ts';
import { repositoryOf } from './projectCompiler.ts';

interface Api {
  readonly API: typeof API;
}

const errorCategory = 1;

/** TypeScript 7, whose only API is unstable: nothing else knows of it. It runs in a process of its own. */
export async function nativeCompiler(entry: string, started: (pid: number) => void): Promise<Compiler> {
  const api = (await import(pathToFileURL(entry).href)) as Api;
  return {
    open: (path, folder, texts) => NativeProject.open(api, path, folder, texts, started),
    dispose() {},
  };
}

class NativeProject implements OpenProject {
  readonly loose: boolean;
  readonly #api: API;
  readonly #config: string;
  readonly #disk = new DiskState();
  readonly #texts: Map<string, string>;
  #snapshot: Snapshot;

  private constructor(
    api: API,
    snapshot: Snapshot,
    config: string,
    loose: boolean,
    texts: Map<string, string>,
  ) {
    this.#api = api;
    this.#snapshot = snapshot;
    this.#config = config;
    this.#texts = texts;
    this.loose = loose;
    this.#disk.note(config);
  }

  static async open(
    { API: Api }: Api,
    path: string,
    folder: string,
    texts: ReadonlyMap<string, string>,
    started: (pid: number) => void,
  ): Promise<NativeProject> {
    const file = slashed(path);
    const laid = new Map(texts);
    const virtual = new Map<string, string>();
    const text = (name: string) => laid.get(name) ?? virtual.get(name);
    const api = new Api({
      cwd: folder,
      fs: {
        readFile: (name) => text(name),
        fileExists: (name) => (text(name) === undefined ? undefined : true),
      },
    });
    try {
      let snapshot = await api.updateSnapshot({ openFiles: [file] });
      tellProcess(api, started);
      const own = (await snapshot.getDefaultProjectForFile(file))?.configFileName;
      const loose = own === undefined || !/\.json$/.test(own);
      const config = loose
        ? looseConfig(file, nearestConfig(path, repositoryOf(folder)))
        : { name: own, text: undefined };
      if (config.text !== undefined) virtual.set(config.name, config.text);
      // An open file keeps the text that it was opened with; of a project's files the changes are taken in.
      await api.updateSnapshot({ closeFiles: [file], openProjects: [config.name] });
      snapshot = await api.updateSnapshot({ fileChanges: { changed: [...laid.keys()] } });
      const project = new NativeProject(api, snapshot, config.name, loose, laid);
      for (const name of await project.#project().program.getSourceFileNames()) project.#disk.note(name);
      project.#disk.noteFolder(dirname(config.name));
      return project;
    } catch (error) {
      await api.close();
      throw error;
    }
  }

  get checksJs(): boolean {
    return this.#project().compilerOptions.checkJs === true;
  }

  async lay(texts: ReadonlyMap<string, string>): Promise<void> {
    const changed = [...new Set([...texts.keys(), ...this.#texts.keys()])].filter(
      (path) => texts.get(path) !== this.#texts.get(path),
    );
    this.#texts.clear();
    for (const [path, text] of texts) this.#texts.set(path, text);
    await this.#update(changed);
  }

  async errors(path: string): Promise<readonly CompilerError[]> {
    const { program } = this.#project();
    const found = [
      ...(await program.getSyntacticDiagnostics(path)),
      ...(await program.getSemanticDiagnostics(path)),
    ];
    return found
      .filter(({ category }) => category === errorCategory)
      .map((one) => ({ code: one.code, start: one.pos, message: messageOf(one) }));
  }

  async sources(): Promise<readonly string[]> {
    const names = await this.#project().program.getSourceFileNames();
    return names.filter((name) => !/\/node_modules\/|\.d\.[cm]?ts$|^bundled:/.test(name));
  }

  includes(path: string): boolean {
    return !this.loose && this.#project().rootFiles.includes(path);
  }

  async look(): Promise<'same' | 'changed' | 'stale'> {
    const { files, folders } = this.#disk.changed(performance.now());
    if (folders) return 'stale';
    if (files.length === 0) return 'same';
    await this.#update(files);
    return 'changed';
  }

  dispose(): void {
    void this.#api.close().catch(() => undefined);
  }

  #project(): Project {
    const project = this.#snapshot.getProject(this.#config);
    if (!project) throw new Error('The project is gone');
    return project;
  }

  async #update(changed: readonly string[]): Promise<void> {
    if (changed.length === 0) return;
    const last = this.#snapshot;
    this.#snapshot = await this.#api.updateSnapshot({ fileChanges: { changed: [...changed] } });
    await last.dispose();
  }
}

/** The whole message, as `tsc` prints it. */
function messageOf({ text, messageChain }: Diagnostic, depth = 0): string {
  const below = (messageChain ?? []).map((one) => messageOf(one, depth + 1));
  return [`${'  '.repeat(depth)}${text}`, ...below].join('\n');
}

/** The API keeps its process to itself; without its id it would have to be trusted to end by itself. */
function tellProcess(api: API, started: (pid: number) => void): void {
  const { client } = api as unknown as { readonly client?: { readonly process?: { readonly pid?: number } } };
  const pid = client?.process?.pid;
  if (pid !== undefined) started(pid);
}
