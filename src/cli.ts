#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import './cli/olderNode.ts';
import { readArguments, usage } from './cli/arguments.ts';
import { terminalOutput } from './cli/output.ts';

const mostPipedBytes = 4 * 1024 * 1024;

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2));
  if (args.command === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  if (args.command === 'version') {
    process.stdout.write(`${await version()}\n`);
    return 0;
  }
  const [{ createPhrases }, { plainForTerminal, terminalText }, { openShellEngine }] = await Promise.all([
    import('./phrases/phrases.ts'),
    import('./phrases/terminalText.ts'),
    import('./cli/shellEngine.ts'),
  ]);
  const output = terminalOutput({ line: plainForTerminal, stream: terminalText() });
  const phrases = createPhrases();
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort());
  process.once('SIGTERM', () => cancel.abort());
  const engine = await openShellEngine((notice) => output.aside(phrases.failure(notice).text));
  try {
    if (args.command === 'savings') {
      const { savings } = await import('./cli/savings.ts');
      return await savings(engine, output, args.period, args.json);
    }
    const [{ requestOf }, { pipedInput }] = await Promise.all([
      import('./cli/requestOf.ts'),
      import('./platform/node/standardInput.ts'),
    ]);
    const request = await requestOf(args, await pipedInput(mostPipedBytes), process.cwd());
    if (args.command === 'route') {
      const { route } = await import('./cli/route.ts');
      return await route(request, engine, phrases, output, args.json, cancel.signal);
    }
    const { ask } = await import('./cli/ask.ts');
    return await ask(request, engine, phrases, output, args.json, cancel.signal);
  } finally {
    output.done();
    await engine.dispose();
  }
}

/** The package lies beside the folder of this program, from the sources and in the VSIX alike. */
async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // A sentence where we wrote one; nothing of a stack, which tells a person nothing.
    const known = error instanceof TypeError;
    process.stderr.write(`maia: ${known ? error.message : 'something went wrong inside Maia'}\n`);
    process.exitCode = 64;
  },
);
