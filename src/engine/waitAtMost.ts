import type { Clock } from '../vocabulary/ports.ts';

/**
 * Waits until `work` is done, `ms` have passed or the signal aborts, whichever comes first. Rejects where `work` does
 * so by then; what becomes of it later is its owner's business.
 */
export async function waitAtMost(
  work: Promise<unknown>,
  ms: number,
  clock: Clock,
  signal?: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const within = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  try {
    await Promise.race([work, clock.sleep(ms, within)]);
  } finally {
    over.abort();
  }
}
