/** A sentence of fewer letters may well stand in a text more than twice. */
const shortest = 40;
const fewestTimes = 3;
/** The share of a text that its repeated sentences take, from which on it goes round in circles. */
const share = 0.4;

/**
 * Whether a text says the same sentences over and over, wherever in it, as small models do when they have no more to
 * say: three times or more, and in two fifths of all that it says.
 * @param prose without code, at most some 100,000 characters
 */
export function saysAgain(prose: string): boolean {
  const counts = new Map<string, number>();
  let all = 0;
  for (const sentence of prose.split(/[.!?:;](?:\s|$)|\n/)) {
    const said = sentence
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    all += said.length;
    if (said.length >= shortest) counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  let again = 0;
  for (const [said, times] of counts) if (times >= fewestTimes) again += said.length * times;
  return again > 0 && again >= all * share;
}
