import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Tasks, TaskTools } from '../tasks/tasks.ts';
import type { Request } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import type { Finding, Verdict } from '../vocabulary/verdict.ts';

/** An answer that somebody else has, and what it answers. */
export interface Checkable {
  readonly task: Task;
  /** VS Code's language id. */
  readonly language: string;
  /** Of the file; relative to `project` where there is one. */
  readonly path: string;
  /** The file's text before. */
  readonly file: string;
  /** 1-based line where the function begins; the first where it is absent. */
  readonly line?: number;
  /** What a model wrote, raw. */
  readonly answer: string;
  /** What was asked in the developer's own words: a document is held against it. */
  readonly question?: string;
  /** Folder with the project's files, for imports, framework and types. */
  readonly project?: string;
}

export interface Checked {
  readonly verdict: Verdict['kind'];
  readonly findings: readonly Finding[];
  /** The file as it would be applied; absent where there is nothing to apply. */
  readonly result?: string;
}

const indent = { size: 4, tabs: false };

/** Checks an answer as the engine would have it checked; asks no model and writes nothing. */
export async function checkAnswer(
  one: Checkable,
  tasks: Tasks,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Checked> {
  const prepared = await tasks.prepare(one.task, requestOf(one), tools, signal);
  if (!prepared.ok) {
    const { code } = prepared.failure;
    return { verdict: 'notChecked', findings: [{ code: 'verifierFailed', params: { detail: code } }] };
  }
  const { verdict, proposal } = await tasks.judge(prepared.value, one.answer, tools, signal);
  return {
    verdict: verdict.kind,
    findings: verdict.findings,
    ...(proposal ? { result: proposal.after } : {}),
  };
}

/** What a developer would have asked at the place. */
export function requestOf(one: Checkable): Request {
  const path = resolve(one.project ?? '.', one.path);
  const cursor = startOfLine(one.file, one.line ?? 1);
  return {
    id: 'check',
    surface: 'cli',
    task: one.task,
    messages: [{ role: 'user', parts: [{ type: 'text', text: one.question ?? '' }] }],
    context: [],
    target: {
      uri: pathToFileURL(path).href,
      path,
      languageId: one.language,
      text: one.file,
      partial: false,
      selection: { start: cursor, end: cursor },
      indent: { ...indent, tabs: /^\t/m.test(one.file) },
      ...(one.project === undefined ? {} : { folder: resolve(one.project) }),
    },
    tools: [],
    toolChoice: 'auto',
  };
}

/** Offset of the first character of a 1-based line that is no white space; the text's end behind its last line. */
function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let left = line - 1; left > 0; left -= 1) {
    const next = text.indexOf('\n', at);
    if (next === -1) return text.length;
    at = next + 1;
  }
  return at + (/^[ \t\uFEFF]*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0);
}
