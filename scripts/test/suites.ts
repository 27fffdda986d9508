/** One run of VS Code with a mocha suite in its extension host. */
export interface Suite {
  readonly name: string;
  /** Its `*.test.ts`, not those of folders inside. */
  readonly folder: string;
  /** What is copied to a temporary folder and opened there. */
  readonly workspace: string;
  /** A `.code-workspace` file in that copy which is opened instead of the whole folder; `false`: an empty window. */
  readonly open?: string | false;
  /** Installs the packaged VSIX, as users do, instead of running the checkout. Only the workbench can do it. */
  readonly packaged: boolean;
  /** Opens the workspace in Restricted Mode. */
  readonly restricted: boolean;
  /** Maia finds the real Ollama of `MAIA_TEST_OLLAMA`; without that variable the suite is skipped. */
  readonly realOllama?: boolean;
  /** A module whose `activate` runs before any extension that waits for the end of VS Code's start; with `packaged` only. */
  readonly probe?: string;
}

export const suites: readonly Suite[] = [
  {
    name: 'host',
    folder: 'test/host',
    workspace: 'test/projects',
    packaged: false,
    restricted: false,
  },
  {
    name: 'hostile',
    folder: 'test/host/hostile',
    workspace: 'test/projects/hostile',
    packaged: false,
    restricted: false,
  },
  {
    name: 'restricted',
    folder: 'test/host/restricted',
    workspace: 'test/projects/hostile',
    packaged: true,
    restricted: true,
  },
  {
    name: 'noWorkspace',
    folder: 'test/host/noWorkspace',
    workspace: 'test/projects',
    open: false,
    packaged: false,
    restricted: false,
  },
  {
    name: 'roots',
    folder: 'test/host/roots',
    workspace: 'test/projects',
    open: 'several.code-workspace',
    packaged: false,
    restricted: false,
  },
  {
    name: 'virtual',
    folder: 'test/host/virtual',
    workspace: 'test/projects',
    open: 'virtual.code-workspace',
    packaged: false,
    restricted: false,
  },
  {
    name: 'real',
    folder: 'test/host/real',
    workspace: 'test/projects',
    packaged: false,
    restricted: false,
    realOllama: true,
  },
  {
    name: 'ending',
    folder: 'test/host/ending',
    workspace: 'test/projects/sample',
    packaged: true,
    restricted: false,
  },
];
