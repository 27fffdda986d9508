import type { Label } from '../../src/router/taskModel.ts';
import { fill as fillPlain } from './augment.ts';
import type { Random } from './random.ts';
import { readPlain, readSections, type Slots } from './written.ts';

export interface Post {
  readonly text: string;
  readonly label: Label;
  /** The title as it was written: what a fold is cut by. */
  readonly source: string;
}

/** How often each task is asked on question-and-answer pages, roughly; tasks that are not named are rare there. */
const shares: Readonly<Partial<Record<Label, number>>> = {
  fix: 0.3,
  generate: 0.28,
  explain: 0.22,
  refactor: 0.09,
  architecture: 0.08,
  security: 0.09,
  tests: 0.012,
  document: 0.004,
  shell: 0.006,
  review: 0.006,
};

const articles = ['a ', 'the ', 'the ', 'my ', 'this ', 'some ', '', 'the same ', 'another ', 'my own '];

/** Things of the slots begin with "a"; people say it in other ways as well. */
function fill(text: string, slots: Slots, random: Random): string {
  return fillPlain(text, slots, random).replace(/\ban? (?=[a-z])/g, (article) =>
    random.chance(0.55) ? random.pick(articles) : article,
  );
}

/** Questions with a title, a body in sentences of that task and of none, code, and output where something fails. */
export function makePosts(count: number, slots: Slots, random: Random): readonly Post[] {
  const titles = readSections('posts/titles.txt');
  const sentences = readSections('posts/sentences.txt');
  const codes = readPlain('posts/code.txt');
  const traces = readPlain('posts/traces.txt');
  const neutral = sentences.get('neutral') ?? [];
  const posts: Post[] = [];
  for (const [label, share] of Object.entries(shares) as [Label, number][]) {
    const own = titles.get(label) ?? [];
    const said = sentences.get(label) ?? [];
    const total = Math.round(count * share);
    for (let made = 0; made < total; made += 1) {
      const source = own[made % own.length] ?? '';
      const parts: string[] = [];
      const code = () => {
        const block = random.pick(codes);
        parts.push(random.chance(0.8) ? `\`\`\`\n${block}\n\`\`\`` : block);
      };
      const sentence = (from: readonly string[]) => fill(random.pick(from), slots, random);
      const few = (from: readonly string[], most: number) => {
        const told: string[] = [];
        for (let n = 1 + random.below(most); n > 0; n -= 1) told.push(sentence(from));
        parts.push(told.join(random.chance(0.7) ? ' ' : '\n'));
      };
      if (random.chance(0.8)) few(neutral, 3);
      if (random.chance(0.35)) few(said, 1);
      const failing = label === 'fix' && random.chance(0.55);
      if (random.chance(label === 'explain' || label === 'architecture' ? 0.45 : 0.8)) code();
      if (failing) {
        if (random.chance(0.6)) parts.push(sentence(said));
        const trace = fill(random.pick(traces), slots, random);
        parts.push(random.chance(0.75) ? `\`\`\`\n${trace}\n\`\`\`` : trace);
      }
      if (random.chance(0.75)) few(said, 2);
      if (random.chance(0.25)) code();
      if (random.chance(0.45)) few(said, 1);
      // What other kinds of questions say occurs in this one as well.
      if (random.chance(0.3))
        parts.push(
          sentence(
            sentences.get(random.pick(['fix', 'fix', 'generate', 'generate', 'explain', 'refactor'])) ??
              neutral,
          ),
        );
      if (random.chance(0.3)) parts.push(sentence(neutral));
      let title = fill(source, slots, random);
      if (random.chance(0.3)) title = title.replace(/(?<=\s)an? /g, '');
      if (random.chance(0.15)) title = title.toLowerCase();
      title = title.slice(0, 1).toUpperCase() + title.slice(1);
      // Some have a title that says little, or none, so that the body has to.
      if (random.chance(0.12)) title = fill(random.pick(vague), slots, random);
      posts.push({ text: [title, ...parts].join(random.chance(0.5) ? '\n\n' : '\n'), label, source });
    }
  }
  return posts;
}

const vague = [
  '{obj} {mod}',
  '{objs} {mod}',
  '{lib} {objs}',
  '{lang} {obj} {mod}',
  '{obj} and {obj}',
  '{obj} in {lib}',
  '{lib} and {lib2}',
  '{lang} {thing}',
  '{thing} in {lib}',
  '{lib} question',
  '{lib} {thing} with {lib2}',
  'Using {lib} with {lang}',
  '{lang} list and loops',
  'Working with dates in {lang}',
];
