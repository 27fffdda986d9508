import type { ContextItem, Message, Request, Tool } from '../../src/vocabulary/request.ts';
import { type Canary, canaryOf, embedded, knownKinds } from './canaries.ts';
import { languages, type Project, targetIn } from './project.ts';
import type { Random } from './random.ts';

/** A request with what is looked for in it later. */
export interface Asked {
  readonly request: Request;
  /** Stands in every prompt of this request, and in later ones of its conversation. */
  readonly marker: number;
  readonly canary?: Canary;
  /** Where the canary was put. */
  readonly placed?: string;
}

/** One conversation as its surface knows it. */
export interface Lane {
  readonly conversation?: string;
  readonly history: Message[];
}

/** Paths that the shipped patterns protect, in the ways in which they are written. */
const protectedPlaces = [
  '.env',
  '.env.production',
  'secrets/prices.ts',
  'config/../.env',
  'SECRETS/keys.json',
  'deploy/id_rsa',
  'certs/server.pem',
  '.aws/credentials',
  'link-to-secrets.ts',
] as const;

const questions = [
  'Create Azure AD guide',
  'design a multi-tenant billing architecture',
  'explain how a circuit breaker works',
  'write a function that sorts invoices by date',
  'review the security of our login',
  'what is a monad?',
  'write a commit message for: rename the basket',
  'ask Claude: why is the sky blue?',
  'use codellama to explain closures',
  'create tests with the local LLM for a function that adds',
  'refactor the billing module across all services',
  'write a README for a shop',
] as const;

const tools: readonly Tool[] = [
  {
    name: 'read_file',
    description: 'Reads a file of the project.',
    inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
  },
  {
    name: 'get_weather',
    description: 'Tells the weather in a city.',
    inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
];

const tasks = ['document', 'tests', 'explain', 'fix', 'edit', 'refactor', 'review'] as const;

/** What `link-to-secrets.ts` and its like really are; throws as the file system does for what is not there. */
export async function realPath(path: string): Promise<string> {
  if (path.endsWith('/link-to-secrets.ts')) return path.replace('link-to-secrets.ts', 'secrets/real.ts');
  if (path.startsWith('/shop') || path === '/') return path;
  throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
}

/** Makes the next request of a conversation. */
export function askNext(marker: number, lane: Lane, project: Project, random: Random): Asked {
  const kind = random.weighted({ chat: 45, command: 38, picker: 15, empty: 1 });
  const tag = `q${String(marker).padStart(4, '0')}q`;
  const base = {
    id: `request-${marker}`,
    ...(lane.conversation === undefined ? {} : { conversation: lane.conversation }),
    context: [],
    tools: [],
    toolChoice: 'auto' as const,
    folder: project.folder,
    locale: random.pick(['en', 'en', 'de']),
    ...wordOf(random),
  };
  if (kind === 'command') return command(base, marker, tag, project, random);
  if (kind === 'picker') return picker(base, marker, tag, lane, random);
  if (kind === 'empty') return { request: { ...base, surface: 'chat', messages: [] }, marker };
  return chat(base, marker, tag, lane, project, random);
}

type Base = Omit<Request, 'surface' | 'messages'>;

function wordOf(random: Random): Partial<Request> {
  if (!random.chance(0.15)) return {};
  const word = random.pick([
    { route: 'local', said: 'command' },
    { route: 'claude', said: 'command' },
    { route: 'claude', tier: 'opus', said: 'setting' },
    { model: 'llama3.2:3b', said: 'prose' },
    { model: 'gpt-oss:120b-cloud', said: 'prose' },
    { model: 'house-model:70b', said: 'prose' },
  ] as const);
  return { word };
}

function text(role: Message['role'], said: string): Message {
  return { role, parts: [{ type: 'text', text: said }] };
}

function chat(base: Base, marker: number, tag: string, lane: Lane, project: Project, random: Random): Asked {
  let asked = `${random.pick(questions)} (${tag})`;
  let history: readonly Message[] = lane.history;
  const context: ContextItem[] = [];
  if (random.chance(0.4))
    context.push({
      kind: random.pick(['selection', 'file', 'symbol', 'pasted'] as const),
      path: `${project.folder}/src/notes.ts`,
      languageId: 'typescript',
      text: `export const note = '${tag}';\n`.repeat(
        random.chance(0.04) ? 1_500 : random.pick([1, 1, 5, 60, 250]),
      ),
    });
  const place = random.chance(0.3)
    ? random.pick(['prompt', 'context', 'protectedFile', 'history', 'answer'] as const)
    : undefined;
  const canary = place && canaryOf(place === 'protectedFile' ? 'opaque' : random.pick(knownKinds), random);
  if (canary && place === 'prompt') asked = `${asked}\n${embedded(canary, random)}`;
  if (canary && place === 'context')
    context.push({ kind: 'selection', path: `${project.folder}/src/a.ts`, text: embedded(canary, random) });
  if (canary && place === 'protectedFile') {
    const path = `${project.folder}/${random.pick(protectedPlaces)}`;
    const where = random.pick([{ path }, { uri: `file://${path}` }, { path, uri: `file://${path}` }]);
    context.push({ kind: 'file', ...where, text: embedded(canary, random) });
  }
  if (canary && place === 'history')
    history = [text('user', `before: ${embedded(canary, random)}`), text('assistant', 'Noted.'), ...history];
  if (canary && place === 'answer')
    history = [text('user', 'and before?'), text('assistant', embedded(canary, random)), ...history];
  return {
    request: { ...base, surface: 'chat', messages: [...history, text('user', asked)], context },
    marker,
    ...(canary && place ? { canary, placed: place } : {}),
  };
}

function command(base: Base, marker: number, tag: string, project: Project, random: Random): Asked {
  const language = random.pick(languages);
  const name = `price${tag.toUpperCase().slice(0, -1)}q`;
  const place = random.chance(0.25) ? random.pick(['target', 'protectedTarget'] as const) : undefined;
  const canary = place && canaryOf(place === 'protectedTarget' ? 'opaque' : random.pick(knownKinds), random);
  const secret = canary ? `const token = '${canary.text.replaceAll('\n', '\\n')}';\n  ` : '';
  const path =
    place === 'protectedTarget'
      ? `${project.folder}/secrets/${language.path}`
      : `${project.folder}/${language.path}`;
  const source = language.source(name, secret);
  project.write(path, random.chance(0.2) ? source.replaceAll('\n', '\r\n') : source);
  const target = targetIn(project, language, name, path);
  const task = random.pick(tasks);
  const whole = { start: 0, end: target.text.length };
  return {
    request: {
      ...base,
      surface: 'command',
      task,
      messages: [text('user', random.chance(0.5) ? '' : `please ${task} this (${tag})`)],
      target: random.chance(0.15) ? { ...target, selection: whole } : target,
    },
    marker,
    ...(canary && place ? { canary, placed: place } : {}),
  };
}

function picker(base: Base, marker: number, tag: string, lane: Lane, random: Random): Asked {
  const place = random.chance(0.35)
    ? random.pick(['toolResult', 'toolInput', 'toolDescription', 'system', 'prompt'] as const)
    : undefined;
  const canary = place && canaryOf(random.pick(knownKinds), random);
  const secret = canary ? embedded(canary, random) : '';
  const messages: Message[] = [];
  if (place === 'system' || random.chance(0.5))
    messages.push(text('system', `You help in an editor. ${place === 'system' ? secret : ''}`));
  messages.push(...lane.history);
  messages.push(text('user', `What is the weather in Oslo? (${tag}) ${place === 'prompt' ? secret : ''}`));
  const results = place === 'toolResult' || place === 'toolInput' ? 1 : random.int(0, 2);
  for (let at = 0; at < results; at += 1) {
    const callId = `call_${marker}_${at}`;
    const input = { city: place === 'toolInput' ? `Oslo ${secret}` : 'Oslo' };
    messages.push(
      { role: 'assistant', parts: [{ type: 'toolCall', callId, name: 'get_weather', input }] },
      {
        role: 'user',
        parts: [
          {
            type: 'toolResult',
            callId,
            name: 'get_weather',
            text: `4 degrees, rain. ${place === 'toolResult' ? secret : ''}`,
            failed: random.chance(0.1),
          },
        ],
      },
    );
  }
  const offered =
    place === 'toolDescription'
      ? tools.map((tool) => ({ ...tool, description: `${tool.description} ${secret}` }))
      : random.chance(0.8) || results > 0
        ? tools
        : [];
  return {
    request: {
      ...base,
      surface: 'picker',
      messages,
      tools: offered,
      toolChoice: offered.length > 0 && random.chance(0.15) ? 'required' : 'auto',
    },
    marker,
    ...(canary && place ? { canary, placed: place } : {}),
  };
}
