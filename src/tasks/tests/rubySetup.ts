import { basename, dirname, join, relative } from 'node:path';
import type { CodeUnit } from '../../code/code.ts';
import type { Result } from '../../vocabulary/failure.ts';
import type { ProjectFiles } from '../../vocabulary/ports.ts';
import { findBelow, foldersUp, nearestFirst, readAll, slashed } from './projectFolders.ts';
import { capital } from './pythonSetup.ts';
import type { SourceFile } from './testSetup.ts';
import type { TestSetup } from './testsPlan.ts';

const roots = ['Gemfile', 'Rakefile', '.rspec', 'gems.rb'];

/** Tests of a Ruby source: RSpec where the project names it or has specs, else Minitest. */
export async function rubySetup(
  source: SourceFile,
  unit: CodeUnit,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<Result<TestSetup>> {
  const folders = foldersUp(source.path, source.folder);
  const root = await projectRoot(folders, files, signal);
  const globs = ['**/*_spec.rb', '**/*_test.rb', '**/test_*.rb'];
  const found = await findBelow(files, root, globs, source.folder, signal);
  const nearest = nearestFirst(found, dirname(source.path)).filter(
    (path) => !/(?:^|\/)(?:spec|test)_helper\.rb$/.test(slashed(path)),
  );
  const names = await files.list(root, signal);
  const gemspecs = names.filter((name) => name.endsWith('.gemspec'));
  const named = await readAll(files, root, ['Gemfile', 'gems.rb', '.rspec', 'Rakefile', ...gemspecs], signal);
  const specs = nearest.filter((path) => path.endsWith('_spec.rb'));
  const plain = nearest.filter((path) => !path.endsWith('_spec.rb'));
  const saysSpec = /\brspec\b/i.test(named) || names.includes('.rspec');
  const rspec = specs.length > 0 ? specs.length >= plain.length : plain.length === 0 && saysSpec;
  const like = rspec ? specs : plain;
  const path = await testPath(source.path, root, like, rspec);
  const existing = await files.read(path, signal);
  const samples = [
    existing,
    ...(await Promise.all(like.slice(0, 3).map((one) => files.read(one, signal)))),
  ].filter((text) => text !== undefined);
  const name = scopeOf(source.text, unit);
  const call = callOf(unit, name, source.text);
  const helper = rspec ? 'spec_helper' : 'test_helper';
  const helps = samples.some((text) => text.includes(`'${helper}'`) || text.includes(`"${helper}"`));
  const own = requireOf(source.path, path, root, samples);
  const framework = helps ? `require '${helper}'` : rspec ? undefined : "require 'minitest/autorun'";
  const title = `${rspec ? '' : 'Test'}${capital(unit.name.replace(/\W/g, ''))}`;
  return {
    ok: true,
    value: {
      framework: rspec ? 'rspec' : 'minitest',
      assumed: !saysSpec && !/minitest/i.test(named) && nearest.length === 0,
      path,
      languageId: 'ruby',
      header: [...(framework ? [framework] : []), own].join('\n'),
      shape: rspec
        ? `RSpec.describe ${name === '' ? `'${unit.name}'` : name} do\n  it 'takes usual input' do\n    expect(${call}).to eq(...)\n  end\nend`
        : `class ${title} < Minitest::Test\n  def test_usual_input\n    assert_equal ..., ${call}\n  end\nend`,
      assertion: rspec ? '`expect(…).to`' : "`assert_equal` and Minitest's other assertions",
      existing,
      subject: { name: name === '' ? unit.name : name, module: '', others: [] },
    },
  };
}

async function projectRoot(
  folders: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string> {
  for (const folder of folders) {
    const names = await files.list(folder, signal);
    if (names.some((name) => roots.includes(name) || name.endsWith('.gemspec'))) return folder;
  }
  return folders.at(-1)!;
}

async function testPath(
  source: string,
  root: string,
  like: readonly string[],
  rspec: boolean,
): Promise<string> {
  const stem = basename(source, '.rb');
  const before = !rspec && like.length > 0 && like.every((path) => basename(path).startsWith('test_'));
  const names = rspec
    ? [`${stem}_spec.rb`]
    : before
      ? [`test_${stem}.rb`]
      : [`${stem}_test.rb`, `test_${stem}.rb`];
  const own = like.find((path) => names.includes(basename(path)));
  if (own) return own;
  const folder = rspec ? 'spec' : 'test';
  const within = slashed(relative(root, dirname(source))).replace(/^(?:lib|app)(?:\/|$)/, '');
  const nested =
    like.length === 0 || like.some((path) => slashed(relative(join(root, folder), dirname(path))) !== '');
  return join(root, folder, ...(nested ? within.split('/') : []), names[0] ?? `${stem}_test.rb`);
}

/** The class or module that the unit is in, with those around it; empty for a method of nobody. */
function scopeOf(text: string, unit: CodeUnit): string {
  const own = unit.indent.length;
  const scopes: { readonly name: string; readonly indent: number }[] = [];
  for (const found of text
    .slice(0, unit.span.start)
    .matchAll(/^([ \t]*)(?:class|module)\s+([A-Z][\w:]*)/gm)) {
    const indent = (found[1] ?? '').length;
    while ((scopes.at(-1)?.indent ?? -1) >= indent) scopes.pop();
    if (indent < own || unit.kind === 'class') scopes.push({ name: found[2] ?? '', indent });
  }
  const names = scopes.filter(({ indent }) => indent < own).map(({ name }) => name);
  return [...names, ...(unit.kind === 'class' ? [unit.name] : [])].join('::');
}

function callOf(unit: CodeUnit, scope: string, text: string): string {
  if (unit.kind === 'class') return `${scope}.new(...)`;
  if (scope === '') return `${unit.name}(...)`;
  const ofClass = /def\s+self\./.test(text.slice(unit.signature.start, unit.signature.end));
  const moduleFunction = /^\s*(?:module_function|extend self|class << self)\b/m.test(text);
  return ofClass || moduleFunction ? `${scope}.${unit.name}(...)` : `${scope}.new(...).${unit.name}(...)`;
}

/** How the project's tests load what is under test: from `lib`, where one of them does so, else by the way to it. */
function requireOf(source: string, test: string, root: string, samples: readonly string[]): string {
  const way = slashed(relative(dirname(test), source)).replace(/\.rb$/, '');
  const below = slashed(relative(join(root, 'lib'), source)).replace(/\.rb$/, '');
  const top = below.split('/')[0] ?? below;
  const loads = samples.some((text) => new RegExp(`^\\s*require ['"]${top}(?:/|['"])`, 'm').test(text));
  return loads && !below.startsWith('..') ? `require '${below}'` : `require_relative '${way}'`;
}
