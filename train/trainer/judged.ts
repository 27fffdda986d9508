import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Label, labels } from '../../src/router/taskModel.ts';
import { readWritten, type Written } from './written.ts';

const folder = join(import.meta.dirname, '..');

/**
 * Whole texts under `# task language` headings, divided by lines of `---`. Code may hold lines that begin with `#`:
 * only a task and a language of two letters make a heading.
 * @throws TypeError where a heading names no label, or a text stands before the first heading.
 */
export function readWhole(path: string): readonly Written[] {
  const found: Written[] = [];
  let label: Label | undefined;
  let language = 'en';
  let open: string[] = [];
  const close = () => {
    const text = open.join('\n').trim();
    open = [];
    if (text === '') return;
    if (!label) throw new TypeError(`${path}: a text before the first heading`);
    found.push({ text, label, language });
  };
  for (const line of readFileSync(join(folder, path), 'utf8').split('\n')) {
    const heading = /^# ([a-z]+) ([a-z]{2})$/.exec(line);
    if (heading || line === '---') close();
    if (!heading) {
      if (line !== '---') open.push(line);
      continue;
    }
    label = labels.find((one) => one === heading[1]);
    language = heading[2] ?? 'en';
    if (!label) throw new TypeError(`${path}: no task "${heading[1]}"`);
  }
  close();
  return found;
}

/** A set of the project's own that never trains. */
export interface OwnJudge {
  readonly name: string;
  /** What it is, in a few words. */
  readonly note: string;
  readonly rows: readonly Written[];
}

/** Every file of `train/judge`: what begins with "posts" holds whole posts, any other a prompt a line. Prompts come first. */
export function ownJudges(): readonly OwnJudge[] {
  return readdirSync(join(folder, 'judge'))
    .filter((name) => name.endsWith('.txt'))
    .toSorted((one, other) => Number(isPosts(one)) - Number(isPosts(other)) || (one < other ? -1 : 1))
    .map((name) => ({
      name: name.replace(/\.txt$/, ''),
      note: isPosts(name) ? 'question-and-answer posts written blind' : 'editor prompts written blind',
      rows: (isPosts(name) ? readWhole : readWritten)(join('judge', name)),
    }));
}

function isPosts(name: string): boolean {
  return name.startsWith('posts');
}
