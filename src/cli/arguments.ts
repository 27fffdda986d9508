import { parseArgs } from 'node:util';
import { WrongUse } from './wrongUse.ts';

const commands = ['route', 'ask', 'savings', 'egress', 'check', 'replay'] as const;
export type Command = (typeof commands)[number] | 'help' | 'version';

export interface Arguments {
  readonly command: Command;
  readonly words: readonly string[];
  readonly json: boolean;
  readonly local: boolean;
  readonly claude: boolean;
  readonly model?: string;
  readonly task?: string;
  readonly files: readonly string[];
  readonly period: string;
  /** `check`: 1-based line where the function begins. */
  readonly line?: number;
  /** `check`: the project's folder. */
  readonly project?: string;
  /** `check`: tests are run by the project's own runner, in a sandbox. */
  readonly runTests: boolean;
  /** `route`: prompts, `check`: answers, as JSON lines on standard input. */
  readonly jsonl: boolean;
  /** What `--jsonl` takes for installed. */
  readonly models: readonly string[];
  /** `ask`: detected secrets are masked where they would keep the question from Claude. */
  readonly mask: boolean;
  /** `--jsonl` looks for secrets as well. */
  readonly scan: boolean;
}

export const usage = `maia routes what you ask to a model on this machine or to Claude.

  maia ask "…"        the answer, as it comes; reads standard input too
  maia route "…"      where it would go, and why; asks no model
  maia savings        what that saved
  maia egress         what left this machine: when, to whom, how much, why
  maia replay [ID]    decides a recorded request again, the latest without ID; asks no model
  maia check          whether an answer will do: reads it on standard input, asks no model, writes no file

  --local, --claude   ask there
  --model NAME        ask this model
  --task TASK         what it is (explain, tests, prose, …) instead of finding out
  --file PATH         goes along as context; may be given several times; check: the file that the answer is for
  --mask              ask: secrets that are found become placeholders where they may not leave
  --line N            check: where the function begins
  --project DIR       check: the project's folder, for imports, test framework and types (its own compiler runs)
  --run-tests         check: runs the tests of the answer with the project's own runner, in a sandbox
  --period P          day, week, month or all (savings, egress; default month)
  --json              for programs
  --jsonl             route, check: one JSON object a line, from standard input; egress: a row a line
  --models A,B        with --jsonl: taken for installed, loaded and idle
  --scan              with --jsonl: looks for secrets as well
  --version, --help

Claude needs ANTHROPIC_API_KEY. Ollama is looked for at OLLAMA_HOST, else 127.0.0.1:11434.
`;

/** @throws WrongUse where an option or a command is not known. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parsed(argv);
  const [first, ...words] = positionals;
  const command = commands.find((one) => one === first);
  if (first !== undefined && !command && first !== 'help')
    throw new WrongUse(`There is no command "${first}". Try maia --help.`);
  if ((values.scan || values.models !== undefined) && command !== 'route')
    throw new WrongUse('--models and --scan belong to maia route.');
  if (values.jsonl && command !== 'route' && command !== 'check' && command !== 'egress')
    throw new WrongUse('--jsonl belongs to maia route, maia check and maia egress.');
  if (values.mask && command !== 'ask') throw new WrongUse('--mask belongs to maia ask.');
  if ((values.line !== undefined || values.project !== undefined) && command !== 'check')
    throw new WrongUse('--line and --project belong to maia check.');
  if (values['run-tests'] && (command !== 'check' || values.jsonl || values.project === undefined))
    throw new WrongUse('--run-tests belongs to maia check with --project, and not to --jsonl.');
  if (values.local && values.claude)
    throw new WrongUse('--local and --claude exclude each other: give one of them.');
  return {
    command: values.version ? 'version' : values.help || !command ? 'help' : command,
    words,
    json: values.json,
    local: values.local,
    claude: values.claude,
    files: values.file,
    period: values.period,
    jsonl: values.jsonl,
    models: (values.models ?? '').split(',').flatMap((name) => name.trim() || []),
    mask: values.mask,
    scan: values.scan,
    runTests: values['run-tests'],
    ...(values.model === undefined ? {} : { model: values.model }),
    ...(values.line === undefined ? {} : { line: lineOf(values.line) }),
    ...(values.project === undefined ? {} : { project: values.project }),
    ...(values.task === undefined ? {} : { task: values.task }),
  };
}

function lineOf(text: string): number {
  const line = Number(text);
  if (!Number.isInteger(line) || line < 1) throw new WrongUse('--line takes a whole number from 1 on.');
  return line;
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        jsonl: { type: 'boolean', default: false },
        models: { type: 'string' },
        line: { type: 'string' },
        project: { type: 'string' },
        'run-tests': { type: 'boolean', default: false },
        mask: { type: 'boolean', default: false },
        scan: { type: 'boolean', default: false },
        local: { type: 'boolean', default: false },
        claude: { type: 'boolean', default: false },
        model: { type: 'string' },
        task: { type: 'string' },
        file: { type: 'string', multiple: true, default: [] },
        period: { type: 'string', default: 'month' },
        help: { type: 'boolean', default: false, short: 'h' },
        version: { type: 'boolean', default: false, short: 'v' },
      },
    });
  } catch (error) {
    // Node's own words name the option; what it advises after that helps nobody here.
    const said = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    throw new WrongUse(`${said.replace(/[.\n]*$/, '')}. Try maia --help.`);
  }
}
