import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCode } from '../../src/code/client.ts';
import { sourcePaths } from '../../src/code/paths.ts';
import { assembleEngine } from '../../src/engine/assembleEngine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { sourcePrograms } from '../../src/engine/programs.ts';
import { openLedger } from '../../src/ledger/client.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { RecordedOutcome, ToWorker } from '../../src/ledger/messages.ts';
import { policyOf } from '../../src/platform/policyOf.ts';
import { createPrivacy, type Privacy } from '../../src/privacy/privacy.ts';
import type { Lesson } from '../../src/vocabulary/experience.ts';
import type { SettingName } from '../../src/vocabulary/settings.ts';
import { type AnthropicServer, startAnthropic } from '../servers/anthropic.ts';
import { type OllamaServer, startOllama } from '../servers/ollama.ts';
import { Disk } from './disk.ts';
import { startCodeWorker, startLedgerWorker, startPrivacyWorker } from './inProcessWorker.ts';
import { MemoryNetwork } from './memoryNetwork.ts';
import { MemoryServer } from './memoryServer.ts';
import type { Mutation } from './mutation.ts';
import { languages, Project } from './project.ts';
import { Random } from './random.ts';
import { realPath } from './requests.ts';
import type { Scenario } from './scenario.ts';
import type { SimulatedTime } from './simulatedTime.ts';
import { threadMishaps } from './trouble.ts';
import { Weather } from './weather.ts';

export const anthropicUrl = 'https://api.anthropic.com';
/** Where Ollama answers: by loopback, and by the name that the user's network has for the machine. */
export const ollamaUrls = ['http://127.0.0.1:11434', 'http://gpu.lan:11434'] as const;
const rightKey = 'practice-key';

/** Everything outside of the engine, and the engine on it. */
export interface World {
  readonly scenario: Scenario;
  readonly engine: Engine;
  readonly ollama: OllamaServer;
  readonly claude: AnthropicServer;
  readonly servers: { readonly ollama: MemoryServer; readonly claude: MemoryServer };
  readonly network: MemoryNetwork;
  readonly weather: Weather;
  readonly disk: Disk;
  readonly project: Project;
  readonly settings: Partial<Record<SettingName, unknown>>;
  /** Outcomes that reached the ledger's worker, the last one of each request. */
  readonly recorded: Map<string, RecordedOutcome>;
  /** When a request's call of a model was begun, as the ledger's worker heard it: by `<request> <model>`. */
  readonly intended: Map<string, number>;
  /** What the ledger has learned, unless it can't tell. */
  lessons(): Promise<readonly Lesson[]>;
  /** What the user has besides settings. */
  readonly user: { key: string | undefined; online: boolean };
  /** Listens to health, as a status bar does, or stops. */
  watch(on: boolean): void;
  /** Closes the engine and opens it again on the same folder. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(scenario: Scenario, time: SimulatedTime, mutation: Mutation): Promise<World> {
  const random = new Random(`world ${scenario.seed}/${scenario.index}`);
  const home = mkdtempSync(join(tmpdir(), 'maia-faults-'));
  const weather = new Weather(new Random(`weather ${scenario.seed}/${scenario.index}`), scenario.roughness);
  const network = new MemoryNetwork(weather);
  let ollamaServer: MemoryServer | undefined;
  let claudeServer: MemoryServer | undefined;
  const ollama = await startOllama({
    models: scenario.models,
    signedIn: scenario.signedIn,
    contextLength: scenario.contextLength,
    transport: (handler) => {
      ollamaServer = network.add(new MemoryServer(scenario.ollamaUrl, handler));
      for (const url of ollamaUrls) network.alias(url, ollamaServer);
      return ollamaServer;
    },
  });
  const claude = await startAnthropic({
    key: rightKey,
    ...scenario.claude,
    transport: (handler) => {
      claudeServer = network.add(new MemoryServer(anthropicUrl, handler));
      return claudeServer;
    },
  });
  if (!ollamaServer || !claudeServer) throw new Error('A server took no transport');
  if (!scenario.running) await ollama.crash();

  const disk = new Disk(home, new Random(`disk ${scenario.seed}/${scenario.index}`), scenario.disk);
  const project = new Project('/shop', Object.assign({}, ...languages.map(({ setup }) => setup)));
  const settings = { ...scenario.settings };
  const recorded = new Map<string, RecordedOutcome>();
  const intended = new Map<string, number>();
  const keys = { right: rightKey, wrong: 'another-key', none: undefined };
  const user: World['user'] = { key: keys[scenario.key], online: true };
  const mishaps = threadMishaps(random, scenario.threadTrouble);
  const seen = (message: ToWorker): ToWorker | undefined => {
    if (message.type === 'call' && message.body.call === 'finished')
      recorded.set(message.body.outcome.requestId, message.body.outcome);
    if (message.type === 'call' && message.body.call === 'intend') {
      const { requestId, model, at } = message.body.row;
      intended.set(`${requestId} ${model.name}`, at);
    }
    return mutation.writes ? mutation.writes(message) : message;
  };
  const policy = () => policyOf((name) => ({ user: settings[name] }), {});
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

  let ledger: Ledger | undefined;
  const open = (): Engine => {
    const programs = sourcePrograms();
    const opened = openLedger({
      folder: home,
      practice: false,
      workerUrl: programs.ledger,
      overrides: () => policy().prices,
      baselineModel: () => policy().baseline,
      limits: { maxPages: disk.maxPages, busyMs: 1 },
      startWorker: startLedgerWorker(disk.mishap, seen),
    });
    ledger = opened;
    const real: Privacy =
      mutation.privacy ??
      createPrivacy({
        workerUrl: programs.privacy,
        startWorker: startPrivacyWorker(mishaps, project.disk),
        folders: () => project.folders(),
        realpath: realPath,
      });
    const privacy = mutation.privacyFrom?.(real) ?? real;
    return assembleEngine({
      home,
      practice: false,
      programs,
      policy: { current: policy, onDidChange: () => ({ dispose: () => undefined }) },
      secrets: { claudeKey: async () => user.key, onDidChange: () => ({ dispose: () => undefined }) },
      network: { online: () => user.online },
      clock: time.clock,
      files: project,
      log: silent,
      cloudFetch: network.fetch,
      loopbackFetch: network.fetch,
      machineMemoryBytes: 64 * 2 ** 30,
      rooms: {
        privacy,
        code: startCode({ ...sourcePaths(), startWorker: startCodeWorker(mishaps) }),
        ledger: opened,
      },
    });
  };
  let engine = open();
  let watching: { dispose(): void } | undefined;
  const watch = (on: boolean): void => {
    watching?.dispose();
    watching = on ? engine.onDidChangeHealth(() => undefined) : undefined;
  };
  watch(scenario.watched);

  return {
    scenario,
    get engine() {
      return engine;
    },
    ollama,
    claude,
    servers: { ollama: ollamaServer, claude: claudeServer },
    network,
    weather,
    disk,
    project,
    settings,
    recorded,
    intended,
    async lessons() {
      return (
        (await ledger?.recall({ now: time.clock.now(), halfLifeMs: 5_184_000_000, budget: {} }))?.lessons ??
        []
      );
    },
    user,
    watch,
    async reopen() {
      const watched = watching !== undefined;
      watch(false);
      await engine.dispose();
      engine = open();
      watch(watched);
    },
    async close() {
      await engine.dispose();
      disk.close();
      await ollama.close();
      await claude.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
