import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Code of one language that somebody else wrote, on this machine. */
export interface Corpus {
  readonly language: string;
  /** Folder that counts as the project. */
  readonly root: string;
  readonly files: readonly string[];
}

interface Source {
  readonly language: string;
  readonly folder: string;
  /** Fetches the packages into a folder; their versions are pinned. */
  readonly fetch?: (into: string) => Promise<unknown>;
  /** Where the files are, where that is not the cache. */
  readonly root?: () => Promise<string>;
  readonly globs: readonly string[];
}

const minutes = 60_000;
const java = ['sources', 'test-sources'];
const crates = 'itertools = "=0.13.0"\nindexmap = "=2.5.0"\nurl = "=2.5.2"\nsemver = "=1.0.23"\n';

async function npm(into: string, packages: readonly string[]): Promise<void> {
  await writeFile(join(into, 'package.json'), '{"private":true}\n');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', ...packages];
  await run('npm', args, { cwd: into, timeout: 3 * minutes });
}

/** Packages without what they depend on. */
async function npmAlone(into: string, names: readonly string[]): Promise<void> {
  await run('npm', ['pack', '--silent', ...names], { cwd: into, timeout: 3 * minutes });
  for (const file of globSync(join(into, '*.tgz'))) await run('tar', ['xzf', file], { cwd: into });
}

/** Packages of a Debian machine's own release, unpacked and not installed. */
async function debian(into: string, packages: readonly string[]): Promise<void> {
  await run('apt-get', ['download', ...packages], { cwd: into, timeout: 3 * minutes });
  for (const file of globSync(join(into, '*.deb'))) await run('dpkg-deb', ['-x', file, into]);
}

const sources: readonly Source[] = [
  {
    language: 'typescript',
    folder: 'typescript',
    fetch: (into) => npm(into, ['rxjs@7.8.1', 'redux@5.0.1', '@reduxjs/toolkit@2.2.7', 'immer@10.1.1']),
    globs: ['node_modules/{rxjs,redux,immer,@reduxjs/toolkit}/src/**/*.ts'],
  },
  {
    language: 'javascript',
    folder: 'javascript',
    fetch: (into) => npm(into, ['lodash@4.17.21', 'three@0.168.0']),
    globs: ['node_modules/lodash/*.js', 'node_modules/three/src/math/*.js'],
  },
  {
    language: 'python',
    folder: 'python',
    fetch: (into) => {
      const packages = [
        'networkx==3.3',
        'toolz==0.12.1',
        'boltons==24.0.0',
        'requests==2.32.3',
        'google-api-core==2.19.1',
      ];
      const args = ['-m', 'pip', 'install', '-q', '--no-deps', '--no-compile', '--target', into, ...packages];
      return run('python3', args, { timeout: 3 * minutes });
    },
    globs: ['{networkx,toolz,boltons,requests,google}/**/*.py'],
  },
  {
    language: 'go',
    folder: 'go',
    root: async () => join((await run('go', ['env', 'GOROOT'])).stdout.trim(), 'src'),
    globs: ['{strings,sort,bytes,path,strconv,bufio,container/*,net/url,text/tabwriter,unicode/utf8}/*.go'],
  },
  {
    language: 'java',
    folder: 'java',
    fetch: async (into) => {
      for (const classifier of java) {
        const artifact = `org.apache.commons:commons-lang3:3.14.0:jar:${classifier}`;
        const args = ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${into}`];
        await run('mvn', args, { cwd: into, timeout: 3 * minutes });
      }
      for (const jar of globSync(join(into, '*.jar'))) await run('jar', ['xf', jar], { cwd: into });
    },
    globs: ['org/**/*.java'],
  },
  {
    language: 'rust',
    folder: 'rust',
    fetch: async (into) => {
      const manifest = `[package]\nname = "corpus"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\n${crates}`;
      await mkdir(join(into, 'src'), { recursive: true });
      await writeFile(join(into, 'Cargo.toml'), manifest);
      await writeFile(join(into, 'src/main.rs'), 'fn main() {}\n');
      await run('cargo', ['vendor', '-q', 'vendor'], { cwd: into, timeout: 3 * minutes });
    },
    globs: ['vendor/{itertools,indexmap,url,semver}/src/**/*.rs'],
  },
  {
    language: 'ruby',
    folder: 'ruby',
    fetch: (into) => debian(into, ['yard', 'ruby-rack', 'ruby-sinatra', 'ruby-mustermann']),
    globs: ['usr/**/*.rb'],
  },
  {
    language: 'php',
    folder: 'php',
    fetch: (into) => debian(into, ['libphp-phpmailer', 'php-twig', 'php-guzzlehttp-psr7', 'php-monolog']),
    globs: ['usr/share/php/**/*.php'],
  },
  {
    language: 'cpp',
    folder: 'cpp',
    fetch: (into) => debian(into, ['nlohmann-json3-dev', 'libeigen3-dev', 'rapidjson-dev', 'libtins-dev']),
    globs: ['usr/include/**/*.{h,hpp}'],
  },
  {
    language: 'csharp',
    folder: 'csharp',
    fetch: (into) => npmAlone(into, ['react-native-windows@0.74.59', 'com.neuecc.unirx@7.1.0']),
    globs: ['package/**/*.cs'],
  },
];

/** Where packages are kept from one run to the next. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'maia-verify');
}

/** The code that is there or can be fetched; `say` hears a line for what can't. */
export async function corpora(languages: readonly string[], say: (line: string) => void): Promise<Corpus[]> {
  const found: Corpus[] = [];
  for (const source of sources) {
    if (languages.length > 0 && !languages.includes(source.language)) continue;
    try {
      const root = source.root ? await source.root() : await cached(source);
      const files = source.globs.flatMap((glob) => globSync(glob, { cwd: root })).toSorted();
      if (files.length === 0) throw new Error('no files');
      found.push({ language: source.language, root, files });
    } catch (error) {
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
      say(`skipped ${source.language}: its packages can't be had here (${why.slice(0, 80)})`);
    }
  }
  return found;
}

async function cached(source: Source): Promise<string> {
  const folder = join(cacheFolder(), source.folder);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await source.fetch?.(fresh);
  await rename(fresh, folder);
  return folder;
}
