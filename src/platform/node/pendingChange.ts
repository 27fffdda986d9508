import { basename, join } from 'node:path';
import type { Failure, Result } from '../../vocabulary/failure.ts';
import type { PendingChange } from '../../vocabulary/repository.ts';
import type { ContextItem } from '../../vocabulary/request.ts';
import { diffSections } from './diffSections.ts';
import { askGit, type GitOutput } from './gitProcess.ts';

/** Bytes of a diff that are read; beyond, files are only named. */
const diffBytes = 1024 * 1024;
const listBytes = 256 * 1024;
const mostNames = 500;
const subjects = 30;

/** Git's own words alone: no program that the repository names is run for a diff. */
const plain = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--find-renames',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--submodule=short',
  '--ignore-submodules=dirty',
];

/**
 * What would be committed: what is staged, else all changes of tracked files and the names of new ones.
 * @param root absolute path of the work tree
 */
export async function pendingChange(
  root: string,
  program: string | undefined,
  signal: AbortSignal,
): Promise<Result<PendingChange>> {
  const ask = (limitBytes: number, ...args: readonly string[]) =>
    askGit({ root, args, limitBytes, ...(program === undefined ? {} : { program }) }, signal);
  const [staged, log, head] = await Promise.all([
    ask(diffBytes, 'diff', '--cached', ...plain),
    ask(listBytes, 'log', '-n', String(subjects), '--no-merges', '--format=%s'),
    ask(4_096, 'symbolic-ref', '--short', '-q', 'HEAD'),
  ]);
  if (!staged.ok) return staged;
  const isStaged = staged.value.text.trim() !== '';
  const diff = isStaged ? staged : await ask(diffBytes, 'diff', ...plain);
  if (!diff.ok) return diff;
  const untracked = isStaged
    ? []
    : namesOf(await ask(listBytes, 'ls-files', '--others', '--exclude-standard', '-z'));
  const sections = diffSections(diff.value.text);
  const unread = diff.value.cut
    ? namesOf(
        await ask(listBytes, 'diff', ...(isStaged ? ['--cached'] : []), '--name-only', '-z', ...plain),
      ).filter((name) => !sections.some(({ paths }) => paths.includes(name)))
    : [];
  if (sections.length === 0 && untracked.length === 0) {
    const failure: Failure = { code: 'nothingChanged', params: { name: basename(root) } };
    return { ok: false, failure };
  }
  const item = (name: string, text: string): ContextItem => ({
    kind: 'change',
    path: join(root, name),
    languageId: 'diff',
    text,
  });
  const branch = head.ok ? head.value.text.trim() : '';
  return {
    ok: true,
    value: {
      // A file's earlier name and files whose text is not read are there too: what protects them has to be seen.
      context: [
        ...sections.flatMap(({ paths, text }) => paths.map((path, at) => item(path, at === 0 ? text : ''))),
        ...[...unread, ...untracked].map((name) => item(name, '')),
      ],
      commit: {
        // A repository without a commit has no log.
        subjects: log.ok ? log.value.text.split('\n').filter((line) => line.trim() !== '') : [],
        ...(branch === '' ? {} : { branch }),
        unread: unread.slice(0, mostNames),
        untracked: untracked.slice(0, mostNames),
      },
    },
  };
}

function namesOf(listed: Result<GitOutput>): readonly string[] {
  if (!listed.ok) return [];
  const names = listed.value.text.split('\0');
  // The last one ends with its mark; where it does not it was cut.
  names.pop();
  return names.filter((name) => name !== '');
}

/** The work tree around a folder; undefined where it belongs to none, or git is not there. */
export async function workTreeOf(folder: string, signal: AbortSignal): Promise<string | undefined> {
  const found = await askGit(
    { root: folder, args: ['rev-parse', '--show-toplevel'], limitBytes: 8_192 },
    signal,
  );
  return found.ok ? found.value.text.replace(/\r?\n$/, '') || undefined : undefined;
}
