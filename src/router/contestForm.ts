import { bounded } from './ownWords.ts';

/** What bounds the input of a problem; a comparison in code (`n <= 1`) is no bound. */
const bounds =
  /≤|\\leq?\b|\d <=? [a-z]|10\s?\^\s?\{?\d|^\s*constraints?:?\s*$|sample input|time limit per test/im;

/** Whether a text has the form of a problem from a contest: a statement with input, output and bounds. */
export function isContest(text: string): boolean {
  return text.length > 300 && /input/i.test(text) && /output/i.test(text) && bounds.test(text);
}

/** Words of a statement that tell of a family of algorithms, or of what is asked of the solver. */
const families: readonly (readonly [string, RegExp])[] = [
  ['graph', /\b(?:graph|vert(?:ex|ices)|edges?|connected)\b/i],
  ['tree', /\b(?:trees?|root(?:ed)?|leaf|leaves|ancestor)\b/i],
  ['grid', /\b(?:grid|cells?|matrix|board)\b/i],
  ['path', /\b(?:paths?|shortest|distance|reach(?:able)?)\b/i],
  ['queries', /\bquer(?:y|ies)\b/i],
  ['permutation', /\bpermutations?\b/i],
  ['subsequence', /\bsubsequences?\b/i],
  ['subarray', /\b(?:subarrays?|substrings?|contiguous)\b/i],
  ['palindrome', /\bpalindrom/i],
  ['modulo', /998244353|10\^\{?9\}? ?\+ ?7|\bmodulo\b/i],
  ['chance', /\b(?:probability|expected value|at random|uniformly)\b/i],
  ['ways', /\bnumber of (?:ways|pairs|tuples|integers|sequences|strings|arrays|good|valid)|\bhow many\b/i],
  ['least', /\b(?:minimum|minimize|smallest|fewest|shortest)\b/i],
  ['most', /\b(?:maximum|maximize|largest|longest|greatest)\b/i],
  ['order', /\blexicographic/i],
  ['interval', /\b(?:intervals?|segments?|ranges?)\b/i],
  ['game', /\b(?:alice|bob|game|players?|optimally)\b/i],
  ['bits', /\b(?:xor|bitwise|binary|bits?)\b/i],
  ['digits', /\b(?:digits?|decimal|base)\b/i],
  ['divides', /\b(?:primes?|divis(?:or|ors|ible)|gcd|multiples? of)\b/i],
  ['geometry', /\b(?:plane|coordinates?|points?|rectangles?|polygon)\b/i],
  ['operation', /\boperations?\b/i],
  ['anyTimes', /any number of times|zero or more times|repeatedly|as many times/i],
  ['yesNo', /\byes\b|\breturn true\b/i],
  ['letters', /\b(?:uppercase|lowercase|characters?|letters?)\b/i],
  ['string', /\bstrings?\b/i],
  ['people', /\b(?:people|persons?|students?|friends?|cards?|coins?)\b/i],
  ['time', /\b(?:time|days?|hours?|minutes?|seconds?|date)\b/i],
  ['cost', /\b(?:costs?|prices?|weights?|score)\b/i],
  ['distinct', /\b(?:distinct|different|unique)\b/i],
  ['forEach', /\bfor each\b/i],
  ['sumOfAll', /\bsum (?:of|over)\b/i],
  ['sorted', /\b(?:sort(?:ed)?|non-?decreasing|increasing|rank)\b/i],
  ['pairwise', /\badjacent|consecutive|neighbou?r/i],
];

/** What is counted of a statement, in the order of the numbers that `contestFeatures` gives. */
export const contestFeatureNames: readonly string[] = [
  'classToFill',
  'length',
  'statementLength',
  'statementLines',
  'sentences',
  'variables',
  'formulas',
  'boundsLength',
  'boundsCount',
  'largestBound',
  'meanBound',
  'smallBounds',
  'bruteForceNoMore',
  'hugeBounds',
  'totalBounded',
  'examples',
  'digitShare',
  ...families.map(([name]) => name),
];

const endOfStatement = /\n\s*(?:input|constraints?:?|example 1:?|sample input.*)\s*\n/i;
const beginOfBounds = /constraints?:?/i;
const endOfBounds = /sample input|starter code|\ninput\s*\n/i;

function count(text: string, shape: RegExp): number {
  return text.match(shape)?.length ?? 0;
}

/** Powers of ten of the numbers in a text that are ten or more: "10^5" and "100000" are 5. */
function powers(text: string): number[] {
  const found: number[] = [];
  for (const [, power] of text.matchAll(/10\s?\^\s?\{?(\d{1,3})/g)) found.push(Number(power));
  for (const [, digits] of text.replaceAll(',', '').matchAll(/(?<![\w.^])(\d{2,30})(?![\w^])/g)) {
    const number = Number(digits);
    if (number > 10) found.push(Math.log10(number));
  }
  return found;
}

/**
 * What the form of a problem tells of its difficulty: sizes, bounds, examples, words. At most 8,001 units are read.
 * @returns one number for each of `contestFeatureNames`; undefined for a text that has not the form of a problem
 */
export function contestFeatures(whole: string): readonly number[] | undefined {
  if (whole.length <= 300) return undefined;
  const text = bounded(whole);
  if (!isContest(text)) return undefined;
  const ended = text.search(endOfStatement);
  const statement = ended === -1 ? text : text.slice(0, ended);
  const begun = text.search(beginOfBounds);
  const rest = begun === -1 ? text.slice(-600) : text.slice(begun, begun + 1500);
  const end = rest.search(endOfBounds);
  const limits = end === -1 ? rest : rest.slice(0, end);
  const sizes = powers(limits);
  const largest = Math.min(20, Math.max(0, ...sizes));
  const lengths = sizes.filter((size) => size <= 7);
  return [
    /class Solution/.test(text) ? 1 : 0,
    Math.log(text.length),
    Math.log(statement.length + 1),
    Math.log(count(statement, /\n/g) + 1),
    Math.log(count(statement, /[.!?](?:\s|$)/g) + 1),
    new Set(statement.match(/\b[A-Z]\b/g)).size,
    Math.log(count(statement, /\\|\^|_/g) + 1),
    Math.log(limits.length + 1),
    count(limits, /\\leq?\b|<=|≤|</g),
    largest,
    sizes.length === 0 ? 0 : Math.min(20, sizes.reduce((sum, size) => sum + size, 0) / sizes.length),
    largest <= 3 ? 1 : 0,
    lengths.some((size) => size > 4 && size < 5.8) ? 1 : 0,
    largest >= 15 ? 1 : 0,
    /sum of|total/i.test(limits) ? 1 : 0,
    count(text, /sample input|example \d/gi),
    count(text, /\d/g) / text.length,
    ...families.map(([, shape]) => (shape.test(text) ? 1 : 0)),
  ];
}
