import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Corpus } from '../../verify/packages.ts';
import type { Try } from './try.ts';

/** What tells a language's framework, beside the packages' own files. */
const projectFiles: Readonly<Record<string, readonly [string, string]>> = {
  typescript: ['package.json', '{"name":"code","type":"module","devDependencies":{"vitest":"^3.0.0"}}\n'],
  javascript: ['package.json', '{"name":"code","scripts":{"test":"node --test"}}\n'],
  python: ['pyproject.toml', '[project]\nname = "code"\nversion = "1"\n\n[tool.pytest.ini_options]\n'],
  go: ['go.mod', 'module code\n\ngo 1.24\n'],
  java: [
    'pom.xml',
    '<project><modelVersion>4.0.0</modelVersion><groupId>code</groupId><artifactId>code</artifactId><version>1</version><dependencies><dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.11.0</version><scope>test</scope></dependency></dependencies></project>\n',
  ],
};

/** Where a package's file stands in the workspace: what an editor leaves out of a search is no place for it. */
export function workspaceFile(language: string, path: string): string {
  return `${language}/${path.replaceAll('\\', '/').replace(/^node_modules\//, '')}`;
}

/** Makes a workspace of the folders that the tries' files stand in. */
export async function makeWorkspace(
  folder: string,
  tries: readonly Try[],
  corpora: readonly Corpus[],
): Promise<void> {
  for (const { language, root, files } of corpora) {
    const wanted = new Set(tries.filter((one) => one.language === language).map(({ file }) => dirname(file)));
    if (wanted.size === 0) continue;
    const [name, text] = projectFiles[language] ?? ['README.md', '\n'];
    await mkdir(join(folder, language), { recursive: true });
    await writeFile(join(folder, language, name), text);
    const sources = new Map(files.map((file) => [dirname(workspaceFile(language, file)), dirname(file)]));
    for (const place of wanted) await copyFiles(join(root, sources.get(place) ?? ''), join(folder, place));
  }
}

/** The files of one folder, not of those in it. */
async function copyFiles(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true }))
    if (entry.isFile()) await cp(join(from, entry.name), join(to, entry.name));
}
