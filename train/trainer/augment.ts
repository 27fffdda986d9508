import type { Random } from './random.ts';
import type { Slots } from './written.ts';

/** Fills `{slot}` from the slots, again inside what was filled in. */
export function fill(text: string, slots: Slots, random: Random): string {
  let filled = text;
  for (let round = 0; round < 4 && filled.includes('{'); round += 1)
    filled = filled.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const choices = slots.get(name);
      return choices ? random.pick(choices) : whole;
    });
  return filled;
}

const keys: Readonly<Record<string, string>> = {
  a: 'sq',
  e: 'wr',
  i: 'uo',
  o: 'ip',
  n: 'bm',
  t: 'ry',
  s: 'ad',
  r: 'et',
  l: 'k',
  d: 'sf',
};

/** One slip of the finger: two letters swapped, one missing, doubled, or its neighbour hit. */
export function slip(text: string, random: Random): string {
  const places: number[] = [];
  for (let at = 1; at + 1 < text.length; at += 1)
    if (/[a-z]/.test(text[at] ?? '') && /[a-z]/.test(text[at + 1] ?? '')) places.push(at);
  if (places.length === 0) return text;
  const at = random.pick(places);
  const letter = text[at] ?? '';
  const before = text.slice(0, at);
  const after = text.slice(at + 1);
  const kind = random.below(4);
  if (kind === 0) return `${before}${text[at + 1]}${letter}${text.slice(at + 2)}`;
  if (kind === 1) return before + after;
  if (kind === 2) return `${before}${letter}${letter}${after}`;
  return `${before}${random.pick([...(keys[letter] ?? letter)])}${after}`;
}

const before: Readonly<Record<string, readonly string[]>> = {
  en: [
    'please ',
    'pls ',
    'hey, ',
    'hi, ',
    'ok, ',
    'ok now ',
    'now ',
    'can you ',
    'can you please ',
    'could you ',
    'could you please ',
    'would you mind to ',
    'i want you to ',
    "I'd like you to ",
    'i need you to ',
    'help me: ',
    'quick one: ',
    'so, ',
    'also ',
    '@maia ',
    '@workspace ',
    'hey maia, ',
    'Hi! Hope you are doing well. ',
    'Good morning! I have a small request. ',
    'Sorry to bother you again. ',
    'we are in a hurry. ',
    'as a senior developer, ',
    'first ',
  ],
  de: ['bitte ', 'kannst du bitte ', 'hallo, ', 'kannst du ', 'jetzt ', 'mal eben '],
  es: ['por favor ', 'puedes ', 'hola, ', 'oye, ', 'ahora '],
  fr: ['stp ', "s'il te plaît ", 'bonjour, ', 'peux-tu ', 'maintenant '],
  pt: ['por favor ', 'oi, ', 'pode ', 'agora '],
  it: ['per favore ', 'ciao, ', 'ora '],
  ru: ['пожалуйста ', 'привет, ', 'можешь ', 'теперь '],
  zh: ['请', '帮我', '请帮我', '麻烦', '你好,'],
  ja: ['すみません、', 'お願いです、'],
};

const after: Readonly<Record<string, readonly string[]>> = {
  en: [
    ' please',
    ' pls',
    ' plz',
    ' thanks',
    ' thx',
    '. Thanks!',
    ', thank you',
    ' asap',
    '!',
    '!!',
    '?',
    '.',
    ' :)',
    ' 🙏',
    ' for me',
    ' quickly',
    '. keep it short',
    '. we use {lib}',
    ' in {lang}',
    ' ({lang})',
    '. It is a {lang} project',
    ' - its for the {thing}',
    '. no extra explanation',
    ' and nothing else',
  ],
  de: [' bitte', ' danke', '!', '.', ' in {lang}', '. Danke!'],
  es: [' por favor', ' gracias', '!', '.', ' en {lang}'],
  fr: [' stp', ' svp', ' merci', '.', ' en {lang}'],
  pt: [' por favor', ' obrigado', '.', ' em {lang}'],
  it: [' per favore', ' grazie', '.'],
  ru: [' пожалуйста', ' спасибо', '.', ' на {lang}'],
  zh: ['谢谢', '。', '吧', ',谢谢'],
  ja: ['お願いします', '。', ' お願い'],
};

const told = [
  'I have a {lang} project that uses {lib}.',
  'We are using {lib} with {lib2}.',
  'I work on {system}.',
  'This is from our legacy code base.',
  'I am new to {lang}.',
  'The {thing} is in {file}.',
  'I am preparing a release.',
  'Here is what I have so far.',
  'It is part of the {thing}.',
  'My boss wants this today.',
  'We have a {thing} page that shows all {thing2}.',
  'Attached is {file}.',
  'We have customers in several countries.',
  'I took this over from a colleague last week.',
  'The {thing} was written two years ago.',
  'It is a small {lang} service with about ten endpoints.',
  'I have been on this project for a month.',
  'We deploy every Friday.',
  'The team is four people.',
  'There is a {thing} and a {thing2} in it.',
  'I hope you are well.',
  'Thanks for your help yesterday.',
  'We moved from {lib} to {lib2} some time ago.',
  'The orders come from three different shops.',
  'Sorry for the long text.',
  'As you know, we use {lib} everywhere.',
  'I am sitting in the train without good internet.',
  'Our {system} has many users.',
  'This is about the {thing}.',
];

/** A bare command of politeness does not stand before a question or talk. */
const question =
  /^(?:what|whats|what's|why|how|who|where|when|which|is |are |does |do |can |could |should |would |i |im |i'm |it |the |my |we |our |there |this is|hi|hey|hello|thanks|thx|ok|still|no|yes|wat|huh|ugh|wtf|omg|good|any|did |am |has |have )/i;

/** A hand-written prompt as one of many would type it. */
export function voiced(text: string, language: string, chat: boolean, slots: Slots, random: Random): string {
  let said = fill(text, slots, random);
  const asks = question.test(said);
  if (!chat && !asks && random.chance(0.3)) {
    const choices = before[language];
    if (choices) said = fill(random.pick(choices), slots, random) + said;
  }
  if (!chat && random.chance(0.22)) {
    const choices = after[language];
    if (choices && !/[?:!。]$/.test(said)) said += fill(random.pick(choices), slots, random);
  }
  if (!chat && language === 'en' && random.chance(0.09)) {
    const context = fill(random.pick(told), slots, random);
    const more = random.chance(0.3) ? ` ${fill(random.pick(told), slots, random)}` : '';
    said = `${context}${more} ${said}`;
  }
  // What is asked stands at the end of a long paragraph.
  if (!chat && language === 'en' && random.chance(0.03)) {
    const context = Array.from({ length: 3 + random.below(6) }, () => fill(random.pick(told), slots, random));
    said = `${context.join(' ')} ${said.slice(0, 1).toUpperCase()}${said.slice(1)}`;
  }
  if (random.chance(0.2)) said = slip(said, random);
  if (random.chance(0.07)) said = slip(said, random);
  const way = random.next();
  if (way < 0.3) said = said.toLowerCase();
  else if (way < 0.55) said = said.slice(0, 1).toUpperCase() + said.slice(1);
  else if (way < 0.57) said = said.toUpperCase();
  return said;
}
