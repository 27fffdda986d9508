import { addAbortSignal } from 'node:stream';
import { WrongUse } from './wrongUse.ts';

/**
 * What was piped in; empty on a terminal.
 * @throws WrongUse where it is more than `limitBytes`; rejects when the signal aborts, since a pipe may never end
 */
export async function pipedInput(limitBytes: number, signal: AbortSignal): Promise<string> {
  const { stdin } = process;
  if (stdin.isTTY) return '';
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of addAbortSignal(signal, stdin)) {
    const piece = chunk as Buffer;
    bytes += piece.length;
    if (bytes > limitBytes)
      throw new WrongUse(`More than ${limitBytes / 2 ** 20} MiB came on standard input. Pipe in less.`);
    chunks.push(piece);
  }
  const piped = Buffer.concat(chunks);
  if (piped.subarray(0, 8_192).includes(0))
    throw new WrongUse('What came on standard input is no text. Pipe in a text.');
  return piped.toString('utf8');
}
