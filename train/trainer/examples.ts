import { baseDifficulty } from '../../src/router/difficulty.ts';
import { type Label, labels } from '../../src/router/taskModel.ts';
import { fill, voiced } from './augment.ts';
import { readWhole } from './judged.ts';
import { makePosts } from './posts.ts';
import { Random } from './random.ts';
import { retold } from './wholePosts.ts';
import { readPlain, readPrompts, readSections, type Slots, type Written } from './written.ts';

export interface Example {
  readonly text: string;
  /** Undefined: nobody can tell, so that all labels are alike. */
  readonly label?: Label;
  readonly attached: boolean;
  readonly language: string;
  readonly kind: 'prompt' | 'two' | 'post' | 'whole' | 'noise';
  /** As it was written, with nothing changed. */
  readonly plain?: true;
  /** 0..4: examples made of one written line share it. */
  readonly fold: number;
}

export const folds = 5;

/** FNV-1a. */
function foldOf(source: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < source.length; at += 1) hash = Math.imul(hash ^ source.charCodeAt(at), 0x01000193);
  return ((hash >>> 0) % 1009) % folds;
}

const englishPerLabel = 2600;
const otherPerLine = 10;
const postCount = 32_000;
const perWhole = 30;
const twoCount = 3000;
const noiseCount = 1400;

const joiners = [
  ' and ',
  ' and then ',
  ', then ',
  '. Then ',
  '. also ',
  ' and also ',
  '\n',
  '. After that ',
  ' + ',
];

/** Everything that trains, in a fixed order; the same at every call. */
export function makeExamples(): readonly Example[] {
  const random = new Random(20_261_123);
  const slots = readSections('parts/slots.txt');
  const codes = readPlain('posts/code.txt');
  const written = readPrompts();
  const examples: Example[] = [];
  for (const label of labels) {
    const english = written.filter((one) => one.label === label && one.language === 'en');
    const times = Math.ceil((label === 'follow' ? 400 : englishPerLabel) / english.length);
    for (const one of english)
      for (let n = 0; n < times; n += 1) examples.push(prompt(one, n, slots, codes, random));
    for (const one of written.filter((other) => other.label === label && other.language !== 'en'))
      for (let n = 0; n < otherPerLine; n += 1) examples.push(prompt(one, n, slots, codes, random));
  }
  for (const post of makePosts(postCount, slots, random))
    examples.push({
      text: post.text,
      label: post.label,
      attached: random.chance(0.1),
      language: 'en',
      kind: 'post',
      fold: foldOf(post.source),
    });
  examples.push(...wholePosts(slots, codes, random));
  examples.push(...twoTasks(written, slots, random), ...noise(random));
  return random.shuffle(examples);
}

const wholeFiles = [
  'whole-fix',
  'whole-generate',
  'whole-explain',
  'whole-others',
  'whole-fix-more',
  'whole-generate-more',
  'whole-mixed-more',
  'whole-hand-a',
  'whole-hand-b',
];

function wholePosts(slots: Slots, codes: readonly string[], random: Random): readonly Example[] {
  const neutral = readSections('posts/sentences.txt').get('neutral') ?? [];
  return wholeFiles
    .flatMap((name) => readWhole(`posts/${name}.txt`))
    .flatMap((post) =>
      Array.from(
        { length: perWhole },
        (_, turn): Example => ({
          text: turn === 0 ? post.text : retold(post, slots, codes, neutral, random),
          label: post.label,
          attached: random.chance(0.1),
          language: post.language,
          kind: 'whole',
          fold: foldOf(post.text),
          ...(turn === 0 ? { plain: true } : {}),
        }),
      ),
    );
}

function prompt(one: Written, turn: number, slots: Slots, codes: readonly string[], random: Random): Example {
  const talk = one.label === 'chat' || one.label === 'follow';
  let text = turn === 0 ? fill(one.text, slots, random) : voiced(one.text, one.language, talk, slots, random);
  if (!talk && one.language === 'en' && turn > 0 && random.chance(0.08)) {
    const lines = Array.from({ length: 1 + random.below(3) }, () => fill('{ctx}', slots, random));
    const glue = random.chance(0.6) ? '\n' : ' ';
    text = (random.chance(0.5) ? [text, ...lines] : [...lines, text]).join(glue);
  }
  // What is asked stands at the end of a long line that says nothing.
  if (!talk && turn > 0 && random.chance(0.03))
    text = `${unknownWords(40 + random.below(80), random)} ${text}`;
  if (!talk && random.chance(0.2)) {
    const code = random.pick(codes);
    const block = random.chance(0.6) ? `\`\`\`\n${code}\n\`\`\`` : code;
    text = random.chance(0.75) ? `${text}\n${block}` : `${block}\n${text}`;
  }
  return {
    text,
    label: one.label,
    attached: random.chance(talk ? 0.12 : 0.4),
    language: one.language,
    kind: 'prompt',
    fold: foldOf(one.text),
  };
}

/** Two tasks in one prompt: the harder one is its label. */
function twoTasks(written: readonly Written[], slots: Slots, random: Random): readonly Example[] {
  const orders = written.filter(
    ({ language, label, text }) =>
      language === 'en' &&
      label !== 'chat' &&
      label !== 'follow' &&
      text.length < 70 &&
      /^(?:write|create|add|fix|explain|review|refactor|design|generate|make|document|test|optimi|simplify|check|find|rename|replace|remove|change|implement|harden|audit|summari|update|convert)/.test(
        text,
      ),
  );
  return Array.from({ length: twoCount }, () => {
    const one = random.pick(orders);
    const other = random.pick(orders);
    const harder = rank(one.label) >= rank(other.label) ? one : other;
    const first = fill(one.text, slots, random).replace(/[.?!]$/, '');
    const second = fill(other.text, slots, random);
    return {
      text: `${first}${random.pick(joiners)}${second}`,
      label: harder.label,
      attached: random.chance(0.3),
      language: 'en',
      kind: 'two',
      fold: foldOf(harder.text),
    };
  });
}

function rank(label: Label): number {
  return label === 'follow' ? 0 : baseDifficulty[label];
}

const syllables = 'flo bri wib quux zor mep tig nar blee snu vax plo dri kem ost gra lun fip wez jom'.split(
  ' ',
);
const fillers = 'the of and with or to a in at for do not all it third kind seven is be on'.split(' ');

function unknownWords(count: number, random: Random): string {
  return Array.from({ length: count }, () =>
    random.chance(0.5)
      ? random.pick(fillers)
      : Array.from({ length: 2 + random.below(2) }, () => random.pick(syllables)).join(''),
  ).join(' ');
}

/** Words that nobody knows: the classifier has to learn not to be sure. */
function noise(random: Random): readonly Example[] {
  return Array.from({ length: noiseCount }, (_, number) => ({
    text: unknownWords(3 + random.below(16), random),
    attached: random.chance(0.2),
    language: 'en',
    kind: 'noise',
    fold: number % folds,
  }));
}
