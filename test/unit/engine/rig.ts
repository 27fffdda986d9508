import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach } from 'node:test';
import { assembleEngine } from '../../../src/engine/assembleEngine.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { sourcePrograms } from '../../../src/engine/programs.ts';
import { diskFiles } from '../../../src/platform/node/diskFiles.ts';
import { systemClock } from '../../../src/platform/node/systemClock.ts';
import { policyOf } from '../../../src/platform/policyOf.ts';
import type { Outcome } from '../../../src/vocabulary/attempt.ts';
import type { EngineEvent } from '../../../src/vocabulary/event.ts';
import type { Runner } from '../../../src/vocabulary/ports.ts';
import type { Request, Target } from '../../../src/vocabulary/request.ts';
import type { SettingName } from '../../../src/vocabulary/settings.ts';
import { type AnthropicServer, startAnthropic } from '../../servers/anthropic.ts';
import { type OllamaServer, startOllama } from '../../servers/ollama.ts';

export interface Rig {
  readonly engine: Engine;
  readonly home: string;
  /** What the user has set; read before each call. */
  readonly settings: Partial<Record<SettingName, unknown>>;
  close(): Promise<void>;
}

/** The engine as it ships, on servers of the test's own and a folder of its own. */
export async function rigUp(servers: {
  readonly ollama: string;
  readonly claude?: string;
  readonly key?: string;
  readonly settings?: Partial<Record<SettingName, unknown>>;
  /** The folder of an engine before this one. */
  readonly home?: string;
  /** The project's folder; the one that tests run in by default. */
  readonly folder?: string;
  readonly runner?: Runner;
}): Promise<Rig> {
  const { folder } = servers;
  const home = servers.home ?? (await mkdtemp(join(tmpdir(), 'maia-engine-')));
  const settings: Partial<Record<SettingName, unknown>> = {
    'maia.ollama.host': servers.ollama,
    ...(servers.claude ? { 'maia.claude.baseUrl': servers.claude } : {}),
    ...servers.settings,
  };
  const engine = assembleEngine({
    home,
    practice: false,
    programs: sourcePrograms(),
    policy: {
      current: () => policyOf((name) => ({ user: settings[name] }), {}),
      onDidChange: () => ({ dispose: () => undefined }),
    },
    secrets: {
      claudeKey: async () => servers.key,
      onDidChange: () => ({ dispose: () => undefined }),
    },
    network: { online: () => true },
    clock: systemClock,
    files: folder === undefined ? diskFiles : { ...diskFiles, folders: () => [folder] },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    cloudFetch: fetch,
    ...(servers.runner ? { runner: servers.runner } : {}),
  });
  return {
    engine,
    home,
    settings,
    async close() {
      await engine.dispose();
      await rm(home, { recursive: true, force: true });
    },
  };
}

const vatSource = `export function addVat(net: number, rate: number): number {
  return net * (1 + rate);
}
`;

/** A function in TypeScript, the cursor at its name. */
export const vatTarget: Target = {
  uri: 'file:///project/vat.ts',
  path: '/project/vat.ts',
  languageId: 'typescript',
  text: vatSource,
  partial: false,
  selection: { start: vatSource.indexOf('addVat'), end: vatSource.indexOf('addVat') },
  indent: { size: 2, tabs: false },
};

/** Has the form of a key that a scanner knows, and is none. */
export const secretForm = ['ghp', 'wR7vK2mXq9LtB4nZc8HsY1dJf6PgA3uE5oTi'].join('_');

export interface BothServers {
  readonly ollama: OllamaServer;
  readonly claude: AnthropicServer;
  /** A new one for each test. */
  readonly rig: Rig;
}

/** Ollama with the first design's two models, and Claude, for the tests of one file. */
export function onBothServers(): BothServers {
  let both: { -readonly [Part in keyof BothServers]?: BothServers[Part] } = {};
  before(async () => {
    both = {
      ollama: await startOllama({ models: ['codellama:13b', 'llama3.2:3b'] }),
      claude: await startAnthropic(),
    };
  });
  after(async () => {
    await both.ollama?.close();
    await both.claude?.close();
  });
  beforeEach(async () => {
    const { ollama, claude } = at;
    both.rig = await rigUp({ ollama: ollama.url, claude: claude.url, key: claude.key });
  });
  afterEach(() => both.rig?.close());
  const there = <Part extends keyof BothServers>(part: Part): BothServers[Part] => {
    const found = both[part];
    if (!found) throw new Error(`${part} is there during tests only`);
    return found as BothServers[Part];
  };
  const at: BothServers = {
    get ollama() {
      return there('ollama');
    },
    get claude() {
      return there('claude');
    },
    get rig() {
      return there('rig');
    },
  };
  return at;
}

let asked = 0;

export function requestFor(text: string, more: Partial<Request> = {}): Request {
  asked += 1;
  return {
    id: `request-${asked}`,
    surface: 'chat',
    messages: [{ role: 'user', parts: [{ type: 'text', text }] }],
    context: [],
    tools: [],
    toolChoice: 'auto',
    ...more,
  };
}

export interface Ran {
  readonly events: readonly EngineEvent[];
  readonly outcome: Outcome;
  /** The text after the last `restarted`. */
  readonly text: string;
}

/** Runs a request to its end. */
export async function run(
  engine: Engine,
  request: Request,
  signal: AbortSignal = new AbortController().signal,
  seen: (event: EngineEvent) => void = () => undefined,
): Promise<Ran> {
  const events: EngineEvent[] = [];
  let text = '';
  for await (const event of engine.run(request, signal)) {
    events.push(event);
    seen(event);
    if (event.type === 'restarted') text = '';
    if (event.type === 'text') text += event.text;
  }
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error(`the last event is ${last?.type}`);
  return { events, outcome: last.outcome, text };
}
