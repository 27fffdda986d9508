import type { CompilerError } from './openProject.ts';

/** Something unused is work under way, not an error of types. */
const unused: ReadonlySet<number> = new Set([6133, 6138, 6192, 6196, 6198, 6199, 6205]);

/** What is wrong under any configuration: an unknown name, a missing export, a constant that is written to. */
const sureInAny: ReadonlySet<number> = new Set([
  2304, 2305, 2393, 2440, 2451, 2459, 2503, 2552, 2588, 2614, 2724,
]);
/** A number of arguments, which JavaScript does not mind. */
const sureInTypeScript: ReadonlySet<number> = new Set([2554, 2555]);
const moduleMissing = 2307;

/**
 * The errors that count.
 * @param loose the options are not the project's own for this file, or it is JavaScript that nobody has checked
 */
export function countedErrors(
  errors: readonly CompilerError[],
  loose: boolean,
  javaScript: boolean,
): readonly CompilerError[] {
  return errors.filter((error) => {
    if (unused.has(error.code)) return false;
    if (!loose) return true;
    if (error.code < 2_000) return true;
    if (error.code === moduleMissing) return /'\.{1,2}\//.test(error.message);
    return sureInAny.has(error.code) || (!javaScript && sureInTypeScript.has(error.code));
  });
}
