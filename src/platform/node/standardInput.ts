/** What was piped in, at most `limitBytes`; empty on a terminal. */
export async function pipedInput(limitBytes: number): Promise<string> {
  if (process.stdin.isTTY) return '';
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    const piece = chunk as Buffer;
    bytes += piece.length;
    if (bytes > limitBytes) throw new TypeError(`More than ${limitBytes} bytes came on standard input.`);
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString('utf8');
}
