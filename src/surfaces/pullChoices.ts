/** A model that Ollama's library offers. */
export interface PullChoice {
  readonly name: string;
  /** Size of the default tag's download in bytes, as the library shows it; a guide, not a promise. */
  readonly sizeBytes: number;
  readonly good: 'code' | 'general' | 'small';
}

const gigabyte = 1e9;

/** In the order in which they are worth a try. */
export const pullChoices: readonly PullChoice[] = [
  { name: 'qwen2.5-coder:7b', sizeBytes: 4.7 * gigabyte, good: 'code' },
  { name: 'qwen2.5-coder:14b', sizeBytes: 9.0 * gigabyte, good: 'code' },
  { name: 'qwen2.5-coder:32b', sizeBytes: 20 * gigabyte, good: 'code' },
  { name: 'qwen2.5-coder:3b', sizeBytes: 1.9 * gigabyte, good: 'code' },
  { name: 'qwen2.5-coder:1.5b', sizeBytes: 0.986 * gigabyte, good: 'small' },
  { name: 'codellama:13b', sizeBytes: 7.4 * gigabyte, good: 'code' },
  { name: 'llama3.1:8b', sizeBytes: 4.9 * gigabyte, good: 'general' },
  { name: 'llama3.2:3b', sizeBytes: 2.0 * gigabyte, good: 'general' },
  { name: 'llama3.2:1b', sizeBytes: 1.3 * gigabyte, good: 'small' },
];

/**
 * Whether a model of this size can run beside an editor: weights and a fifth more for its window and buffers, in 70 %
 * of the machine's memory. A rule of thumb, shown as such; the real load decides.
 * @param sizeBytes size on disk
 * @param memoryBytes the machine's memory; 0 where it is not known, then everything may be tried
 */
export function fitsMemory(sizeBytes: number, memoryBytes: number): boolean {
  return memoryBytes <= 0 || sizeBytes * 1.2 <= memoryBytes * 0.7;
}

const firstDownload = 5 * gigabyte;

/** What to pull first: the largest for code that fits and that is quick to download and to run without a big GPU. */
export function firstChoice(memoryBytes: number): PullChoice | undefined {
  const fitting = pullChoices.filter(
    (choice) => fitsMemory(choice.sizeBytes, memoryBytes) && choice.sizeBytes <= firstDownload,
  );
  const code = fitting.filter((choice) => choice.good === 'code' && choice.name.startsWith('qwen'));
  return (code.length > 0 ? code : fitting).toSorted((a, b) => b.sizeBytes - a.sizeBytes)[0];
}
