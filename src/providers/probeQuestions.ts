import type { ProbeFinding, ProbeKind, ProbeStep } from '../vocabulary/probe.ts';
import type { Message, Tool } from '../vocabulary/request.ts';

/** What a model said to one question. */
export interface Said {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  /** It ended by itself. */
  readonly ended: boolean;
}

export interface Question {
  readonly step: ProbeStep;
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
  readonly judge: (said: Said) => ProbeFinding;
}

const said = (role: Message['role'], text: string): Message => ({ role, parts: [{ type: 'text', text }] });

function tool(name: string, description: string, properties: Record<string, object>): Tool {
  return {
    name,
    description,
    inputSchema: { type: 'object', properties, required: Object.keys(properties) },
  };
}

const readFile = tool('read_file', 'Gives the text of one file.', {
  path: { type: 'string', description: 'Path of the file' },
});
const searchText = tool('search_text', 'Finds a word in all files.', {
  query: { type: 'string', description: 'The word to find' },
});
const readLines = tool('read_lines', 'Gives some lines of a file.', {
  path: { type: 'string', description: 'Path of the file' },
  first: { type: 'integer', description: 'Number of the first line' },
});

/** A call of a tool as text: the field's usual ways to write one. */
const callInText =
  /^\s*(?:```(?:json)?\s*)?[[{]\s*"(?:name|function|tool|type)"|<tool_call>|<function=|\[TOOL_CALLS\]/;

/** One call of one tool with these arguments, and nothing else. */
function oneCall(name: string, right: (input: Readonly<Record<string, unknown>>) => boolean) {
  return ({ text, calls }: Said): ProbeFinding => {
    const [call] = calls;
    if (!call) return callInText.test(text) ? 'callAsText' : 'noCall';
    if (calls.length > 1 || call.name !== name) return 'wrongTool';
    const { input } = call;
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return 'wrongArguments';
    return right(input as Readonly<Record<string, unknown>>) ? 'passed' : 'wrongArguments';
  };
}

function answer(right: RegExp) {
  return ({ text, calls, ended }: Said): ProbeFinding => {
    if (calls.length > 0) return 'needlessCall';
    if (callInText.test(text)) return 'callAsText';
    if (!ended) return 'doesNotEnd';
    return right.test(text) ? 'passed' : 'wrongAnswer';
  };
}

/** A word, perhaps in a short sentence around it. */
const mostWords = 8;

function word(right: RegExp) {
  return ({ text, ended }: Said): ProbeFinding => {
    if (!ended) return 'doesNotEnd';
    const words = text.trim().split(/\s+/);
    return right.test(text) && words.length <= mostWords ? 'passed' : 'wrongAnswer';
  };
}

const isPath = (value: unknown, path: string) =>
  typeof value === 'string' && value.replace(/^\.?\//, '') === path;

const tools: readonly Question[] = [
  {
    step: 'oneTool',
    messages: [said('user', 'Show me what the file "notes.txt" says.')],
    tools: [readFile],
    judge: oneCall('read_file', ({ path }) => isPath(path, 'notes.txt')),
  },
  {
    step: 'chooseTool',
    messages: [said('user', 'Use search_text to find where the word "timeout" is written.')],
    tools: [readFile, searchText],
    judge: oneCall('search_text', ({ query }) => typeof query === 'string' && /^\W*timeout\W*$/i.test(query)),
  },
  {
    step: 'typedArguments',
    messages: [said('user', 'Read the file "app.py" from line 40 on.')],
    tools: [readLines],
    judge: oneCall('read_lines', ({ path, first }) => isPath(path, 'app.py') && first === 40),
  },
  {
    step: 'noCall',
    messages: [said('user', 'Answer without tools: repeat the word "lantern" and say nothing else.')],
    tools: [readFile, searchText],
    judge: answer(/\blantern\b/i),
  },
  {
    step: 'useResult',
    messages: [
      said('user', 'Which port does the server listen on? Look into "server.conf".'),
      {
        role: 'assistant',
        parts: [{ type: 'toolCall', callId: 'call_1', name: 'read_file', input: { path: 'server.conf' } }],
      },
      {
        role: 'user',
        parts: [
          { type: 'toolResult', callId: 'call_1', name: 'read_file', text: 'port = 8123', failed: false },
        ],
      },
    ],
    tools: [readFile],
    judge: answer(/\b8,?123\b/),
  },
];

const chat: readonly Question[] = [
  {
    step: 'oneWord',
    messages: [said('user', 'What is the capital of France? Answer with one word.')],
    tools: [],
    judge: word(/\bparis\b/i),
  },
  {
    step: 'repeat',
    messages: [said('user', 'Repeat this word and say nothing else: "lantern"')],
    tools: [],
    judge: word(/\blantern\b/i),
  },
  {
    step: 'recall',
    messages: [
      said('user', 'My name is Ada.'),
      said('assistant', 'Hello Ada!'),
      said('user', 'What is my name? Answer with one word.'),
    ],
    tools: [],
    judge: word(/\bada\b/i),
  },
];

export const questions: Readonly<Record<ProbeKind, readonly Question[]>> = { tools, chat };

/**
 * Tools: every question. Chat: each answer ends by itself and one at least is right: what a model knows, and how well
 * it minds what is asked, is no question of chat, but a base model goes on and on.
 */
export function passes(kind: ProbeKind, findings: readonly ProbeFinding[]): boolean {
  if (findings.length < questions[kind].length) return false;
  const passed = findings.filter((finding) => finding === 'passed');
  if (kind === 'tools') return passed.length === findings.length;
  return passed.length > 0 && findings.every((finding) => finding === 'passed' || finding === 'wrongAnswer');
}
