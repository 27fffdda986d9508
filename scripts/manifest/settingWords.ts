import type { SettingName } from '../../src/vocabulary/settings.ts';

interface SettingWords {
  /** Markdown, shown in the settings editor. */
  readonly description: string;
  /** One for each of the setting's values, in their order. */
  readonly values?: readonly string[];
  /** One for each of the setting's keys. */
  readonly keys?: Readonly<Record<string, string>>;
  /** One for each of the values that a key takes, in their order. */
  readonly keyValues?: readonly string[];
}

/** What the settings editor says of each setting. */
export const settingWords: Readonly<Record<SettingName, SettingWords>> = {
  'maia.mode': {
    description: 'Who may answer. A workspace can choose *localOnly*, never the cloud.',
    values: [
      'Maia decides for each request: a local model where it is good enough, else Claude.',
      'Only models on your machine, or on hosts that you named.',
      'Only Claude. Protected content still never leaves your machine.',
    ],
  },
  'maia.offline': {
    description:
      'Nothing leaves your machine, whatever else is set. A workspace can turn this on, never off.',
  },
  'maia.dial': {
    description: 'How sure Maia has to be that a local answer will do.',
    values: [
      'Local wherever it may do: saves most.',
      'Local where it will probably do.',
      'Local only where it has shown that it does.',
    ],
  },
  'maia.tasks': {
    description:
      'Where a task always goes. What is not listed here Maia decides each time. Protected content stays on your machine in any case.',
    keys: {
      explain: 'Explaining code',
      document: 'Comments in code',
      prose: 'Guides, READMEs and other documentation',
      tests: 'Tests',
      fix: 'Fixing errors',
      generate: 'New code',
      edit: 'Changing code',
      refactor: 'Restructuring code',
      review: 'Reviews',
      commit: 'Commit messages',
      shell: 'Shell commands',
      architecture: 'Design of systems',
      security: 'Security',
      chat: 'All other questions',
    },
    keyValues: ['Always a model on your machine.', 'Always Claude.'],
  },
  'maia.patience.streamed': {
    description:
      'The most seconds to wait for the first words of a local answer. Where more is expected, Claude is asked.',
  },
  'maia.patience.held': {
    description:
      'The most seconds to wait for a local answer that is shown only once it is checked, such as tests or a fix. Where more is expected, Claude is asked.',
  },
  'maia.models.allow': {
    description:
      'The only models that may answer, such as `qwen2.5-coder*` or `claude-*`. Empty: all of them.',
  },
  'maia.models.deny': {
    description: 'Models that never answer. A workspace can add some, never take one away.',
  },
  'maia.models.allowOrigins': {
    description:
      'The only makers or countries that models may come from, such as `IBM`, `Meta` or `US`. Empty: all of them.',
  },
  'maia.models.denyOrigins': {
    description:
      'Makers or countries that no model may come from. A workspace can add some, never take one away.',
  },
  'maia.budget.day': {
    description: 'US dollars that paid models may take in a day; then everything stays local. 0: no limit.',
  },
  'maia.budget.month': {
    description:
      'US dollars that paid models may take in a calendar month; then everything stays local. 0: no limit.',
  },
  'maia.ollama.host': {
    description:
      'Where Ollama listens, such as `http://127.0.0.1:11434`. Empty: the environment variable `OLLAMA_HOST`, else this machine.',
  },
  'maia.ollama.keepAlive': {
    description:
      "How long a model stays in memory after its last answer, such as `10m`; `-1` for ever. Empty: Ollama's own setting.",
  },
  'maia.claude.baseUrl': {
    description: "Where Claude's API is asked. Change it only for a gateway that you trust with your key.",
  },
  'maia.claude.haiku': { description: 'The Claude model for the cheap tier.' },
  'maia.claude.sonnet': { description: 'The Claude model for strategic work, the default.' },
  'maia.claude.opus': { description: 'The Claude model that is asked only when you name it.' },
  'maia.claude.cheapTier': {
    description: 'Routine work that goes to Claude may start at the cheap tier.',
  },
  'maia.privacy.protectedPaths': {
    description:
      'Files that match one of these globs never leave your machine. A workspace can add globs, never take one away.',
  },
  'maia.privacy.lineIndexMegabytes': {
    description:
      'Maia knows lines of protected files again where they come without their path, as in agent mode. So many megabytes of those files are read at most. 0: none.',
  },
  'maia.privacy.trustedHosts': {
    description: 'Hosts of your network, such as `gpu.example.org`, that may see protected content.',
  },
  'maia.savings.baseline': {
    description: 'The Claude model that savings are measured against.',
  },
  'maia.savings.prices': {
    description:
      'Your own prices, in US dollars per million tokens, by model: `{"claude-sonnet-5-5": {"input": 3, "output": 15}}`.',
  },
  'maia.verify.runTests': {
    description:
      "Generated tests are run with your project's own test command before you see them, in a sandbox without network. Maia asks once in each workspace and shows the command.",
  },
  'maia.proposals': {
    description: 'Where Maia shows a change of the file that you work in.',
    values: [
      'In a diff; the file itself shows it as well.',
      'In the file itself, with the diff one click away. New files and large changes open a diff.',
    ],
  },
  'maia.footer': {
    description: 'The line under each answer.',
    values: ['Model, route, cost, saving, and why.', 'Model and route.', 'No line.'],
  },
};
