import type { Route, Tier } from './model.ts';
import type { SecretAnswer } from './secretOffer.ts';
import type { Task } from './task.ts';
import type { Finding } from './verdict.ts';

export const surfaceNames = ['chat', 'command', 'picker', 'cli', 'claudeCode', 'tool'] as const;
/** Where a request was asked. `picker` is "Maia Auto" in VS Code's model picker. */
export type SurfaceName = (typeof surfaceNames)[number];

export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly mime: string; readonly data: Uint8Array }
  | { readonly type: 'toolCall'; readonly callId: string; readonly name: string; readonly input: object }
  | {
      readonly type: 'toolResult';
      readonly callId: string;
      readonly name: string;
      readonly text: string;
      readonly failed?: boolean;
    };

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly parts: readonly Part[];
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input. */
  readonly inputSchema?: object;
}

/** UTF-16 offsets into a text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A piece of a file that goes along with what was asked. */
export interface ContextItem {
  /** `change` is one file's part of a diff; without text its file is only named. */
  readonly kind: 'selection' | 'file' | 'diagnostic' | 'symbol' | 'pasted' | 'change';
  /** The document's URI as text, where it has one. */
  readonly uri?: string;
  /** Absolute path on this machine, where it has one; protected paths are matched against it. */
  readonly path?: string;
  readonly languageId?: string;
  readonly text: string;
  /** First line of the piece in its file, 1-based. */
  readonly line?: number;
}

/** The document that a command works on. */
export interface Target {
  readonly uri: string;
  /** Absolute path on this machine; absent for a document that was never saved or lies in a virtual workspace. */
  readonly path?: string;
  readonly languageId: string;
  /** The document's text as the editor has it, unsaved edits included; only the selected text when `partial`. */
  readonly text: string;
  /** The document is larger than 1 MiB, so `text` is the selection alone and nothing of it is parsed. */
  readonly partial: boolean;
  /** Empty (start = end) for a cursor. Offsets into `text`. */
  readonly selection: Span;
  /** Absolute path of the workspace folder that holds the document. */
  readonly folder?: string;
  readonly indent: { readonly size: number; readonly tabs: boolean };
}

/** What the developer said about where a request goes: `/local`, "ask Claude", "use CodeLlama to …". */
export interface DeveloperWord {
  readonly route?: Extract<Route, 'local' | 'claude'>;
  /** A model's name or the nearest installed tag of what was named. */
  readonly model?: string;
  readonly tier?: Tier;
  readonly said: 'command' | 'prose' | 'setting';
}

/** What is known of the repository that a commit message is asked for; the change itself is context, file by file. */
export interface CommitFacts {
  /** First lines of the last commits, newest first. */
  readonly subjects: readonly string[];
  readonly branch?: string;
  /** Paths, relative to the repository, whose change was too long to read. */
  readonly unread: readonly string[];
  /** Relative paths of new files that git does not track yet. */
  readonly untracked: readonly string[];
  /** What stood in the message box before. */
  readonly hint?: string;
}

/** An answer that the developer would have otherwise: the same question once more, with it in view. */
export interface Again {
  /** As it was shown. */
  readonly answer: string;
  /** What its check found, where it failed. */
  readonly findings: readonly Finding[];
  /** What is to be different, in the developer's words. */
  readonly wish?: string;
}

/** What was asked, with its context and where it came from. Survives `structuredClone`. */
export interface Request {
  readonly id: string;
  /** The same for all turns of one conversation; absent for a request of its own. */
  readonly conversation?: string;
  readonly surface: SurfaceName;
  /** The task, when a command names it; otherwise the classifier finds it. */
  readonly task?: Task;
  readonly word?: DeveloperWord;
  /** Oldest first; the last one is what is asked now. System messages come from callers of Maia Auto only. */
  readonly messages: readonly Message[];
  readonly context: readonly ContextItem[];
  readonly target?: Target;
  readonly again?: Again;
  readonly commit?: CommitFacts;
  readonly tools: readonly Tool[];
  /** Whether the caller insists on a tool call. */
  readonly toolChoice: 'auto' | 'required';
  /** The workspace folder's absolute path, for the project's files and the ledger's keyed hash. */
  readonly folder?: string;
  /** What the developer clicked where secrets were found; set by a surface's own button, and good for one request. */
  readonly secretAnswer?: SecretAnswer;
  /** The human language that the developer's editor is in, BCP 47. */
  readonly locale?: string;
}

/** Whether what came last is a tool's result: the same question goes on, and its model with it. */
export function isToolLoop(request: Pick<Request, 'messages'>): boolean {
  return request.messages.at(-1)?.parts.some(({ type }) => type === 'toolResult') ?? false;
}

/** The text of the last user message that has any, which is what is asked now: a tool's result asks nothing new. */
export function askedText(request: Pick<Request, 'messages'>): string {
  const last = request.messages.findLast(
    ({ role, parts }) => role === 'user' && parts.some(({ type }) => type === 'text'),
  );
  if (!last) return '';
  return last.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
