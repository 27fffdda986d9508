import type { Message } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import type { SlashCommand } from './contributions.ts';

/** What a turn leaves in the chat's history: JSON, kept by VS Code. */
export interface TurnMetadata {
  readonly requestId: string;
  readonly conversation: string;
  readonly task?: Task;
  /** UTF-16 offsets of the answer in all that was shown. */
  readonly shown: readonly [number, number];
  readonly answered: boolean;
  /** Whether it was asked about code that came along. */
  readonly code: boolean;
}

/** A turn as the history has it. */
export type PastTurn =
  | { readonly kind: 'asked'; readonly prompt: string; readonly command?: string }
  | { readonly kind: 'answered'; readonly markdown: string; readonly metadata?: TurnMetadata };

/** Slash commands whose answers are Maia's own words, not a model's. */
const ownWords: readonly string[] = ['why', 'savings'] satisfies readonly SlashCommand[];

/** History's metadata, whoever wrote it: undefined unless it is Maia's. */
export function turnMetadata(value: unknown): TurnMetadata | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const said = value as Partial<TurnMetadata>;
  if (typeof said.requestId !== 'string' || typeof said.conversation !== 'string') return undefined;
  const [start, end] = Array.isArray(said.shown) ? said.shown : [];
  if (typeof start !== 'number' || typeof end !== 'number') return undefined;
  return {
    requestId: said.requestId,
    conversation: said.conversation,
    task: said.task,
    shown: [start, end],
    answered: said.answered === true,
    code: said.code === true,
  };
}

/** The messages of a conversation's earlier turns: answered questions with the text of their answers. */
export function pastMessages(turns: readonly PastTurn[]): readonly Message[] {
  const messages: Message[] = [];
  for (let at = 0; at + 1 < turns.length; at++) {
    const asked = turns[at];
    const answered = turns[at + 1];
    if (asked?.kind !== 'asked' || answered?.kind !== 'answered') continue;
    if (asked.command !== undefined && ownWords.includes(asked.command)) continue;
    const text = answerOf(answered);
    if (text.trim() === '' || answered.metadata?.answered === false) continue;
    messages.push(
      { role: 'user', parts: [{ type: 'text', text: askedAs(asked.command, asked.prompt) }] },
      { role: 'assistant', parts: [{ type: 'text', text }] },
    );
  }
  return messages;
}

function answerOf(turn: Extract<PastTurn, { kind: 'answered' }>): string {
  if (!turn.metadata) return turn.markdown;
  const [start, end] = turn.metadata.shown;
  return end > start && end <= turn.markdown.length ? turn.markdown.slice(start, end) : turn.markdown;
}

/**
 * The last thing that was asked of a model, for `/claude` and `/local` alone; its place in the history too.
 * @param clicked the request whose button was clicked: its question then, where the history still has it
 */
export function lastQuestion(
  turns: readonly PastTurn[],
  clicked?: string,
):
  | { readonly at: number; readonly prompt: string; readonly command?: string; readonly requestId?: string }
  | undefined {
  const answer = turns.findLastIndex(
    (turn) => clicked !== undefined && turn.kind === 'answered' && turn.metadata?.requestId === clicked,
  );
  for (let at = (answer === -1 ? turns.length : answer) - 1; at >= 0; at--) {
    const turn = turns[at];
    if (turn?.kind !== 'asked') continue;
    if (turn.command !== undefined && ownWords.includes(turn.command)) continue;
    if (isRepeat(turn.command) && turn.prompt.trim() === '') continue;
    const answered = turns[at + 1];
    return {
      at,
      prompt: turn.prompt,
      command: turn.command,
      requestId: answered?.kind === 'answered' ? answered.metadata?.requestId : undefined,
    };
  }
  return undefined;
}

export function isRepeat(command: string | undefined): command is 'local' | 'claude' {
  return command === 'local' || command === 'claude';
}

interface CommandTask {
  readonly task: Task;
  /** What is asked where the command stands alone. */
  readonly asked: string;
}

const commandTasks: ReadonlyMap<string, CommandTask> = new Map(
  Object.entries({
    explain: { task: 'explain', asked: 'Explain this code.' },
    tests: { task: 'tests', asked: 'Write tests for this function.' },
    doc: { task: 'document', asked: 'Write the documentation comment of this function.' },
    fix: { task: 'fix', asked: 'Find and fix the fault in this code.' },
    review: { task: 'review', asked: 'Review this code.' },
    commit: { task: 'commit', asked: 'Write the commit message for this change.' },
  } satisfies Partial<Record<SlashCommand, CommandTask>>),
);

/** The task that a slash command names. */
export function taskOf(command: string | undefined): Task | undefined {
  return commandTasks.get(command ?? '')?.task;
}

/** What was asked, in words, also where a slash command stood alone. */
export function askedAs(command: string | undefined, prompt: string): string {
  if (prompt.trim() !== '') return prompt;
  return commandTasks.get(command ?? '')?.asked ?? prompt;
}
