import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startCode } from '../../../src/code/client.ts';
import { sourcePaths } from '../../../src/code/paths.ts';
import { diskFiles } from '../../../src/platform/node/diskFiles.ts';
import { createTasks, type Judged, type Prepared, type TaskTools } from '../../../src/tasks/tasks.ts';
import type { Failure } from '../../../src/vocabulary/failure.ts';
import type { Request, Target } from '../../../src/vocabulary/request.ts';
import type { Task } from '../../../src/vocabulary/task.ts';

/** The worker of this test file, ended with it. */
const code = startCode(sourcePaths());
after(() => code.dispose());

export const tools: TaskTools = { code, files: diskFiles };
export const tasks = createTasks();
export const never = new AbortController().signal;
export const projects = fileURLToPath(new URL('../../projects/', import.meta.url));

const languages: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  mjs: 'javascript',
  py: 'python',
  go: 'go',
  java: 'java',
  cs: 'csharp',
  rb: 'ruby',
  rs: 'rust',
  php: 'php',
  cpp: 'cpp',
  h: 'cpp',
  lua: 'lua',
  md: 'markdown',
};

export function languageOf(path: string): string {
  return languages[path.split('.').at(-1) ?? ''] ?? 'plaintext';
}

/** A document with a cursor (`¦`) or a selection (`«…»`) in its text. */
export function targetOf(path: string, marked: string, more: Partial<Target> = {}): Target {
  const cursor = marked.indexOf('¦');
  const from = marked.indexOf('«');
  const selection =
    cursor !== -1
      ? { start: cursor, end: cursor }
      : from !== -1
        ? { start: from, end: marked.indexOf('»') - 1 }
        : { start: 0, end: 0 };
  return {
    uri: pathToFileURL(path).href,
    path,
    languageId: languageOf(path),
    text: marked.replace(/[¦«»]/g, ''),
    partial: false,
    selection,
    folder: '/project',
    indent: { size: 4, tabs: false },
    ...more,
  };
}

/** A file of a project with the cursor at the first place where `at` stands. */
export async function projectTarget(project: string, file: string, at: string): Promise<Target> {
  const folder = resolve(projects, project);
  const path = join(folder, file);
  const text = await diskFiles.read(path, never);
  assert.ok(text !== undefined, `no file ${file}`);
  const start = text.indexOf(at);
  assert.ok(start !== -1, `${file} does not hold ${at}`);
  return targetOf(path, text, { folder, selection: { start, end: start } });
}

export function requestOf(asked: string, more: Partial<Request> = {}): Request {
  return {
    id: 'r1',
    surface: 'command',
    messages: asked === '' ? [] : [{ role: 'user', parts: [{ type: 'text', text: asked }] }],
    context: [],
    tools: [],
    toolChoice: 'auto',
    ...more,
  };
}

export async function prepared(task: Task, request: Request): Promise<Prepared> {
  const result = await tasks.prepare(task, request, tools, never);
  assert.ok(result.ok, result.ok ? '' : `failed: ${JSON.stringify(result.failure)}`);
  return result.value;
}

export async function failureOf(task: Task, request: Request): Promise<Failure> {
  const result = await tasks.prepare(task, request, tools, never);
  assert.ok(!result.ok, 'it did not fail');
  return result.failure;
}

export function judged(from: Prepared, answer: string): Promise<Judged> {
  return tasks.judge(from, answer, tools, never);
}

/** Prepares a command on a target and judges an answer to it. */
export async function answered(task: Task, target: Target, answer: string): Promise<Judged> {
  return judged(await prepared(task, requestOf('', { task, target })), answer);
}

/** The text of the message with a role, the last one where there are several. */
export function promptOf(from: Prepared, role: 'system' | 'user'): string {
  const message = from.messages.findLast((one) => one.role === role);
  return (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}
