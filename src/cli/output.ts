import { once } from 'node:events';

/** The terminal: the answer on standard output, everything about it on standard error. */
export interface Output {
  /** Maia's own words for standard output, whole lines; names in them come from outside. */
  say(text: string): void;
  /** One line of JSON on standard output. */
  data(value: unknown): void;
  /** A model's words for standard output, their control characters taken out. */
  model(text: string): void;
  /** Ends the line that a model left open. */
  endLine(): void;
  /** A line about the answer. */
  aside(line: string): void;
  /** A line that the next one replaces, shown on a terminal only. */
  status(line: string): void;
  done(): void;
}

/** Takes out of a text what a terminal would obey; a stream's chunks one after the other, then its end. */
export interface Cleaning {
  readonly line: (text: string) => string;
  readonly stream: { push(chunk: string): string; end(): string };
}

/** @param gone told once when nobody reads standard output any more (`| head`) */
export function terminalOutput({ line: clean, stream }: Cleaning, gone: () => void): Output {
  let status = '';
  let streaming = false;
  let midLine = false;
  let reading = true;
  const write = (text: string): void => {
    if (!reading || text === '') return;
    midLine = !text.endsWith('\n');
    process.stdout.write(text);
  };
  const close = (): void => {
    if (streaming) write(stream.end());
    streaming = false;
  };
  const clear = (): void => {
    if (!status) return;
    process.stderr.write(`\r${' '.repeat(status.length)}\r`);
    status = '';
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (reading) gone();
    reading = false;
  });
  return {
    say: (text) => {
      clear();
      close();
      write(`${text.split('\n').map(clean).join('\n')}\n`);
    },
    data: (value) => {
      write(`${JSON.stringify(value)}\n`);
    },
    model: (text) => {
      clear();
      streaming = true;
      write(stream.push(text));
    },
    endLine: () => {
      clear();
      close();
      if (midLine) write('\n');
    },
    aside: (line) => {
      clear();
      process.stderr.write(`${clean(line)}\n`);
    },
    status: (line) => {
      if (!process.stderr.isTTY) return;
      clear();
      status = clean(line).slice(0, (process.stderr.columns ?? 80) - 1);
      process.stderr.write(status);
    },
    done: () => {
      clear();
      close();
    },
  };
}

/**
 * Writes to standard output no faster than it is read.
 * @param gone told once when nobody reads it any more (`| head`); what is written then is dropped
 */
export function outWriter(gone: () => void): (text: string) => void | Promise<void> {
  let reading = true;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (reading) gone();
    reading = false;
  });
  return (text) => {
    if (!reading || process.stdout.write(text)) return undefined;
    return once(process.stdout, 'drain').then(
      () => undefined,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error;
      },
    );
  };
}
