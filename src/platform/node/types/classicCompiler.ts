import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { ClassicApi, ClassicDiagnostic, ClassicService } from './classicApi.ts';
import { configFor, type FoundConfig } from './classicConfig.ts';
import { DiskState } from './diskState.ts';
import { type Compiler, type CompilerError, type OpenProject, slashed } from './openProject.ts';
import { repositoryOf } from './projectCompiler.ts';

const errorCategory = 1;

/** TypeScript 4.7 to 6, in this thread. */
export function classicCompiler(entry: string): Compiler {
  const api = createRequire(import.meta.url)(entry) as ClassicApi;
  const registry = api.createDocumentRegistry(api.sys.useCaseSensitiveFileNames);
  return {
    open: async (path, folder, texts) =>
      new ClassicProject(api, registry, configFor(api, path, repositoryOf(folder)), slashed(path), texts),
    dispose() {},
  };
}

class ClassicProject implements OpenProject {
  readonly loose: boolean;
  readonly checksJs: boolean;
  readonly #api: ClassicApi;
  readonly #disk = new DiskState();
  readonly #service: ClassicService;
  readonly #roots: ReadonlySet<string>;
  readonly #versions = new Map<string, string>();
  #texts = new Map<string, string>();
  #laid = 0;
  /** Moves with every change, so that nothing is looked at again without one. */
  #version = 0;

  constructor(
    api: ClassicApi,
    registry: object,
    { name, parsed, loose }: FoundConfig,
    path: string,
    texts: ReadonlyMap<string, string>,
  ) {
    this.#api = api;
    this.loose = loose;
    this.checksJs = parsed.options.checkJs === true;
    this.#set(texts);
    this.#disk.note(name);
    this.#disk.noteFolder(dirname(name));
    const { sys } = api;
    const roots = parsed.fileNames.includes(path) ? parsed.fileNames : [...parsed.fileNames, path];
    this.#roots = new Set(roots);
    this.#service = api.createLanguageService(
      {
        getCompilationSettings: () => parsed.options,
        getScriptFileNames: () => roots,
        getProjectVersion: () => String(this.#version),
        getScriptVersion: (file: string) => this.#versions.get(file) ?? this.#disk.note(file),
        getScriptSnapshot: (file: string) => {
          const text = this.#read(file);
          return text === undefined ? undefined : api.ScriptSnapshot.fromString(text);
        },
        getCurrentDirectory: () => dirname(name),
        getDefaultLibFileName: (options: object) => api.getDefaultLibFilePath(options),
        getProjectReferences: () => parsed.projectReferences,
        // As the editor has it: of a project that is referred to, the sources count, and nothing has to be built.
        useSourceOfProjectReferenceRedirect: () => true,
        useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
        fileExists: (file: string) => this.#texts.has(file) || sys.fileExists(file),
        readFile: (file: string) => this.#read(file),
        readDirectory: sys.readDirectory.bind(sys),
        directoryExists: sys.directoryExists.bind(sys),
        getDirectories: sys.getDirectories.bind(sys),
        ...(sys.realpath ? { realpath: sys.realpath.bind(sys) } : {}),
      },
      registry,
    );
  }

  async lay(texts: ReadonlyMap<string, string>): Promise<void> {
    this.#set(texts);
  }

  async errors(path: string): Promise<readonly CompilerError[]> {
    const found = [
      ...this.#service.getSyntacticDiagnostics(path),
      ...this.#service.getSemanticDiagnostics(path),
    ];
    return found.filter(({ category }) => category === errorCategory).map((one) => this.#error(one));
  }

  async sources(): Promise<readonly string[]> {
    const files = this.#service.getProgram()?.getSourceFiles() ?? [];
    return files
      .filter((file) => !file.isDeclarationFile && !file.fileName.includes('/node_modules/'))
      .map((file) => file.fileName);
  }

  includes(path: string): boolean {
    return !this.loose && this.#roots.has(path);
  }

  async look(): Promise<'same' | 'changed' | 'stale'> {
    const { files, folders } = this.#disk.changed(performance.now());
    if (folders) return 'stale';
    if (files.length === 0) return 'same';
    this.#version += 1;
    return 'changed';
  }

  dispose(): void {
    this.#service.dispose();
  }

  #set(texts: ReadonlyMap<string, string>): void {
    for (const path of new Set([...texts.keys(), ...this.#texts.keys()])) {
      const text = texts.get(path);
      if (text === this.#texts.get(path)) continue;
      this.#laid += 1;
      if (text === undefined) this.#versions.delete(path);
      else this.#versions.set(path, `laid ${this.#laid}`);
    }
    this.#texts = new Map(texts);
    this.#version += 1;
  }

  #read(file: string): string | undefined {
    return this.#texts.get(file) ?? this.#api.sys.readFile(file);
  }

  #error({ code, start = 0, messageText }: ClassicDiagnostic): CompilerError {
    return { code, start, message: this.#api.flattenDiagnosticMessageText(messageText, '\n') };
  }
}
