/** One file's part of a change. */
export interface ChangedFile {
  /** Relative to the repository, or whatever names it. */
  readonly name: string;
  /** Its part of the diff; empty where only the name is known. */
  readonly text: string;
}

export interface ShownChange<File extends ChangedFile> {
  /** What a model is shown, in the change's order; a file that was cut ends with a line that says so. */
  readonly shown: readonly (File & { readonly cut: boolean })[];
  /** Files that are only named. */
  readonly named: readonly File[];
}

/** Files that tools write: their names say enough. */
const generated =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|go\.sum|bun\.lockb?|packages\.lock\.json|[^/]*\.lock|gradle\.lockfile)$|\.(?:min\.(?:js|css)|map|snap|svg|pb\.go|pb2?\.py|g\.dart|designer\.cs)$|(?:^|\/)(?:node_modules|vendor|third_party|dist|__snapshots__|generated)\//i;
const binary = /^(?:Binary files .* differ|GIT binary patch)$/m;
/** Less of a file shows nothing. */
const leastCharacters = 400;

export function isGenerated(name: string): boolean {
  return generated.test(name.replaceAll('\\', '/'));
}

/**
 * Chooses what of a change fits `budget` characters: every file gets its fair share, small ones whole, large ones cut
 * at a line; what tools wrote and what is binary is only named, unless there is nothing else.
 */
export function shownChange<File extends ChangedFile>(
  files: readonly File[],
  budget: number,
): ShownChange<File> {
  const readable = files.filter(({ text }) => text.trim() !== '' && !binary.test(text));
  const written = readable.filter(({ name }) => !isGenerated(name));
  const wanted = written.length > 0 ? written : readable;
  const share = shareOf(
    wanted.map(({ text }) => text.length),
    budget,
  );
  const shown = wanted
    .filter(({ text }) => text.length <= share || share >= leastCharacters)
    .map((file) => cutTo(file, share));
  const kept = new Set(shown.map(({ name }) => name));
  return { shown, named: files.filter(({ name }) => !kept.has(name)) };
}

/** The most characters that each may have, so that all together keep to the budget: what small ones leave, large ones get. */
function shareOf(lengths: readonly number[], budget: number): number {
  let left = budget;
  const rising = lengths.toSorted((a, b) => a - b);
  for (const [at, length] of rising.entries()) {
    const share = Math.floor(left / (rising.length - at));
    if (length > share) return share;
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}

function cutTo<File extends ChangedFile>(file: File, most: number): File & { readonly cut: boolean } {
  if (file.text.length <= most) return { ...file, cut: false };
  const room = Math.max(0, most - 60);
  const end = file.text.lastIndexOf('\n', room) + 1 || room;
  const rest = file.text
    .slice(end)
    .split('\n')
    .filter((line) => line !== '').length;
  return { ...file, text: `${file.text.slice(0, end)}[${rest} more lines of this file]`, cut: true };
}
