/**
 * Runs a source to its end whether or not anybody listens, and hands on what it yields. When the listener leaves
 * early, `abandon` is called and the rest is dropped.
 */
export async function* pumped<T>(source: AsyncIterable<T>, abandon: () => void): AsyncGenerator<T, void> {
  const waiting: T[] = [];
  let ended = false;
  let failed: { error: unknown } | undefined;
  let wake: () => void = () => undefined;
  let listening = true;
  const running = (async () => {
    try {
      for await (const item of source) {
        if (listening) waiting.push(item);
        wake();
      }
    } catch (error) {
      failed = { error };
    } finally {
      ended = true;
      wake();
    }
  })();
  try {
    for (;;) {
      const item = waiting.shift();
      if (item !== undefined) yield item;
      else if (ended) break;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (waiting.length > 0 || ended) resolve();
        });
    }
    await running;
    if (failed) throw failed.error;
  } finally {
    listening = false;
    if (!ended) abandon();
  }
}
