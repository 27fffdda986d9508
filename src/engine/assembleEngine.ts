import { startCode } from '../code/client.ts';
import type { Code } from '../code/code.ts';
import { accountOf } from '../ledger/account.ts';
import { openLedger } from '../ledger/client.ts';
import { createPrivacy } from '../privacy/privacy.ts';
import { createProviders } from '../providers/providers.ts';
import { createRouter } from '../router/router.ts';
import { createTasks } from '../tasks/tasks.ts';
import type { Checker, Clock, Log, ProjectFiles, Runner } from '../vocabulary/ports.ts';
import { Conversations } from './conversations.ts';
import { createEngine, type EngineParts } from './createEngine.ts';
import type { Engine } from './engine.ts';
import { NoticeBoard } from './noticeBoard.ts';
import type { Network, PolicySource, Secrets } from './ports.ts';
import type { Programs } from './programs.ts';
import { SecretOffers } from './secretOffers.ts';

/** What the engine stands on; `src/platform/` has each, with an editor and without. */
export interface Ground {
  /** The user's Maia folder, absolute. */
  readonly home: string;
  /** `npm start` on practice servers: a ledger of its own. */
  readonly practice: boolean;
  readonly programs: Programs;
  readonly policy: PolicySource;
  readonly secrets: Secrets;
  readonly network: Network;
  readonly clock: Clock;
  readonly files: ProjectFiles;
  readonly log: Log;
  readonly checker?: Checker;
  readonly runner?: Runner;
  /** The editor's own fetch, or one that knows the environment's proxy; loopback is never asked through it. */
  readonly cloudFetch: typeof fetch;
  /** For loopback; the providers' own by default. */
  readonly loopbackFetch?: typeof fetch;
  /** Bytes of memory that models may count on; the machine's own by default. */
  readonly machineMemoryBytes?: number;
  /** Rooms that are built already: a run without threads brings its own. */
  readonly rooms?: Partial<Pick<EngineParts, 'privacy' | 'ledger'>> & { readonly code?: Code };
}

/** Builds the engine from the rooms beneath it. Starts nothing: workers and SDKs come with the first request. */
export function assembleEngine(ground: Ground): Engine {
  const { policy, secrets, clock, log } = ground;
  const notices = new NoticeBoard();
  const providers = createProviders({
    policy: () => policy.current(),
    clock,
    secrets,
    online: () => ground.network.online(),
    practice: ground.practice,
    fetch: ground.cloudFetch,
    ...(ground.loopbackFetch ? { loopbackFetch: ground.loopbackFetch } : {}),
    ...(ground.machineMemoryBytes === undefined ? {} : { machineMemoryBytes: ground.machineMemoryBytes }),
  });
  const { ollama, claude, health } = providers;
  const { rooms = {} } = ground;
  const openOwn = () =>
    openLedger({
      folder: ground.home,
      practice: ground.practice,
      workerUrl: ground.programs.ledger,
      log,
      onNotice: (notice) => notices.once(notice),
      overrides: () => policy.current().prices,
      baselineModel: () => policy.current().baseline,
    });
  const changed = policy.onDidChange(() => {
    void health.check(AbortSignal.timeout(10_000)).catch(() => undefined);
  });
  return createEngine({
    router: createRouter(),
    tasks: createTasks(),
    tools: {
      code: rooms.code ?? startCode(ground.programs.code),
      files: ground.files,
      ...(ground.checker ? { checker: ground.checker } : {}),
      ...(ground.runner ? { runner: ground.runner } : {}),
    },
    privacy:
      rooms.privacy ??
      createPrivacy({
        workerUrl: ground.programs.privacy,
        folders: () => ground.files.folders(),
        log,
      }),
    ledger: rooms.ledger ?? openOwn(),
    conversations: new Conversations(),
    offers: new SecretOffers(),
    clock,
    providers: { ollama, claude },
    local: ollama,
    policy: () => policy.current(),
    account: accountOf,
    log,
    health,
    notices,
    close: async () => {
      changed.dispose();
      await Promise.all([providers.close(), ground.checker?.dispose()]);
    },
  });
}
