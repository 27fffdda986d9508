/** Words that stand for a secret where nobody means one: alone, put together, or followed by a few digits. */
const exampleWords =
  'password passwd passphrase pass pwd secret token apikey key changeme change example sample placeholder test testing admin root user guest postgres mysql mongo mongodb redis rabbitmq default dev development local dummy fake mock demo hunter letmein welcome qwerty foobar foo bar baz abc my your the here insert replace some super long very not real invalid wrong old new correct incorrect hello world login none null undefined string value'
    .split(' ')
    .sort((one, other) => other.length - one.length);

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};

/** Shannon entropy of the characters, bits each. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Which part of the text (0..1), the usual separators aside, is made of pieces that can be pronounced: names of code and words of prose are. */
function wordiness(text: string): number {
  let letters = 0;
  for (const [piece] of text.matchAll(/[A-Z]?[a-z]+|[A-Z]+/g))
    if (piece.length >= 4 && /[aeiouy]/i.test(piece) && !/[bcdfghjklmnpqrstvwxz]{5}/i.test(piece))
      letters += piece.length;
  return letters / Math.max(1, text.replace(/[-_.]/g, '').length);
}

/** `abcdef…`, `123456…`: each character follows the one before, or repeats it. */
function isSequence(text: string): boolean {
  let steps = 0;
  for (let at = 1; at < text.length; at++) {
    const step = text.charCodeAt(at) - text.charCodeAt(at - 1);
    if (step === 0 || step === 1 || step === -1) steps += 1;
  }
  return steps >= text.length / 2;
}

function classesOf(text: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((one) => one.test(text)).length;
}

/** Nothing but words for a secret, written in letters or `l33t`, with a few signs around them. */
function isExample(text: string): boolean {
  const plain = text.replace(/^[^A-Za-z]+|[^A-Za-z]+$/g, '');
  let rest = [...plain.toLowerCase()].map((one) => leet[one] ?? one).join('');
  for (const word of exampleWords) rest = rest.replaceAll(word, ' ');
  return rest.replace(/[^a-z]/g, '').length <= 2;
}

/** What is filled in later, taken from elsewhere, or cut short: `${TOKEN}`, `<token>`, `process.env.X`, `abc…`. */
function isReference(text: string): boolean {
  return (
    /^[$%<{[(*&#]|\$\{|\{\{|%[A-Z_]+%|\.\.\.|…|\*\*\*|x{4}|^(?:process|os|env|import|config|this|self|args?|req|ctx)[.[]/i.test(
      text,
    ) ||
    /^(?:data:|sha\d{1,3}[-:]|[a-z]+:\/\/|\.{1,2}\/)/i.test(text) ||
    /^\/[a-z0-9._-]*(?:\/[a-z0-9._-]*)+$/.test(text)
  );
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a text has the form of a UUID, which most often names a thing and opens nothing. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/**
 * Whether a value looks like drawn at random rather than written: a key or token of 16 characters or more. Names of
 * code, words, placeholders, references and sequences do not.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || isReference(value) || isExample(value) || isSequence(value)) return false;
  if (!/[A-Za-z]/.test(value)) return false;
  const mixed =
    /[0-9]/.test(value) || (value.match(/[a-z][A-Z]|[A-Z][a-z]/g)?.length ?? 0) >= value.length / 5;
  // Names take a number at their end or between two words; what is drawn has digits all over.
  const scattered = (value.match(/[0-9]+/g)?.length ?? 0) >= 4;
  if (!mixed || wordiness(value) >= (scattered ? 0.75 : 0.6)) return false;
  return entropyOf(value) >= (value.length < 24 || /^[0-9a-f-]+$/i.test(value) ? 2.9 : 3.3);
}

/** Whether a value looks like somebody's real password: 8 characters or more, of several kinds, no example of one. */
export function looksLikePassword(value: string): boolean {
  if (value.length < 8 || value.length > 256 || isReference(value)) return false;
  if (isExample(value) || isSequence(value) || isUuid(value)) return false;
  const classes = classesOf(value);
  if (classes < 2 || !/[A-Za-z]/.test(value)) return false;
  // An expression, a host or a path of code: words joined by signs, and no digit.
  if (!/[0-9]/.test(value) && (wordiness(value) >= 0.6 || /^[\w.:-]+$/.test(value))) return false;
  return wordiness(value) < 0.6 && entropyOf(value) >= (classes >= 3 ? 2.7 : 3);
}
