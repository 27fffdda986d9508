/** A piece of a diff: what stands there and what shall stand there instead, line by line. */
interface Hunk {
  readonly old: readonly string[];
  readonly fresh: readonly string[];
}

const header = /^(?:diff |index |--- |\+\+\+ |---$|\+\+\+$|new file|deleted file|similarity |rename |\\ )/;

/** Whether a block is a diff and no code with a minus at the beginning of a line. */
export function isPatch(text: string, info: string): boolean {
  const lines = text.split('\n');
  const named = info === 'diff' || info === 'patch' || lines.some((line) => /^@@(?: |$)/.test(line));
  return named && lines.some((line) => /^[+-]/.test(line));
}

function hunksOf(patch: string): Hunk[] {
  const hunks: { old: string[]; fresh: string[] }[] = [];
  let open: { old: string[]; fresh: string[] } | undefined;
  for (const line of patch.split('\n')) {
    if (/^@@/.test(line)) {
      open = undefined;
      continue;
    }
    if (header.test(line)) continue;
    if (!open) {
      open = { old: [], fresh: [] };
      hunks.push(open);
    }
    const text = line.slice(1);
    if (line.startsWith('+')) open.fresh.push(text);
    else if (line.startsWith('-')) open.old.push(text);
    else {
      // Models often leave out the space before what stays.
      const same = line.startsWith(' ') ? text : line;
      open.old.push(same);
      open.fresh.push(same);
    }
  }
  return hunks.map(({ old, fresh }) => withoutBlankEnds(old, fresh)).filter(hasLines);
}

function hasLines({ old, fresh }: Hunk): boolean {
  return old.length + fresh.length > 0;
}

/** Empty lines that both sides end with belong to the fence rather than to the diff. */
function withoutBlankEnds(old: string[], fresh: string[]): Hunk {
  while (old.length > 0 && old.at(-1)?.trim() === '' && fresh.at(-1)?.trim() === '') {
    old.pop();
    fresh.pop();
  }
  return { old, fresh };
}

/**
 * A text with a diff applied to it. Hunks are found by their lines, each in exactly one place after the one before,
 * since models count neither lines nor hunks rightly. Undefined where one does not fit, or fits in several places.
 * A diff that only adds, and shows nothing that is there, fits nowhere.
 * @param text with `\n` line ends
 */
export function patched(text: string, patch: string): string | undefined {
  const lines = text.split('\n');
  const result: string[] = [];
  let from = 0;
  const hunks = hunksOf(patch);
  if (hunks.length === 0) return undefined;
  for (const { old, fresh } of hunks) {
    const at = placeOf(lines, old, from);
    if (at === undefined) return undefined;
    result.push(...lines.slice(from, at), ...fresh);
    from = at + old.length;
  }
  return [...result, ...lines.slice(from)].join('\n');
}

function placeOf(lines: readonly string[], old: readonly string[], from: number): number | undefined {
  if (!old.some((line) => line.trim() !== '')) return undefined;
  const fits = (at: number) => old.every((line, index) => lines[at + index]?.trimEnd() === line.trimEnd());
  let found: number | undefined;
  for (let at = from; at + old.length <= lines.length; at += 1) {
    if (!fits(at)) continue;
    if (found !== undefined) return undefined;
    found = at;
  }
  return found;
}

/** The new side of a diff. */
export function newSide(patch: string): string {
  return patch
    .split('\n')
    .filter((line) => !/^(?:@@|-)/.test(line) && !header.test(line))
    .map((line) => (/^[+ ]/.test(line) ? line.slice(1) : line))
    .join('\n');
}

/** Whether a diff only adds: its new side is then all of what it is about. */
export function onlyAdds(patch: string): boolean {
  return hunksOf(patch).every(({ old }) => old.every((line) => line.trim() === ''));
}
