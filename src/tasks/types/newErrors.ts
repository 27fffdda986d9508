import type { Diagnostic } from '../../vocabulary/ports.ts';

/** Errors about a name or a module that is not known: each use of it is one, and one says as much as ten. */
const aboutNames: ReadonlySet<string> = new Set(
  [2304, 2307, 2503, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 7016].map(String),
);

interface Texts {
  readonly before: string;
  readonly after: string;
}

/**
 * The errors that a change brings: those after it, less those that were there before under whatever line. An error in the
 * changed lines whose like was in them before (the same number, other names) was there before too.
 */
export function newErrors(
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
  texts: Texts,
): readonly Diagnostic[] {
  const known = new Set(before.filter(({ code }) => aboutNames.has(code ?? '')).map(keyOf));
  const old = [...before];
  const take = (isSame: (one: Diagnostic) => boolean): boolean => {
    const index = old.findIndex(isSame);
    if (index >= 0) old.splice(index, 1);
    return index >= 0;
  };
  const placed = placesOf(texts);
  // First what is at its place, so that a second one of the same kind is told as the new one.
  const moved = after.filter(
    (one) => !take((was) => keyOf(was) === keyOf(one) && placed.before(was) === placed.after(one)),
  );
  const other = moved.filter((one) => !known.has(keyOf(one)) && !take((was) => keyOf(was) === keyOf(one)));
  return other.filter(
    (one) =>
      placed.after(one) !== changed ||
      !take((was) => kindOf(was) === kindOf(one) && placed.before(was) === changed),
  );
}

/** Whether a diagnostic that was there before is gone: fewer of its kind are left than there were. */
export function isGone(
  one: Diagnostic,
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
): boolean {
  const same = (other: Diagnostic) => keyOf(other) === keyOf(one);
  return after.filter(same).length < before.filter(same).length;
}

function keyOf({ code = '', message, path = '' }: Diagnostic): string {
  return `${path}\n${code}\n${message}`;
}

/** Without the names in it. */
function kindOf({ code = '', message, path = '' }: Diagnostic): string {
  return `${path}\n${code}\n${(message.split('\n')[0] ?? '').replace(/'[^']*'/g, "''")}`;
}

const changed = 'changed';

/** Lines are counted from the start above the changed ones, and from the end below them. */
function placesOf({ before, after }: Texts) {
  const [was, is] = [before.split('\n'), after.split('\n')];
  const most = Math.min(was.length, is.length);
  let head = 0;
  while (head < most && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < most - head && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail += 1;
  const place = ({ line, path }: Diagnostic, lines: number) => {
    if (path !== undefined) return path;
    if (line <= head) return `${line}`;
    return line > lines - tail ? `-${lines - line}` : changed;
  };
  return {
    before: (one: Diagnostic) => place(one, was.length),
    after: (one: Diagnostic) => place(one, is.length),
  };
}
