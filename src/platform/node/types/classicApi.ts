/** What is used of TypeScript's classic API, the same from 4.7 to 6: the package that is here has none of it. */
export interface ClassicApi {
  readonly version: string;
  readonly sys: ClassicSystem;
  readonly ScriptSnapshot: { fromString(text: string): object };
  readConfigFile(path: string, read: (path: string) => string | undefined): { readonly config?: object };
  parseJsonConfigFileContent(
    json: object,
    host: object,
    basePath: string,
    existing?: object,
    configName?: string,
  ): ParsedConfig;
  createDocumentRegistry(caseSensitive?: boolean, folder?: string): object;
  createLanguageService(host: object, registry?: object): ClassicService;
  flattenDiagnosticMessageText(text: unknown, newLine: string): string;
  getDefaultLibFilePath(options: object): string;
}

export interface ClassicSystem {
  readonly useCaseSensitiveFileNames: boolean;
  readFile(path: string): string | undefined;
  fileExists(path: string): boolean;
  directoryExists(path: string): boolean;
  getDirectories(path: string): string[];
  readDirectory(
    path: string,
    extensions?: readonly string[],
    exclude?: readonly string[],
    include?: readonly string[],
    depth?: number,
  ): string[];
  realpath?(path: string): string;
}

export interface ParsedConfig {
  readonly options: Readonly<Record<string, unknown>>;
  readonly fileNames: readonly string[];
  readonly projectReferences?: readonly { readonly path: string }[];
}

export interface ClassicDiagnostic {
  readonly category: number;
  readonly code: number;
  readonly start?: number;
  readonly messageText: unknown;
}

export interface ClassicService {
  getSyntacticDiagnostics(path: string): readonly ClassicDiagnostic[];
  getSemanticDiagnostics(path: string): readonly ClassicDiagnostic[];
  getProgram():
    | { getSourceFiles(): readonly { readonly fileName: string; readonly isDeclarationFile: boolean }[] }
    | undefined;
  dispose(): void;
}
