import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { ContextItem, DeveloperWord, Request } from '../vocabulary/request.ts';
import { type Task, tasks } from '../vocabulary/task.ts';
import type { Arguments } from './arguments.ts';
import { WrongUse } from './wrongUse.ts';

/** VS Code's language ids by the file's ending. */
export const languageIds: Readonly<Record<string, string>> = {
  '.ts': 'typescript',
  '.tsx': 'typescriptreact',
  '.js': 'javascript',
  '.jsx': 'javascriptreact',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.py': 'python',
  '.go': 'go',
  '.java': 'java',
  '.cs': 'csharp',
  '.rs': 'rust',
  '.rb': 'ruby',
  '.php': 'php',
  '.cpp': 'cpp',
  '.cc': 'cpp',
  '.cxx': 'cpp',
  '.hpp': 'cpp',
  '.h': 'cpp',
  '.c': 'c',
  '.md': 'markdown',
  '.json': 'json',
};

/**
 * @param piped what came on standard input; it goes along as pasted context where a question was given too
 * @throws WrongUse where nothing is asked, or a file or task is none
 */
export async function requestOf(args: Arguments, piped: string, folder: string): Promise<Request> {
  const typed = args.words.join(' ').trim();
  const asked = typed || piped.trim();
  if (asked === '') throw new WrongUse('Nothing was asked. Try: maia ask "explain what a mutex is"');
  const context: ContextItem[] = [];
  if (typed && piped.trim()) context.push({ kind: 'pasted', text: piped });
  for (const file of args.files) context.push(await fileContext(file));
  const word = wordOf(args);
  const task = taskOf(args.task);
  return {
    id: randomUUID(),
    surface: 'cli',
    messages: [{ role: 'user', parts: [{ type: 'text', text: asked }] }],
    context,
    tools: [],
    toolChoice: 'auto',
    folder,
    ...(task ? { task } : {}),
    ...(word ? { word } : {}),
  };
}

async function fileContext(file: string): Promise<ContextItem> {
  const path = resolve(file);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new WrongUse(`The file ${file} can't be read.`);
  }
  if (text.includes('\0')) throw new WrongUse(`${file} is a binary file: give a text file.`);
  const languageId = languageIds[extname(path)];
  return { kind: 'file', path, text, line: 1, ...(languageId ? { languageId } : {}) };
}

function wordOf(args: Arguments): DeveloperWord | undefined {
  const route = args.local ? 'local' : args.claude ? 'claude' : undefined;
  if (!route && args.model === undefined) return undefined;
  return {
    said: 'command',
    ...(route ? { route } : {}),
    ...(args.model === undefined ? {} : { model: args.model }),
  };
}

/** @throws WrongUse where there is no such task */
export function taskOf(name: string | undefined): Task | undefined {
  if (name === undefined) return undefined;
  const found = tasks.find((task) => task === name);
  if (!found) throw new WrongUse(`There is no task "${name}". There are: ${tasks.join(', ')}.`);
  return found;
}
