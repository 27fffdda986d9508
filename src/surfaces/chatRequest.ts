import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Result } from '../vocabulary/failure.ts';
import type { CommitFacts, ContextItem, DeveloperWord, Request, Target } from '../vocabulary/request.ts';
import { type Gathered, gather } from './chatContext.ts';
import { openRepositories } from './commitRequest.ts';
import {
  askedAs,
  isRepeat,
  lastQuestion,
  type PastTurn,
  pastMessages,
  taskOf,
  turnMetadata,
} from './pastTurns.ts';
import { problemItems, problemsAt } from './problems.ts';
import type { RecentRequests } from './recentRequests.ts';
import type { SurfaceParts } from './surfaceParts.ts';

export interface ChatParts {
  readonly parts: Pick<SurfaceParts, 'repositories'>;
  readonly recent: RecentRequests;
  readonly signal: AbortSignal;
}

/** Makes a request of a chat turn: what was asked, what came before, and the code that it speaks of. */
export async function chatRequest(
  turn: vscode.ChatRequest,
  history: vscode.ChatContext['history'],
  { parts, recent, signal }: ChatParts,
): Promise<Result<Request>> {
  const past = history.map(pastTurn);
  const conversation = conversationOf(past) ?? randomUUID();
  const word = wordOf(turn.command);
  const clicked = recent.takeClicked();
  const repeated =
    isRepeat(turn.command) && turn.prompt.trim() === '' ? lastQuestion(past, clicked?.id) : undefined;

  const kept = repeated?.requestId === undefined ? undefined : recent.get(repeated.requestId)?.request;
  if (kept)
    return {
      ok: true,
      value: { ...kept, id: randomUUID(), conversation, ...(word ? { word } : {}), ...clicked?.change },
    };

  const prompt = repeated?.prompt ?? turn.prompt;
  const command = repeated ? repeated.command : turn.command;
  const asked = history[repeated?.at ?? -1];
  const references = asked instanceof vscode.ChatRequestTurn ? asked.references : turn.references;
  const task = taskOf(command);
  const gathered: Result<AskedAbout> =
    task === 'commit'
      ? await gatherChange(references, prompt, parts, signal)
      : await gather(references, prompt, task, signal);
  if (!gathered.ok) return gathered;
  const { target, commit, root } = gathered.value;
  const context = [...gathered.value.context, ...(task === 'fix' && target ? await problemsOf(target) : [])];
  const folder = root ?? target?.folder ?? onlyFolder();
  return {
    ok: true,
    value: {
      id: randomUUID(),
      conversation,
      surface: 'chat',
      ...(task ? { task } : {}),
      ...(word ? { word } : {}),
      messages: [
        ...pastMessages(repeated ? past.slice(0, repeated.at) : past),
        { role: 'user', parts: [{ type: 'text', text: askedAs(command, prompt) }] },
      ],
      context,
      ...(target ? { target } : {}),
      ...(commit ? { commit } : {}),
      tools: [],
      toolChoice: 'auto',
      ...(folder === undefined ? {} : { folder }),
      locale: vscode.env.language,
    },
  };
}

interface AskedAbout extends Gathered {
  readonly commit?: CommitFacts;
  /** Of the repository that a message is written for. */
  readonly root?: string;
}

/** What `/commit` is about: the change of the repository at hand, beside what the developer added. */
async function gatherChange(
  references: readonly vscode.ChatPromptReference[],
  prompt: string,
  parts: ChatParts['parts'],
  signal: AbortSignal,
): Promise<Result<AskedAbout>> {
  const gathered = await gather(references, '', undefined, signal);
  if (!gathered.ok) return gathered;
  const { context } = gathered.value;
  const repositories = await openRepositories(parts, signal);
  const repository = repositories.ok ? repositories.value[0] : undefined;
  const change = await repository?.change(signal);
  if (change?.ok && repository) {
    const { context: changed, commit } = change.value;
    return { ok: true, value: { context: [...context, ...changed], commit, root: repository.root } };
  }
  // A diff may have been pasted.
  if (context.length > 0 || prompt.includes('\n')) return { ok: true, value: { context } };
  const failed = repositories.ok ? change : repositories;
  return failed && !failed.ok ? failed : { ok: true, value: { context } };
}

/** What the editor reports where a fix is asked for. */
async function problemsOf({ uri, partial, selection }: Target): Promise<readonly ContextItem[]> {
  if (partial) return [];
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const range = new vscode.Range(document.positionAt(selection.start), document.positionAt(selection.end));
  return problemItems(document, problemsAt(document.uri, range));
}

function conversationOf(past: readonly PastTurn[]): string | undefined {
  const known = past.flatMap((one) => (one.kind === 'answered' && one.metadata ? [one.metadata] : []));
  return known.at(-1)?.conversation;
}

/** The first workspace folder on this machine, for what is not about one file. */
export function onlyFolder(): string | undefined {
  return vscode.workspace.workspaceFolders?.find((folder) => folder.uri.scheme === 'file')?.uri.fsPath;
}

function wordOf(command: string | undefined): DeveloperWord | undefined {
  return isRepeat(command) ? { route: command, said: 'command' } : undefined;
}

export function pastTurn(turn: vscode.ChatRequestTurn | vscode.ChatResponseTurn): PastTurn {
  if (turn instanceof vscode.ChatRequestTurn)
    return { kind: 'asked', prompt: turn.prompt, command: turn.command };
  const markdown = turn.response
    .map((part) => (part instanceof vscode.ChatResponseMarkdownPart ? part.value.value : ''))
    .join('');
  return { kind: 'answered', markdown, metadata: turnMetadata(turn.result.metadata) };
}
