/** The lines of a text that comes in pieces, as many at once as came whole; empty lines are left out. */
export async function* lineBatches(input: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  const filled = (lines: readonly string[]) => lines.filter((line) => line.trim() !== '');
  let open: string[] = [];
  for await (const piece of input) {
    const lines = piece.split('\n');
    if (lines.length === 1) {
      open.push(piece);
      continue;
    }
    lines[0] = open.join('') + lines[0];
    open = [lines.pop() ?? ''];
    yield filled(lines);
  }
  yield filled([open.join('')]);
}
