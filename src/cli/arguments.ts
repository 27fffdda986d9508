import { parseArgs } from 'node:util';
import { WrongUse } from './wrongUse.ts';

export type Command = 'route' | 'ask' | 'savings' | 'help' | 'version';

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
  /** `route`: prompts as JSON lines on standard input. */
  readonly jsonl: boolean;
  /** What `--jsonl` takes for installed. */
  readonly models: readonly string[];
  /** `--jsonl` looks for secrets as well. */
  readonly scan: boolean;
}

export const usage = `maia routes what you ask to a model on this machine or to Claude.

  maia ask "…"        the answer, as it comes; reads standard input too
  maia route "…"      where it would go, and why; asks no model
  maia savings        what that saved

  --local, --claude   ask there
  --model NAME        ask this model
  --task TASK         what it is (explain, tests, prose, …) instead of finding out
  --file PATH         goes along as context; may be given several times
  --period P          day, week, month or all (savings; default month)
  --json              for programs
  --jsonl             route: one JSON object with a prompt a line, from standard input
  --models A,B        with --jsonl: taken for installed, loaded and idle
  --scan              with --jsonl: looks for secrets as well
  --version, --help

Claude needs ANTHROPIC_API_KEY. Ollama is looked for at OLLAMA_HOST, else 127.0.0.1:11434.
`;

/** @throws WrongUse where an option or a command is not known. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parsed(argv);
  const [first, ...words] = positionals;
  const known = first === 'route' || first === 'ask' || first === 'savings';
  if (first !== undefined && !known && first !== 'help')
    throw new WrongUse(`There is no command "${first}". Try maia --help.`);
  if ((values.jsonl || values.scan || values.models !== undefined) && first !== 'route')
    throw new WrongUse('--jsonl, --models and --scan belong to maia route.');
  if (values.local && values.claude)
    throw new WrongUse('--local and --claude exclude each other: give one of them.');
  return {
    command: values.version ? 'version' : values.help || !known ? 'help' : first,
    words,
    json: values.json,
    local: values.local,
    claude: values.claude,
    files: values.file,
    period: values.period,
    jsonl: values.jsonl,
    models: (values.models ?? '').split(',').flatMap((name) => name.trim() || []),
    scan: values.scan,
    ...(values.model === undefined ? {} : { model: values.model }),
    ...(values.task === undefined ? {} : { task: values.task }),
  };
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
