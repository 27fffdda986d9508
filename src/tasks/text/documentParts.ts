import type { Finding } from '../../vocabulary/verdict.ts';
import type { TextPlan } from '../plan.ts';
import type { AnswerParts } from './answerParts.ts';

export interface CheckedParts {
  /** Parts that were asked for and are there. */
  readonly there: number;
  readonly faults: readonly Finding[];
}

const mostParts = 20;
const mostAsked = 8_000;

/** What was asked for as a list: `with sections Install, Usage, and Troubleshooting`, or numbered lines. */
export function partsAsked(asked: string): readonly string[] {
  const text = asked.slice(0, mostAsked);
  const listed =
    /\b(?:sections?|headings?|chapters?|parts?)(?:\s+(?:for|on|about|called|named|titled|are|should be|must be))?\s*:?\s+([^\n]*)/i.exec(
      text,
    )?.[1];
  const numbered = [
    ...text.matchAll(/^\s*(?:\d{1,2}[.)]|[-*])\s+(?:\*\*)?([^\n]{2,60}?)(?:\*\*)?:?\s*$/gm),
  ].map((found) => found[1] ?? '');
  // Lines of a list are parts only where the words before it say so.
  const inLines =
    numbered.length > 1 && /\b(?:sections?|headings?|chapters?|parts?)\b/i.test(text) ? numbered : [];
  const inOne = listed === undefined ? [] : enumerated(listed);
  return [...new Set((inLines.length > 0 ? inLines : inOne).map((part) => part.trim()))].slice(0, mostParts);
}

/** The items of `A, B and C`; nothing where it is no list. */
function enumerated(text: string): readonly string[] {
  const sentence = /^[^.!?;]*/.exec(text)?.[0] ?? '';
  if (!/,| and | & |\//.test(sentence)) return [];
  const items = sentence.split(/\s*,\s*(?:and\s+|or\s+|&\s*)?|\s+and\s+|\s+&\s+/).map((item) =>
    item
      .replace(/^(?:the|an?)\s+/i, '')
      .replace(/["'`*“”]/g, '')
      .trim(),
  );
  // Beyond a few words it goes on with something else.
  return items.every((item) => item !== '' && item.split(/\s+/).length <= 4) ? items : [];
}

/** A document has what was asked for: its parts, a title, its end, and no place left to fill. */
export function checkParts(plan: TextPlan, { text }: AnswerParts, whole: string): CheckedParts {
  const lines = text.split('\n');
  const headings = lines.flatMap((line, index) => headingOf(line, lines[index + 1]) ?? []);
  const faults: Finding[] = [];
  const asked = partsAsked(plan.asked);
  const missing = asked.filter((part) => !headings.some((heading) => names(heading, part)));
  faults.push(...missing.slice(0, 3).map((part): Finding => ({ code: 'partMissing', params: { part } })));
  if (
    headings.length === 0 &&
    /\b(?:readme|runbook|guide|handbook|tutorial)\b/i.test(plan.asked) &&
    whole.length > 600
  )
    faults.push({ code: 'partMissing', params: { part: 'headings' } });
  const gap = placeholderOf(text);
  if (gap !== undefined) faults.push({ code: 'placeholder', params: { text: gap } });
  if (endsInTheMiddle(whole)) faults.push({ code: 'cutShort', params: {} });
  return { there: asked.length - missing.length, faults };
}

/** The words of a heading: of Markdown's own, underlined, or bold in a line of its own or at the head of an item. */
function headingOf(line: string, next: string | undefined): string[] | undefined {
  const marked = /^ {0,3}#{1,6}\s+(.+?)\s*#*$/.exec(line)?.[1];
  if (marked !== undefined) return [marked];
  if (next !== undefined && /^ {0,3}(?:={3,}|-{3,})\s*$/.test(next) && line.trim() !== '') return [line];
  const bold = /^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:\*\*|__)([^*_\n]{2,80})(?:\*\*|__)/.exec(line)?.[1];
  if (bold !== undefined) return [bold];
  const numbered = /^\s*\d+[.)]\s+(.{2,60})$/.exec(line)?.[1];
  return numbered === undefined ? undefined : [numbered];
}

/** Whether a heading is of a part: it has the beginnings of all its words, but for the small ones. */
function names(heading: string, part: string): boolean {
  const said = stems(heading);
  const wanted = stems(part);
  if (wanted.length === 0) return true;
  return wanted.every((stem) =>
    said.some((one) => one.startsWith(stem) || (one.length >= 4 && stem.startsWith(one))),
  );
}

/** `Installation`, `Installing` and `Install` begin alike. */
function stems(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => !/^(?:the|an?|of|to|and|for|your|how|with|section|on|about|in)$/.test(word))
    .map((word) =>
      word.length <= 4 ? word.slice(0, 3) : word.slice(0, Math.max(3, Math.min(6, word.length - 2))),
    );
}

const placeholders = [
  /\[(?:insert|add|your|describe|fill|enter|replace)\b[^\]\n]{2,60}\](?![([])/i,
  /<(?:insert|add|your|describe|fill in|enter)\s[^>\n]{2,60}>/i,
  /\blorem ipsum\b/i,
  /^\s*(?:[-*]\s+)?(?:TODO|TBD)\b.{0,40}$/m,
  /^\s*(?:\.{3}|…)\s*(?:\(?(?:and so on|continue\w*|more)[^\n]{0,20})?$/m,
];

/** Where a reader would have to write what the document leaves out; a command's own `<name>` is set as code. */
function placeholderOf(text: string): string | undefined {
  const said = text.replace(/`[^`\n]*`/g, '');
  for (const placeholder of placeholders) {
    const found = placeholder.exec(said)?.[0].trim();
    if (found) return found;
  }
  return undefined;
}

/** A heading with nothing under it. */
function endsInTheMiddle(whole: string): boolean {
  return /^ {0,3}#{1,6}(?:\s.*)?$/.test(whole.trimEnd().slice(-300).split('\n').at(-1) ?? '');
}

/**
 * The document itself, where a model puts all of it into one block of Markdown. Blocks of its own inside close that
 * block for a reader, and so are the document's here.
 */
export function unwrapped(answer: string): string {
  const opened = /^[^\n`]{0,200}\n*^ {0,3}(`{3,}|~{3,})(?:markdown|md)[ \t]*\n/im.exec(answer);
  if (!opened || opened.index > 0) return answer;
  const inner = answer.slice(opened[0].length);
  const marks = opened[1] ?? '';
  const lines = inner.trimEnd().split('\n');
  const last = lines.findLastIndex((line) => line.trim() === marks);
  // What follows the block is a word or two of the model's own.
  if (last === -1 || lines.length - last > 4) return inner;
  return lines.slice(0, last).join('\n');
}
