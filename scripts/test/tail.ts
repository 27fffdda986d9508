import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Hands over each whole line that other processes append to a file, until the signal ends it; then what is left. */
export async function tail(file: string, take: (line: string) => void, signal: AbortSignal): Promise<void> {
  const handle = await open(file, 'a+');
  try {
    let rest = '';
    let position = 0;
    for (let last = false; ; last = signal.aborted) {
      const { bytesRead, buffer } = await handle.read({
        position,
        length: 65_536,
        buffer: Buffer.alloc(65_536),
      });
      position += bytesRead;
      const lines = (rest + buffer.toString('latin1', 0, bytesRead)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(Buffer.from(line, 'latin1').toString('utf8'));
      if (bytesRead > 0) continue;
      if (last) return;
      await sleep(100);
    }
  } finally {
    await handle.close();
  }
}
