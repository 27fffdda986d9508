import { fencedBlocks } from '../answerCode.ts';
import { cleanAnswer } from '../answerText.ts';

const introduction =
  /^(?:\**(?:sure|certainly|of course|okay|ok|here(?:'s| is| are)?|below is|the commit message|suggested)\b[^\n]*[:.!]\**[ \t]*\n+)+/i;
const label = /^[*_#\s]*(?:git )?commit message[*_]*\s*:[*_]*\s*/i;
const talk =
  /^(?:\**note\**: (?:this|the) (?:commit )?message\b|this (?:commit )?message\b|(?:i hope|i've|i have|let me know|feel free|please (?:let|note|review))\b)/i;
const fromShell = /^\$?\s*git commit\b[^\n]*?\s(?:-m|--message)[ =]/;

/** The message of a raw answer: without fences, labels, quotes and talk around it, its first line set apart. */
export function messageOf(answer: string): string {
  const clean = cleanAnswer(answer);
  const block = fencedBlocks(clean).find(({ info }) => info !== 'diff' && info !== 'patch');
  let text = (block?.text ?? clean).trim().replace(introduction, '').replace(label, '').trim();
  if (fromShell.test(text)) text = givenToShell(text);
  text = text.replace(/^(["'`])((?:(?!\1)[\s\S])+)\1$/, '$2');
  const [first = '', ...rest] = text.split('\n').map((line) => line.trimEnd());
  const paragraphs = rest
    .join('\n')
    .trim()
    .split(/\n{2,}/);
  while (paragraphs.length > 0 && talk.test(paragraphs.at(-1)?.trim() ?? '')) paragraphs.pop();
  const body = paragraphs.join('\n\n').trim();
  const subject = unmarked(first.trim());
  return body === '' ? subject : `${subject}\n\n${body}`;
}

/** `git commit -m "first" -m "body"`: what stands in the quotes. */
function givenToShell(text: string): string {
  const given = [...text.matchAll(/(?:-m|--message)[ =]("(?:[^"\\]|\\.)*"|'[^']*')/g)].map((match) =>
    (match[1] ?? '').slice(1, -1).replace(/\\(["`$\\])/g, '$1'),
  );
  return given.length > 0 ? given.join('\n\n') : text;
}

/** A first line is plain text: a heading's marks and bold go. */
function unmarked(line: string): string {
  return line
    .replace(/^#{1,6}\s+/, '')
    .replace(/^(\*\*|__)(.+)\1$/, '$2')
    .replace(label, '')
    .trim();
}
