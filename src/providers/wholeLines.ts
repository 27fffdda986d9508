/** The longest line that is taken, in characters: far above any chunk of an answer. */
const lineLimit = 16 * 1024 * 1024;

/**
 * Passes on lines that are whole JSON and nothing else, so that the Ollama client (which skips what it can't read and
 * prints it to the console) never sees a broken one. Blank lines are dropped.
 *
 * @param broken makes the error that ends the stream; `seen` is the number of whole lines before.
 */
export function wholeLines(broken: (seen: number) => unknown): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let rest = '';
  let seen = 0;
  const pass = (line: string, out: TransformStreamDefaultController<Uint8Array>) => {
    if (line.trim() === '') return;
    try {
      JSON.parse(line);
    } catch {
      throw broken(seen);
    }
    seen += 1;
    out.enqueue(encoder.encode(`${line}\n`));
  };
  return new TransformStream({
    transform(chunk, out) {
      rest += decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > lineLimit) throw broken(seen);
      for (const line of lines) pass(line, out);
    },
    flush(out) {
      pass(rest + decoder.decode(), out);
    },
  });
}
