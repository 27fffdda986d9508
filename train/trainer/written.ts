import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Label, labels } from '../../src/router/taskModel.ts';

/** One line of what was written for training. */
export interface Written {
  readonly text: string;
  readonly label: Label;
  readonly language: string;
}

export type Slots = ReadonlyMap<string, readonly string[]>;

const folder = join(import.meta.dirname, '..');

function lines(path: string): readonly string[] {
  return readFileSync(join(folder, path), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** @throws TypeError where a heading names no label. */
export function readWritten(path: string): readonly Written[] {
  const found: Written[] = [];
  let label: Label | undefined;
  let language = 'en';
  for (const line of lines(path)) {
    const heading = /^# (\w+)(?: (\w+))?$/.exec(line);
    if (heading) {
      label = labels.find((one) => one === heading[1]);
      language = heading[2] ?? 'en';
      if (!label) throw new TypeError(`${path}: no task "${heading[1]}"`);
      continue;
    }
    if (!label) throw new TypeError(`${path}: a prompt before the first heading`);
    found.push({ text: line.replaceAll('\\n', '\n').replaceAll('\\t', '\t'), label, language });
  }
  return found;
}

export function readPrompts(): readonly Written[] {
  return readdirSync(join(folder, 'prompts'))
    .toSorted()
    .flatMap((name) => readWritten(join('prompts', name)));
}

export function readPlain(path: string): readonly string[] {
  return lines(path).map((line) => line.replaceAll('\\n', '\n').replaceAll('\\t', '\t'));
}

/** Sections that begin with `@name` or `# name`. */
export function readSections(path: string): Slots {
  const found = new Map<string, string[]>();
  let open: string[] | undefined;
  for (const line of lines(path)) {
    const heading = /^(?:@|# )(\w+)$/.exec(line);
    if (heading?.[1]) {
      open = found.get(heading[1]) ?? [];
      found.set(heading[1], open);
    } else open?.push(line);
  }
  return found;
}
