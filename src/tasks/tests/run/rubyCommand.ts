import { join, relative } from 'node:path';
import { escaped } from '../../pattern.ts';
import { foldersUp, slashed } from '../projectFolders.ts';
import { readMinitest, readRspec } from './rubyReport.ts';
import type { MakeCommand } from './testCommand.ts';

const roots = ['Gemfile', 'gems.rb', '.rspec', 'Rakefile'];

/** RSpec or Minitest over one file, with the gems that the project's bundle names where it has one. */
export const rubyCommand: MakeCommand = async ({ plan, folder, only }, files, signal) => {
  const folders = foldersUp(plan.path, folder);
  const names = await Promise.all(folders.map((at) => files.list(at, signal)));
  const found = names.findIndex((there) => roots.some((name) => there.includes(name)));
  const root = folders[found === -1 ? folders.length - 1 : found] ?? folder;
  const there = names[found] ?? [];
  const bundle = there.includes('Gemfile') || there.includes('gems.rb') ? ['bundle', 'exec'] : [];
  const file = slashed(relative(root, plan.path));
  if (plan.framework === 'rspec')
    return {
      argv: [...bundle, 'rspec', '--format', 'json', '--no-color', '--order', 'defined', file],
      cwd: root,
      read: readRspec,
    };
  const methods = only.map((name) => escaped(name.split(' > ').at(-1) ?? name));
  const chosen = methods.length > 0 ? ['-n', `/^(?:${methods.join('|')})$/`] : [];
  return {
    argv: [...bundle, 'ruby', `-I${join(root, 'lib')}`, `-I${join(root, 'test')}`, file, '-v', ...chosen],
    cwd: root,
    read: readMinitest,
  };
};
