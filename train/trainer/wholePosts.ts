import { fill, slip } from './augment.ts';
import type { Random } from './random.ts';
import type { Slots, Written } from './written.ts';

const languages =
  /\b(?:Python|Java|JavaScript|TypeScript|Kotlin|Ruby|Rust|Go|PHP|Swift|Scala|Perl|Haskell|C#|C\+\+)(?![\w#+])/g;
const fenced = /```[\s\S]*?(?:```|$)/;

/** A whole post said again: with sentences left out or added, other languages named, other code, or without its title. */
export function retold(
  post: Written,
  slots: Slots,
  codes: readonly string[],
  neutral: readonly string[],
  random: Random,
): string {
  const [title = '', ...rest] = post.text.split('\n');
  let head = title;
  let body = rest.join('\n').trim();
  if (random.chance(0.25)) {
    const spoken = slots.get('lang') ?? [];
    const other = random.pick(spoken);
    head = head.replace(languages, other);
    body = body.replace(languages, other);
  }
  if (random.chance(0.3)) body = fewer(body, random);
  if (random.chance(0.15)) body = body.replace(fenced, '').trim();
  const parts = body === '' ? [] : [body];
  const sentence = () => fill(random.pick(neutral), slots, random);
  if (random.chance(0.25)) parts.unshift(sentence());
  if (random.chance(0.2)) parts.push(sentence());
  if (random.chance(0.2)) {
    const block = random.pick(codes);
    const shown = random.chance(0.6) ? `\`\`\`\n${block}\n\`\`\`` : block;
    if (random.chance(0.5)) parts.push(shown);
    else parts.unshift(shown);
  }
  // A title that says little: the body has to.
  const bare = body.length > 80 && random.chance(0.12);
  let text = [...(bare ? [] : [head]), ...parts].join(random.chance(0.5) ? '\n\n' : '\n');
  if (random.chance(0.15)) text = slip(text, random);
  if (random.chance(0.1)) text = text.toLowerCase();
  return text;
}

/** Leaves out about one sentence of five, of those that end a line or stand before a capital. */
function fewer(body: string, random: Random): string {
  return body
    .split(/(?<=[.?!])(?=\s+[A-Z])/)
    .filter((sentence) => sentence.includes('```') || random.chance(0.8))
    .join('')
    .trim();
}
