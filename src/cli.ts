#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import './cli/olderNode.ts';
import { type Arguments, readArguments, usage } from './cli/arguments.ts';
import { outWriter, terminalOutput } from './cli/output.ts';
import { WrongUse } from './cli/wrongUse.ts';

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
  if (args.command === 'check') {
    const { check } = await import('./cli/check.ts');
    return await check(args, new URL('./', import.meta.url));
  }
  if (args.command === 'route' && args.jsonl) return await jsonLines(args);
  const [{ createPhrases }, { plainForTerminal, terminalText }, { openShellEngine }] = await Promise.all([
    import('./phrases/phrases.ts'),
    import('./phrases/terminalText.ts'),
    import('./cli/shellEngine.ts'),
  ]);
  const cancel = new AbortController();
  let unread = false;
  const output = terminalOutput({ line: plainForTerminal, stream: terminalText() }, () => {
    // The request ends as if it were cancelled, its row in the ledger with it; that nobody reads on is no fault.
    unread = true;
    cancel.abort();
  });
  const phrases = createPhrases();
  process.once('SIGINT', () => cancel.abort());
  process.once('SIGTERM', () => cancel.abort());
  const engine = await openShellEngine((notice) => output.aside(phrases.failure(notice).text));
  try {
    if (args.command === 'savings') {
      const { savings } = await import('./cli/savings.ts');
      return await savings(engine, output, args.period, args.json);
    }
    if (args.command === 'egress') {
      const { egress } = await import('./cli/egress.ts');
      return await egress(engine, output, args);
    }
    if (args.command === 'replay') {
      const { replay } = await import('./cli/replay.ts');
      return await replay(engine, phrases, output, args.words[0], args.json);
    }
    const [{ requestOf }, { pipedInput }] = await Promise.all([
      import('./cli/requestOf.ts'),
      import('./cli/standardInput.ts'),
    ]);
    const request = await requestOf(args, await pipedInput(mostPipedBytes, cancel.signal), process.cwd());
    if (args.command === 'route') {
      const { route } = await import('./cli/route.ts');
      return await route(request, engine, phrases, output, args.json, cancel.signal);
    }
    const { ask } = await import('./cli/ask.ts');
    const code = await ask(request, engine, phrases, output, args.json, cancel.signal, args.mask);
    return unread ? 0 : code;
  } catch (error) {
    if (cancel.signal.aborted) return unread ? 0 : 130;
    const { LedgerError } = await import('./ledger/sqliteError.ts');
    if (!(error instanceof LedgerError)) throw error;
    const words = phrases.failure(error.failure);
    output.aside(`${words.text} ${words.next}`);
    return 1;
  } finally {
    output.done();
    await engine.dispose();
  }
}

/** No engine, no ledger, no model: what standard input asks is decided and written, as quickly as it comes. */
async function jsonLines({ models, scan }: Arguments): Promise<number> {
  const { routeLines } = await import('./cli/routeLines.ts');
  const scanner = scan ? (await import('./privacy/secretScan.ts')).scanForSecrets : undefined;
  process.stdin.setEncoding('utf8');
  // Nothing is open that an end could spoil, and nobody would read the rest.
  const write = outWriter(() => process.exit(0));
  return (await routeLines(process.stdin, write, models, scanner)) > 0 ? 1 : 0;
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
    // The codes of sysexits.h: wrong use, and a fault of our own. A stack tells a person nothing.
    const wrong = error instanceof WrongUse;
    const name = error instanceof Error ? error.name : typeof error;
    const fault = `something went wrong inside Maia (${name}). Try again; if it happens again, report it.`;
    process.stderr.write(`maia: ${wrong ? error.message : fault}\n`);
    process.exitCode = wrong ? 64 : 70;
  },
);
