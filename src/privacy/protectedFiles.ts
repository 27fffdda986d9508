import { Scanner, type ScannerOptions } from './scanner.ts';

/** The longest walk through a project, ms. */
const longestWalk = 10_000;

/**
 * Absolute paths of the protected files below a folder, found in a worker of their own. Undefined where that did not
 * come to an end in time, or the folder holds more than is looked at: then nobody may rely on it. Throws the signal's
 * reason when it aborts.
 *
 * @param workerUrl the privacy room's program
 */
export async function protectedFilesIn(
  folder: string,
  globs: readonly string[],
  workerUrl: URL,
  signal: AbortSignal,
  startWorker?: ScannerOptions['startWorker'],
): Promise<readonly string[] | undefined> {
  const scanner = new Scanner({
    workerUrl,
    timeoutMs: longestWalk,
    startMs: longestWalk,
    limit: 0,
    ...(startWorker ? { startWorker } : {}),
  });
  try {
    const found = await scanner.scan({ texts: [], paths: [], globs, key: '', filesIn: folder }, signal);
    return found?.files;
  } finally {
    await scanner.dispose();
  }
}
