import { join, relative } from 'node:path';
import type { CodeUnit } from '../../code/code.ts';
import type { Result } from '../../vocabulary/failure.ts';
import type { ProjectFiles } from '../../vocabulary/ports.ts';
import { findBelow, foldersUp, slashed } from './projectFolders.ts';
import type { SourceFile } from './testSetup.ts';
import type { TestSetup } from './testsPlan.ts';

const testModule = /#\[cfg\(test\)\]/;

/**
 * Tests of a Rust source, run by `cargo test`: in the source's own test module, as Rust's book has it; in `tests/` where
 * the crate is a library that tests there alone and the function is public.
 */
export async function rustSetup(
  source: SourceFile,
  unit: CodeUnit,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<Result<TestSetup>> {
  const outside = await testsOutside(source, unit, files, signal);
  const name = unit.owner ?? unit.name;
  const result = callOf(unit, source.text);
  const common = {
    framework: 'cargoTest' as const,
    assumed: false,
    languageId: 'rust',
    shape: `#[test]\nfn ${unit.name.replace(/^_+/, '').toLowerCase()}_of_usual_input() {\n    assert_eq!(${result}, ...);\n}`,
    assertion: '`assert_eq!` and `assert!`',
  };
  if (outside) {
    const { path, module } = outside;
    const existing = await files.read(path, signal);
    const header = `use ${module}::${name};`;
    return {
      ok: true,
      value: { ...common, path, header, existing, subject: { name, module, others: [] } },
    };
  }
  const subject = { name, module: '', others: [] };
  return {
    ok: true,
    value: { ...common, path: source.path, header: 'use super::*;', existing: source.text, subject },
  };
}

function callOf(unit: CodeUnit, text: string): string {
  if (!unit.owner) return `${unit.name}(...)`;
  const self = /\bself\b/.test(text.slice(unit.signature.start, unit.signature.end));
  return self ? `${unit.owner}::new(...).${unit.name}(...)` : `${unit.owner}::${unit.name}(...)`;
}

/** The file in `tests/` and the path of the source's module, where the tests belong there. */
async function testsOutside(
  source: SourceFile,
  unit: CodeUnit,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<{ readonly path: string; readonly module: string } | undefined> {
  if (!unit.exported || testModule.test(source.text)) return undefined;
  for (const root of foldersUp(source.path, source.folder)) {
    const manifest = await files.read(join(root, 'Cargo.toml'), signal);
    if (manifest === undefined) continue;
    const library = await files.read(join(root, 'src/lib.rs'), signal);
    const within = slashed(relative(join(root, 'src'), source.path));
    if (library === undefined || within.startsWith('..')) return undefined;
    const tests = (await files.list(join(root, 'tests'), signal)).filter((name) => name.endsWith('.rs'));
    if (tests.length === 0) return undefined;
    const others = await findBelow(files, join(root, 'src'), ['**/*.rs'], source.folder, signal);
    const texts = await Promise.all(others.slice(0, 20).map((path) => files.read(path, signal)));
    if (texts.some((text) => text !== undefined && testModule.test(text))) return undefined;
    const parts = within
      .replace(/\.rs$/, '')
      .replace(/(?:^|\/)(?:mod|lib)$/, '')
      .split('/')
      .filter((part) => part !== '');
    // A module that the library does not show can't be named from outside.
    if (parts[0] !== undefined && !new RegExp(`^\\s*pub mod ${parts[0]}\\b`, 'm').test(library))
      return undefined;
    const stem = parts.at(-1) ?? 'lib';
    const like = tests.find((name) => [`${stem}.rs`, `${stem}_test.rs`, `test_${stem}.rs`].includes(name));
    const file = like ?? (tests.every((name) => /_test\.rs$/.test(name)) ? `${stem}_test.rs` : `${stem}.rs`);
    return { path: join(root, 'tests', file), module: [crateName(manifest, root), ...parts].join('::') };
  }
  return undefined;
}

function crateName(manifest: string, root: string): string {
  const section = (name: string) => new RegExp(`^\\[${name}\\]\\s*$([^[]*)`, 'm').exec(manifest)?.[1] ?? '';
  const named = (text: string) => /^\s*name\s*=\s*["']([^"']+)["']/m.exec(text)?.[1];
  const name =
    named(section('lib')) ?? named(section('package')) ?? slashed(root).split('/').at(-1) ?? 'crate';
  return name.replaceAll('-', '_');
}
