import { type Task, tasks } from './task.ts';

/**
 * Every setting of Maia, once: the manifest is made from this table and a test holds the two together.
 * `tighten` says what a workspace may do with it: nothing (`never`), add entries (`add`), or choose one of `values`.
 */
export interface Setting<Value> {
  readonly type: 'string' | 'boolean' | 'array' | 'object' | 'number';
  readonly values?: readonly string[];
  readonly default: Value;
  /** VS Code's scope: `application` and `machine` are the user's alone. */
  readonly scope: 'application' | 'machine' | 'window' | 'resource';
  readonly tighten: 'never' | 'add' | { readonly to: readonly Value[] };
  /** The strictest value: it counts where what was set can't be read. Without it that is the default. */
  readonly strictest?: Value;
  /** Of a number. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** Of an object: its keys, each of which takes one of `keyValues`. */
  readonly keys?: readonly string[];
  readonly keyValues?: readonly string[];
}

function setting<Value>(value: Setting<Value>): Setting<Value> {
  return value;
}

const everyTaskLocal = Object.fromEntries(tasks.map((task) => [task, 'local'])) as Record<Task, 'local'>;

/** Megabytes of protected files whose lines are known again. */
export const defaultLineIndexMegabytes = 16;

export const settings = {
  'maia.mode': setting<'auto' | 'localOnly' | 'claudeOnly'>({
    type: 'string',
    values: ['auto', 'localOnly', 'claudeOnly'],
    default: 'auto',
    scope: 'window',
    tighten: { to: ['localOnly'] },
    strictest: 'localOnly',
  }),
  'maia.offline': setting<boolean>({
    type: 'boolean',
    default: false,
    scope: 'window',
    tighten: { to: [true] },
    strictest: true,
  }),
  'maia.dial': setting<'economy' | 'balanced' | 'quality'>({
    type: 'string',
    values: ['economy', 'balanced', 'quality'],
    default: 'balanced',
    scope: 'application',
    tighten: 'never',
  }),
  'maia.tasks': setting<Readonly<Record<string, unknown>>>({
    type: 'object',
    default: {},
    scope: 'application',
    tighten: 'never',
    strictest: everyTaskLocal,
    keys: tasks,
    keyValues: ['local', 'claude'],
  }),
  'maia.patience.streamed': setting<number>({
    type: 'number',
    default: 15,
    scope: 'machine',
    tighten: 'never',
    minimum: 1,
    maximum: 600,
  }),
  'maia.patience.held': setting<number>({
    type: 'number',
    default: 60,
    scope: 'machine',
    tighten: 'never',
    minimum: 1,
    maximum: 600,
  }),
  'maia.models.allow': setting<readonly string[]>({
    type: 'array',
    default: [],
    scope: 'application',
    tighten: 'never',
  }),
  'maia.models.deny': setting<readonly string[]>({
    type: 'array',
    default: [],
    scope: 'window',
    tighten: 'add',
  }),
  'maia.models.allowOrigins': setting<readonly string[]>({
    type: 'array',
    default: [],
    scope: 'application',
    tighten: 'never',
  }),
  'maia.models.denyOrigins': setting<readonly string[]>({
    type: 'array',
    default: [],
    scope: 'window',
    tighten: 'add',
  }),
  'maia.budget.day': setting<number>({
    type: 'number',
    default: 0,
    scope: 'application',
    tighten: 'never',
    minimum: 0,
    strictest: -1,
  }),
  'maia.budget.month': setting<number>({
    type: 'number',
    default: 0,
    scope: 'application',
    tighten: 'never',
    minimum: 0,
    strictest: -1,
  }),
  'maia.ollama.host': setting<string>({ type: 'string', default: '', scope: 'machine', tighten: 'never' }),
  'maia.ollama.keepAlive': setting<string>({
    type: 'string',
    default: '',
    scope: 'machine',
    tighten: 'never',
  }),
  'maia.claude.baseUrl': setting<string>({
    type: 'string',
    default: 'https://api.anthropic.com',
    scope: 'machine',
    tighten: 'never',
  }),
  'maia.claude.haiku': setting<string>({
    type: 'string',
    default: 'claude-haiku-5-5',
    scope: 'application',
    tighten: 'never',
  }),
  'maia.claude.sonnet': setting<string>({
    type: 'string',
    default: 'claude-sonnet-5-5',
    scope: 'application',
    tighten: 'never',
  }),
  'maia.claude.opus': setting<string>({
    type: 'string',
    default: 'claude-opus-5-5',
    scope: 'application',
    tighten: 'never',
  }),
  'maia.claude.cheapTier': setting<boolean>({
    type: 'boolean',
    default: false,
    scope: 'application',
    tighten: 'never',
  }),
  'maia.privacy.protectedPaths': setting<readonly string[]>({
    type: 'array',
    default: [
      '**/.env*',
      '**/*.env',
      '**/*.pem',
      '**/*.key',
      '**/*.p8',
      '**/*.p12',
      '**/*.pfx',
      '**/*.ppk',
      '**/*.jks',
      '**/*.keystore',
      '**/*.kdbx',
      '**/id_rsa*',
      '**/id_dsa*',
      '**/id_ecdsa*',
      '**/id_ed25519*',
      '**/.ssh/**',
      '**/.aws/**',
      '**/.azure/**',
      '**/.gnupg/**',
      '**/.kube/**',
      '**/.docker/config.json',
      '**/.npmrc',
      '**/.pypirc',
      '**/.netrc',
      '**/_netrc',
      '**/.git-credentials',
      '**/.pgpass',
      '**/.htpasswd',
      '**/.vault-token',
      '**/*.tfstate',
      '**/*.tfstate.*',
      '**/*.tfvars',
      '**/credentials.json',
      '**/client_secret*.json',
      '**/*service[-_]account*.json',
      '**/serviceAccount*.json',
      '**/application_default_credentials.json',
      '**/secrets/**',
      '**/.secrets/**',
      '**/secrets.{json,toml,yaml,yml}',
    ],
    scope: 'window',
    tighten: 'add',
  }),
  'maia.privacy.lineIndexMegabytes': setting<number>({
    type: 'number',
    default: defaultLineIndexMegabytes,
    minimum: 0,
    maximum: 256,
    scope: 'machine',
    tighten: 'never',
  }),
  'maia.privacy.trustedHosts': setting<readonly string[]>({
    type: 'array',
    default: [],
    scope: 'machine',
    tighten: 'never',
  }),
  'maia.savings.baseline': setting<string>({
    type: 'string',
    default: 'claude-sonnet-5-5',
    scope: 'application',
    tighten: 'never',
  }),
  'maia.savings.prices': setting<Readonly<Record<string, unknown>>>({
    type: 'object',
    default: {},
    scope: 'application',
    tighten: 'never',
  }),
  'maia.verify.runTests': setting<boolean>({
    type: 'boolean',
    default: false,
    scope: 'machine',
    tighten: 'never',
  }),
  'maia.proposals': setting<'diff' | 'inPlace'>({
    type: 'string',
    values: ['diff', 'inPlace'],
    default: 'diff',
    scope: 'application',
    tighten: 'never',
  }),
  'maia.footer': setting<'full' | 'quiet' | 'off'>({
    type: 'string',
    values: ['full', 'quiet', 'off'],
    default: 'full',
    scope: 'application',
    tighten: 'never',
  }),
} as const;
export type SettingName = keyof typeof settings;
