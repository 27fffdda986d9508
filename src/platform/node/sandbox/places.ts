import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { toolchainVariables } from './environment.ts';

/** Something outside the project that its commands may read; a tool expects to write to a `cache`. */
export interface Place {
  readonly path: string;
  readonly kind: 'read' | 'cache';
}

/** Where the system's own programs lie; read as a whole. */
export const systemFolders: readonly string[] = [
  ...['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/opt', '/snap'],
  ...['/nix/store', '/run/current-system', '/home/linuxbrew/.linuxbrew'],
];

/** Of `/etc` what programs start with: no passwords, keys or host names of anybody's. */
export const systemSettings: readonly string[] = [
  ...[
    'alternatives',
    'ld.so.cache',
    'ld.so.conf',
    'ld.so.conf.d',
    'passwd',
    'group',
    'nsswitch.conf',
    'hosts',
  ],
  ...['host.conf', 'protocols', 'services', 'localtime', 'timezone', 'locale.conf', 'default/locale'],
  ...['ssl/certs', 'ssl/openssl.cnf', 'ca-certificates', 'pki/tls/certs', 'pki/ca-trust', 'crypto-policies'],
  ...['mime.types', 'os-release', 'lsb-release', 'debian_version', 'fonts', 'magic', 'papersize'],
  ...[
    'python3',
    'java',
    'java-17-openjdk',
    'java-21-openjdk',
    'maven',
    'gradle',
    'dotnet',
    'php',
    'rubygems',
  ],
].map((name) => `/etc/${name}`);

/** Toolchains that live in a home folder, and no more of it: never their credentials. */
const homeToolchains: readonly string[] = [
  ...['.cargo/bin', '.cargo/env', '.rustup', '.pyenv', '.nvm', '.volta', '.fnm', '.local/share/fnm', '.asdf'],
  ...[
    '.local/share/mise',
    '.local/share/uv',
    '.local/share/pnpm',
    '.local/share/virtualenvs',
    '.virtualenvs',
  ],
  ...['.cache/pypoetry/virtualenvs', '.local/lib', '.local/bin', '.sdkman/candidates', '.rbenv', '.rvm'],
  ...[
    '.gem/ruby',
    '.local/share/gem',
    '.dotnet',
    '.bun/bin',
    '.deno/bin',
    '.nodenv',
    'miniconda3',
    'anaconda3',
  ],
  ...['miniforge3', '.conda/envs', '.config/composer/vendor', '.composer/vendor', 'go/bin', 'sdk'],
];
const homeCaches: readonly string[] = [
  ...['.cache/go-build', 'go/pkg', '.cargo/registry', '.cargo/git', '.m2/repository', '.m2/wrapper'],
  ...['.nuget/packages', '.gradle/caches', '.gradle/wrapper', '.cache/coursier', '.ivy2/cache'],
];
/** Read where no token stands in it: cargo's says where its registries lie. */
const homeSettings: readonly string[] = ['.cargo/config.toml', '.cargo/config'];

/** Files above the folder that say how what is in it is built. */
const configurationAbove: readonly string[] = [
  ...['package.json', 'tsconfig.json', 'tsconfig.base.json', 'tsconfig.common.json', 'pnpm-workspace.yaml'],
  ...[
    'go.work',
    'go.work.sum',
    'Cargo.toml',
    'Cargo.lock',
    'rust-toolchain.toml',
    'pyproject.toml',
    'conftest.py',
  ],
  ...['Directory.Build.props', 'Directory.Packages.props', 'global.json', 'pom.xml', 'babel.config.js'],
];

/** Folders of packages that may be a link to somewhere else. */
const packageFolders: readonly string[] = ['node_modules', '.venv', 'venv', 'vendor'];

export function isInside(path: string, folder: string): boolean {
  const from = relative(folder, path);
  return from === '' || (!from.startsWith(`..${sep}`) && from !== '..' && !isAbsolute(from));
}

export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** What must stay hidden whoever names it: the whole home folder, and whatever it lies in. */
function isTooMuch(path: string, home: string): boolean {
  return isInside(home, path);
}

/**
 * What a command may read beside the system's folders and the project's own: toolchains, packages hoisted above the
 * folder or linked out of it. Absolute paths that exist, each once, none within another of the same kind.
 */
export async function placesFor(
  { folder, cwd, program }: { readonly folder: string; readonly cwd: string; readonly program: string },
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Place[]> {
  const found = new Map<string, Place['kind']>();
  const add = (path: string, kind: Place['kind']) => {
    if (isTooMuch(path, home) || isInside(path, folder)) return;
    if (systemFolders.some((system) => isInside(path, system))) return;
    found.set(path, found.get(path) ?? kind);
  };
  const addIfThere = async (path: string, kind: Place['kind']) => {
    if (await exists(path)) add(path, kind);
  };
  await Promise.all([
    ...homeToolchains.map((name) => addIfThere(join(home, name), 'read')),
    ...homeCaches.map((name) => addIfThere(join(home, name), 'cache')),
    ...homeSettings.map(async (name) => {
      const text = await readFile(join(home, name), 'utf8').catch(() => 'token');
      if (!/token|password|secret/i.test(text)) add(join(home, name), 'read');
    }),
    ...toolchainVariables.flatMap((name) =>
      (env[name] ?? '')
        .split(delimiter)
        .filter(isAbsolute)
        .flatMap((path) => toolchainOf(name, path).map(([at, kind]) => addIfThere(at, kind))),
    ),
    ...(await programPlaces(program)).map((path) => addIfThere(path, 'read')),
    ...above(folder, home).map((path) => addIfThere(join(path, 'node_modules'), 'cache')),
    ...(await repositoryAbove(folder, home)).flatMap((path) =>
      configurationAbove.map((name) => addIfThere(join(path, name), 'read')),
    ),
    ...between(cwd, folder).flatMap((path) => packageFolders.map((name) => addLinked(join(path, name), add))),
  ]);
  await Promise.all(
    (env.PATH ?? '')
      .split(delimiter)
      .filter(isAbsolute)
      .map(async (entry) => {
        const path = resolve(entry);
        if ([...found.keys()].some((place) => isInside(path, place) || isInside(place, path))) return;
        const parent = dirname(path);
        const whole = basename(path) === 'bin' && isInside(path, home) && !isTooMuch(parent, home);
        await addIfThere(whole && parent !== join(home, '.local') ? parent : path, 'read');
      }),
  );
  return [...found].map(([path, kind]) => ({ path, kind }));
}

/** A program that is named by its path, with what it was installed with: an environment of Python's. */
async function programPlaces(program: string): Promise<string[]> {
  if (!isAbsolute(program)) return [];
  const real = await realpath(program).catch(() => program);
  return [program, real].map((path) =>
    basename(dirname(path)) === 'bin' ? dirname(dirname(path)) : dirname(path),
  );
}

/** What of a toolchain's own folder is read: credentials may lie beside. */
function toolchainOf(variable: string, path: string): [string, Place['kind']][] {
  if (variable === 'CARGO_HOME')
    return [
      [join(path, 'bin'), 'read'],
      [join(path, 'registry'), 'cache'],
      [join(path, 'git'), 'cache'],
    ];
  if (variable === 'GRADLE_USER_HOME')
    return [
      [join(path, 'caches'), 'cache'],
      [join(path, 'wrapper'), 'cache'],
    ];
  if (variable === 'GOPATH') return [[join(path, 'pkg'), 'cache']];
  return [[path, /CACHE$|^NUGET_PACKAGES$/.test(variable) ? 'cache' : 'read']];
}

/** The folders above one, nearest first, up to the home folder or the disk's root, both left out. */
function above(folder: string, home: string): string[] {
  const folders: string[] = [];
  for (let at = dirname(folder); dirname(at) !== at && !isTooMuch(at, home); at = dirname(at))
    folders.push(at);
  return folders;
}

/** Those of them that belong to the same repository. */
async function repositoryAbove(folder: string, home: string): Promise<string[]> {
  if (await exists(join(folder, '.git'))) return [];
  const folders: string[] = [];
  for (const at of above(folder, home)) {
    folders.push(at);
    if (await exists(join(at, '.git'))) return folders;
  }
  return [];
}

/** A folder and those above it up to another one, both included. */
function between(inner: string, outer: string): string[] {
  if (!isInside(inner, outer)) return [outer];
  const folders = [inner];
  for (let at = inner; relative(outer, at) !== ''; at = dirname(at)) folders.push(dirname(at));
  return folders;
}

async function addLinked(path: string, add: (path: string, kind: Place['kind']) => void): Promise<void> {
  const link = await lstat(path).catch(() => undefined);
  if (!link?.isSymbolicLink()) return;
  const target = await realpath(path).catch(() => undefined);
  // Tools of packages keep caches beside them: Vite its compiled configuration.
  if (target !== undefined && (await stat(target)).isDirectory()) add(target, 'cache');
}
