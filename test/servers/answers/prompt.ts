/** A prompt as either protocol brings it, in one form. */
export interface Prompt {
  readonly system: string;
  readonly turns: readonly Turn[];
  readonly tools: readonly OfferedTool[];
  /** A JSON schema that the answer has to fit. */
  readonly schema?: object;
  /** A tool has to be called. */
  readonly mustCall: boolean;
}

export interface Turn {
  readonly role: 'user' | 'assistant' | 'tool';
  readonly text: string;
  /** Name of the tool whose result this is. */
  readonly tool?: string;
}

export interface OfferedTool {
  readonly name: string;
  readonly description: string;
  readonly schema: object;
}

export interface ToolCall {
  readonly name: string;
  readonly input: Record<string, unknown>;
}

/** What a model says: its thinking, its text and its calls, in this order. */
export interface Answer {
  readonly thinking: string;
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly refused?: boolean;
}

/** An answer that is this text alone. */
export function plainly(text: string): Answer {
  return { thinking: '', text, calls: [] };
}

/** The text of the last user turn: what is asked now. */
export function askedNow(prompt: Prompt): string {
  return prompt.turns.findLast((turn) => turn.role === 'user')?.text ?? '';
}

/** Results that came after the last user turn, oldest first. */
export function freshResults(prompt: Prompt): readonly Turn[] {
  const last = prompt.turns.findLastIndex((turn) => turn.role === 'user');
  return prompt.turns.slice(last + 1).filter((turn) => turn.role === 'tool');
}

export interface CodeBlock {
  /** As written after the fence, lower case; empty where none is. */
  readonly language: string;
  readonly code: string;
}

/** Fenced blocks of a Markdown text; a fence is closed by one that is at least as long. */
export function codeBlocks(text: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const fences = /^[ \t]*(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)^[ \t]*\1[`~]*[ \t]*$/gm;
  for (const [, , info = '', code = ''] of text.matchAll(fences))
    blocks.push({ language: info.trim().split(/\s+/)[0]!.toLowerCase(), code });
  return blocks;
}

/** The text without its fenced blocks. */
export function prose(text: string): string {
  return text.replace(/^[ \t]*(`{3,}|~{3,})[^\n`]*\n[\s\S]*?^[ \t]*\1[`~]*[ \t]*$/gm, ' ');
}

/**
 * The prompt as it was before a check sent the answer back; undefined where none did. What is asked then is the old
 * question once more.
 */
export function beforeMending(prompt: Prompt): Prompt | undefined {
  const [answer, request] = prompt.turns.slice(-2);
  if (answer?.role !== 'assistant' || request?.role !== 'user' || prompt.turns.length < 3) return undefined;
  if (!/\banswer again\b/i.test(request.text) || codeBlocks(request.text).length > 0) return undefined;
  return { ...prompt, turns: prompt.turns.slice(0, -2) };
}
