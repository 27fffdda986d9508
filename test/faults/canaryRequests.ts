import type { ContextItem, Message, Part, Request, Tool } from '../../src/vocabulary/request.ts';
import { type Canary, canaryOf, contextKinds, embedded, knownKinds } from './canaries.ts';
import type { Project } from './project.ts';
import type { Random } from './random.ts';

/** Where a secret stands in a request: the first five places of the promise. */
export const places = ['prompt', 'selection', 'reference', 'history', 'toolResult'] as const;
export type Place = (typeof places)[number];

/** What gives it away: its form, what stands beside it, its file's path, a line of its file, or what came before. */
export const signs = ['form', 'context', 'path', 'line', 'mark'] as const;
export type Sign = (typeof signs)[number];

/** Signs that a place can have: a prompt has no path, a selection or reference brings its own text. */
export const signsAt: Readonly<Record<Place, readonly Sign[]>> = {
  prompt: ['form', 'context', 'line', 'mark'],
  selection: ['form', 'context', 'path', 'line'],
  reference: ['form', 'context', 'path', 'line'],
  history: ['form', 'context', 'line', 'mark'],
  toolResult: ['form', 'context', 'path', 'line', 'mark'],
};

export interface CanaryRequest {
  readonly request: Request;
  readonly canary: Canary;
  readonly place: Place;
  readonly sign: Sign;
}

const protectedPaths = [
  '.env',
  '.ENV.local',
  'secrets/notes.md',
  'config/../.env.production',
  'deploy/id_rsa',
  'Certs/Server.PEM',
  'infra/terraform.tfstate',
  'link-to-secrets.ts',
] as const;

const questions = [
  'explain what this does',
  'design a multi-tenant billing architecture for it',
  'ask Claude: what is this for?',
  'use opus to review the security of this',
  'write a function that reads it',
  'why does the login fail?',
  'use llama to say what this is',
  'was macht das hier?',
] as const;

const readFile: Tool = {
  name: 'read_file',
  description: 'Reads a file of the project.',
  inputSchema: { type: 'object', properties: { filePath: { type: 'string' } }, required: ['filePath'] },
};
const runCommand: Tool = {
  name: 'run_in_terminal',
  description: 'Runs a command.',
  inputSchema: { type: 'object', properties: { command: { type: 'string' } } },
};

/** Writes protected files whose lines are of no known form, and gives the canaries in them. */
export function plantLines(project: Project, random: Random): readonly Canary[] {
  const planted: Canary[] = [];
  const line = (form: (core: string) => string) => {
    const { core } = canaryOf('opaque', random);
    const canary: Canary = { kind: 'opaque', text: form(core), core };
    planted.push(canary);
    return canary.text;
  };
  const lines = (form: (core: string) => string) => Array.from({ length: 8 }, () => line(form));
  project.write(
    `${project.folder}/.env`,
    `# ours\nPORT=80\n${lines((core) => `PHRASE="${core}"`).join('\n')}\n`,
  );
  project.write(
    `${project.folder}/secrets/notes.md`,
    lines((core) => `the heron of ${core} sleeps at nine`).join('\r\n'),
  );
  project.write(`${project.folder}/deploy/server.key`, lines((core) => `  hand written ${core}`).join('\n'));
  return planted;
}

/**
 * One request with a canary in it.
 * @param derived a canary that this conversation has met before in a protected file, for the sign `mark`
 */
export function canaryRequest(
  number: number,
  conversation: string,
  wanted: { readonly place: Place; readonly sign: Sign },
  from: { readonly planted: readonly Canary[]; readonly derived: Canary },
  project: Project,
  random: Random,
): CanaryRequest {
  const { place, sign } = wanted;
  const canary = canaryFor(sign, from, random);
  const said = textWith(canary, sign, random);
  const protectedPath = `${project.folder}/${random.pick(protectedPaths)}`;
  const path = sign === 'path' ? protectedPath : `${project.folder}/src/notes.ts`;
  const asked = `${random.pick(questions)}${place === 'prompt' ? `\n${said}` : ''}`;
  const request: Request = {
    id: `canary-${number}`,
    conversation,
    surface: place === 'toolResult' ? 'picker' : 'chat',
    messages: [
      ...(place === 'history' ? historyWith(said, random) : []),
      message('user', { type: 'text', text: asked }),
    ],
    context: [],
    tools: [],
    toolChoice: 'auto',
    folder: project.folder,
    ...(random.chance(0.3) ? { word: { route: 'claude', said: 'command' } as const } : {}),
  };
  if (place === 'selection')
    return { request: { ...request, ...selected(said, path, sign, random) }, canary, place, sign };
  if (place === 'reference')
    return { request: { ...request, context: referred(said, path, sign, random) }, canary, place, sign };
  if (place === 'toolResult')
    return { request: withResult(request, said, path, random), canary, place, sign };
  return { request, canary, place, sign };
}

/** A turn that brings a protected file into its conversation. */
export function turnWithFile(
  number: number,
  conversation: string,
  canary: Canary,
  project: Project,
  random: Random,
): Request {
  const path = `${project.folder}/${random.pick(protectedPaths)}`;
  return {
    id: `before-${number}`,
    conversation,
    surface: 'chat',
    messages: [message('user', { type: 'text', text: 'what does it say?' })],
    context: [{ kind: 'file', path, text: `It says ${canary.text}` }],
    tools: [],
    toolChoice: 'auto',
    folder: project.folder,
  };
}

function canaryFor(
  sign: Sign,
  { planted, derived }: { readonly planted: readonly Canary[]; readonly derived: Canary },
  random: Random,
): Canary {
  if (sign === 'form') return canaryOf(random.pick(knownKinds), random);
  if (sign === 'context') return canaryOf(random.pick(contextKinds), random);
  if (sign === 'line') return random.pick(planted);
  return sign === 'mark' ? derived : canaryOf('opaque', random);
}

function textWith(canary: Canary, sign: Sign, random: Random): string {
  if (sign === 'form' || sign === 'context') return `before\n${embedded(canary, random)}\nafter`;
  if (sign === 'line')
    return random.pick([
      canary.text.trim(),
      `look:\n\n${canary.text}\n\nthere`,
      `12: ${canary.text.trim()}`,
      `+${canary.text.trim()}\r\n`,
      `config/.env:7:${canary.text.trim()}`,
    ]);
  return `It says ${canary.text}.`;
}

function message(role: Message['role'], ...parts: Part[]): Message {
  return { role, parts };
}

function historyWith(said: string, random: Random): readonly Message[] {
  const turn = (asked: string, answer: string) => [
    message('user', { type: 'text', text: asked }),
    message('assistant', { type: 'text', text: answer }),
  ];
  const held = random.chance(0.5) ? turn(said, 'Noted.') : turn('and that?', said);
  return random.chance(0.5) ? [...held, ...turn('thanks', 'Welcome.')] : held;
}

/** What is selected in an editor goes along as a target or as a selection; what was never saved has no path. */
function selected(said: string, path: string, sign: Sign, random: Random): Partial<Request> {
  const text = `const text = 1;\n${said}\n`;
  const unsaved = sign === 'line' && random.chance(0.5);
  if (random.chance(0.4)) {
    const uri = unsaved ? 'untitled:Untitled-1' : `file://${path}`;
    return {
      target: {
        uri,
        ...(unsaved ? {} : { path }),
        languageId: 'typescript',
        text,
        partial: false,
        selection: { start: 0, end: text.length },
        indent: { size: 2, tabs: false },
      },
      surface: 'command',
      task: random.pick(['explain', 'review', 'fix'] as const),
    };
  }
  return { context: [{ kind: 'selection', ...(unsaved ? {} : { path }), text }] };
}

function referred(said: string, path: string, sign: Sign, random: Random): readonly ContextItem[] {
  const pasted = sign === 'line' && random.chance(0.5);
  const where = random.pick([{ path }, { uri: `file://${path}` }, { path, uri: `file://${path}` }]);
  const item: ContextItem = { kind: pasted ? 'pasted' : 'file', ...(pasted ? {} : where), text: said };
  const other: ContextItem = { kind: 'file', path: '/shop/src/other.ts', text: 'export const other = 1;' };
  return random.chance(0.5) ? [other, item] : [item];
}

/** A tool's result: from a file that its call names in one way or another, or from nowhere that anybody could tell. */
function withResult(request: Request, said: string, path: string, random: Random): Request {
  const callId = `call_${random.alphanumeric(8)}`;
  const relative = path.replace('/shop/', '');
  const call = random.pick([
    { name: 'read_file', input: { filePath: path } },
    { name: 'read_file', input: { filePath: relative, startLine: 1 } },
    { name: 'read_file', input: { files: [{ uri: `file://${path}` }] } },
    {
      name: 'run_in_terminal',
      input: { command: `cd /shop && cat ${relative} | head`, explanation: 'looks' },
    },
  ]);
  return {
    ...request,
    messages: [
      ...request.messages,
      message('assistant', { type: 'toolCall', callId, ...call }),
      message('user', { type: 'toolResult', callId, name: call.name, text: said }),
    ],
    tools: [readFile, runCommand],
    // Who names a model has it, whether it has proved that it calls tools or not.
    ...(random.chance(0.4) ? { word: { model: 'qwen2.5-coder:7b', said: 'setting' } as const } : {}),
  };
}
