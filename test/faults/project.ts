import picomatch from 'picomatch';
import type { Disk } from '../../src/privacy/disk.ts';
import type { ProjectFiles } from '../../src/vocabulary/ports.ts';
import type { Target } from '../../src/vocabulary/request.ts';
import type { Random } from './random.ts';

/** The files of one project, and every text that each of them has had. */
export class Project implements ProjectFiles {
  readonly folder: string;
  readonly #texts = new Map<string, string>();
  readonly #versions = new Map<string, Set<string>>();
  #turn = 0;

  constructor(folder: string, files: Readonly<Record<string, string>>) {
    this.folder = folder;
    for (const [name, text] of Object.entries(files)) this.write(`${folder}/${name}`, text);
  }

  /** The same files as the privacy worker sees them. */
  readonly disk: Disk = {
    entries: async (folder) => {
      const names = await this.list(folder, new AbortController().signal);
      return names.map((name) =>
        name.endsWith('/') ? { name: name.slice(0, -1), kind: 'folder' } : { name, kind: 'file' },
      );
    },
    stat: async (path) => {
      const text = this.#texts.get(path);
      if (text !== undefined)
        return { kind: 'file', bytes: Buffer.byteLength(text), version: text, identity: path };
      const names = await this.list(path, new AbortController().signal);
      return { kind: 'folder', bytes: 0, version: names.join(), identity: path };
    },
    realpath: async (path) => path,
    read: async (path, limit) => Buffer.from(this.#texts.get(path) ?? '').subarray(0, limit),
  };

  folders(): readonly string[] {
    return [this.folder];
  }

  write(path: string, text: string): void {
    this.#texts.set(path, text);
    const versions = this.#versions.get(path) ?? new Set();
    versions.add(text);
    this.#versions.set(path, versions);
  }

  remove(path: string): void {
    this.#texts.delete(path);
  }

  textOf(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** Whether a file was ever so, line ends aside. */
  wasOnce(path: string, text: string): boolean {
    const plain = text.replaceAll('\r\n', '\n');
    return [...(this.#versions.get(path) ?? [])].some((one) => one.replaceAll('\r\n', '\n') === plain);
  }

  /** What the developer types somewhere in a file. */
  edit(path: string, random: Random): void {
    const text = this.#texts.get(path);
    if (text === undefined) return;
    this.#turn += 1;
    const at = random.int(0, text.length);
    const line = text.lastIndexOf('\n', at) + 1;
    this.write(path, `${text.slice(0, line)}// typed meanwhile, ${this.#turn}\n${text.slice(line)}`);
  }

  async read(path: string, signal: AbortSignal, limitBytes = 2 ** 20): Promise<string | undefined> {
    signal.throwIfAborted();
    const text = this.#texts.get(path);
    return text !== undefined && Buffer.byteLength(text) <= limitBytes ? text : undefined;
  }

  async stat(path: string, signal: AbortSignal) {
    signal.throwIfAborted();
    const text = this.#texts.get(path);
    return text === undefined ? undefined : { bytes: Buffer.byteLength(text), readOnly: false };
  }

  async list(folder: string, signal: AbortSignal): Promise<readonly string[]> {
    signal.throwIfAborted();
    const names = new Set<string>();
    const inside = folder.endsWith('/') ? folder : `${folder}/`;
    for (const path of this.#texts.keys())
      if (path.startsWith(inside)) names.add(path.slice(inside.length).replace(/\/.*$/, '/'));
    return [...names];
  }

  async find(folder: string, glob: string, limit: number, signal: AbortSignal): Promise<readonly string[]> {
    signal.throwIfAborted();
    const matches = picomatch(glob);
    return [...this.#texts.keys()]
      .filter((path) => path.startsWith(`${folder}/`) && matches(path.slice(folder.length + 1)))
      .slice(0, limit);
  }
}

interface Language {
  readonly id: string;
  readonly path: string;
  readonly setup: Readonly<Record<string, string>>;
  readonly source: (name: string, body: string) => string;
}

/** One kind of project per language that the runs use; each function has a name of its own, so that it can be told on the wire. */
export const languages: readonly Language[] = [
  {
    id: 'typescript',
    path: 'src/prices.ts',
    setup: {
      'package.json': '{"name":"shop","type":"module","devDependencies":{"vitest":"^3.0.0"}}',
      'tests/other.test.ts':
        "import { expect, test } from 'vitest';\ntest('adds', () => {\n  expect(1 + 1).toBe(2);\n});\n",
    },
    source: (name, body) =>
      `import { round } from './round.ts';\n\nconst unit = 1;\n\nexport function ${name}(net: number, rate: number): number {\n  ${body}return round(net * (1 + rate)) * unit;\n}\n\nexport class Basket {\n  total(items: readonly number[]): number {\n    return items.reduce((sum, item) => sum + item, 0);\n  }\n}\n`,
  },
  {
    id: 'javascript',
    path: 'lib/prices.js',
    setup: {
      'package.json': '{"name":"shop","scripts":{"test":"mocha"},"devDependencies":{"mocha":"^11.0.0"}}',
    },
    source: (name, body) =>
      `'use strict';\n\n/** Adds. */\nfunction ${name}(net, rate = 0.2) {\n  ${body}return net * (1 + rate);\n}\n\nmodule.exports = { ${name} };\n`,
  },
  {
    id: 'python',
    path: 'shop/prices.py',
    setup: {
      'pyproject.toml': '[tool.pytest.ini_options]\ntestpaths = ["tests"]\n',
      'tests/__init__.py': '',
    },
    source: (name, body) =>
      `import math\n\n\ndef ${name}(net, rate=0.2):\n    ${body.replace(/;\s*$/, '\n    ')}if net < 0:\n        raise ValueError("net")\n    return math.ceil(net * (1 + rate))\n`,
  },
  {
    id: 'go',
    path: 'prices.go',
    setup: { 'go.mod': 'module example.com/shop\n\ngo 1.24\n' },
    source: (name, body) =>
      `package shop\n\n// Rate is a share.\ntype Rate float64\n\nfunc ${name[0]?.toUpperCase()}${name.slice(1)}(net float64, rate Rate) float64 {\n\t${body.replace(/^const (\w+) =/, '$1 :=').replaceAll("'", '"')}return net * (1 + float64(rate))\n}\n`,
  },
];

/** The document that a command is used on, its cursor in the function. */
export function targetIn(project: Project, language: Language, name: string, path: string): Target {
  const text = project.textOf(path) ?? '';
  const found = text.toLowerCase().indexOf(`${name.toLowerCase()}(`);
  const at = Math.max(0, found);
  return {
    uri: `file://${path}`,
    path,
    languageId: language.id,
    text,
    partial: false,
    selection: { start: at, end: at },
    folder: project.folder,
    indent: { size: 2, tabs: language.id === 'go' },
  };
}
