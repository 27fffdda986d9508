/** The terminal: the answer on standard output, everything about it on standard error. */
export interface Output {
  /** Our own words for standard output. */
  answer(text: string): void;
  /** A model's words for standard output, their control characters taken out. */
  model(text: string): void;
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

export function terminalOutput({ line: clean, stream }: Cleaning): Output {
  let status = '';
  let open = false;
  const close = (): void => {
    if (open) process.stdout.write(stream.end());
    open = false;
  };
  const clear = (): void => {
    if (!status) return;
    process.stderr.write(`\r${' '.repeat(status.length)}\r`);
    status = '';
  };
  // A reader that has gone (`| head`) is no fault of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    answer: (text) => {
      clear();
      close();
      process.stdout.write(text);
    },
    model: (text) => {
      clear();
      open = true;
      process.stdout.write(stream.push(text));
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
