import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Files that are looked into, and files that are then asked about. */
const mostRead = 3_000;
const mostAsked = 20;

/**
 * Sources that seem to import a file, by the last part of the names that they import: one too many costs a question.
 * @param sources absolute, with forward slashes
 */
export function importersOf(
  path: string,
  sources: readonly string[],
  open: ReadonlyMap<string, string>,
): readonly string[] {
  const found: string[] = [];
  const names = specifierOf(path);
  for (const source of sources.slice(0, mostRead)) {
    if (source === path) continue;
    const text = open.get(source) ?? textOf(source);
    if (text !== undefined && names.test(text)) found.push(source);
    if (found.length >= mostAsked) break;
  }
  return found;
}

function specifierOf(path: string): RegExp {
  const name = basename(path).replace(/\.[cm]?[jt]sx?$/, '');
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const last =
    name === 'index'
      ? `(?:index(?:\\.[cm]?[jt]sx?)?|${escaped(basename(dirname(path)))}|\\.{1,2})/?`
      : `${escaped(name)}(?:\\.[cm]?[jt]sx?)?`;
  return new RegExp(`(["'\`])(?:[^"'\`\\n]*/)?${last}\\1`);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
