import type { Finding } from '../../vocabulary/verdict.ts';
import type { Given, TextPlan } from '../plan.ts';
import type { AnswerParts } from './answerParts.ts';

export interface CheckedLines {
  /** Lines that are there, and say what is quoted beside them. */
  readonly right: number;
  readonly faults: readonly Finding[];
}

const mostReferences = 200;
const reference =
  /\b(?:lines?|ln\.?)\s+#?(\d{1,6})(?:\s*(?:-|–|—|to|through|and)\s*(?:lines?\s+)?(\d{1,6}))?\b|(?<![\w.])L(\d{1,6})(?:\s*[-–]\s*L?(\d{1,6}))?\b(?!\s*\w*[=(])|([\w.-]+\.[a-z]{1,5}):(\d{1,6})(?:-(\d{1,6}))?\b/gi;
/** The number is of something else than the code: what a program prints, another file, the answer's own blocks. */
const ofOther =
  /^\s*(?:of|in)\s+(?:the\s+|your\s+|its?\s+)?(?:output|response|log|stack|trace|result|example|terminal|console|other|test|documentation|readme|config|input|error)|^\s*(?:characters?|chars|columns?)\b/i;

/** The lines that an answer speaks of: whether they are there, and say what stands beside their number. */
export function checkLines(plan: TextPlan, { text }: AnswerParts): CheckedLines {
  const pieces = plan.given.filter(({ text: piece, languageId }) => languageId !== undefined && piece !== '');
  if (pieces.length === 0) return { right: 0, faults: [] };
  const views = pieces.map(viewOf);
  const faults: Finding[] = [];
  let right = 0;
  let seen = 0;
  for (const found of text.matchAll(reference)) {
    seen += 1;
    if (seen > mostReferences || faults.length === 3) break;
    const [said, first, last, lFirst, lLast, file, fFirst, fLast] = found;
    const from = Number(first ?? lFirst ?? fFirst);
    const to = Number(last ?? lLast ?? fLast ?? from);
    const behind = text.slice(found.index + said.length, found.index + said.length + 200);
    if (ofOther.test(behind)) continue;
    const looked = file === undefined ? views : views.filter(({ name }) => name === file);
    if (looked.length === 0) continue;
    // The developer's own number needs no check, nor does one that an earlier turn has.
    if (hasNumber(plan, from)) continue;
    const there = looked.filter((view) => has(view, from) && has(view, to));
    if (there.length === 0) {
      faults.push({ code: 'lineWrong', params: { text: said } });
      continue;
    }
    const quoted = quoteBeside(text.slice(Math.max(0, found.index - 200), found.index), behind);
    if (quoted === undefined || !there.some((view) => view.whole.includes(quoted))) {
      right += 1;
      continue;
    }
    if (there.some((view) => saysAt(view, from, to, quoted))) right += 1;
    else faults.push({ code: 'lineWrong', params: { text: said } });
  }
  return { right, faults };
}

interface View {
  readonly name: string | undefined;
  readonly start: number;
  readonly lines: readonly string[];
  /** Without white space. */
  readonly whole: string;
}

function viewOf({ text, line, name }: Given): View {
  const lines = text.replaceAll('\r\n', '\n').replace(/\n+$/, '').split('\n').map(squeezed);
  return { name, start: line ?? 1, lines, whole: lines.join('\n') };
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

function has({ start, lines }: View, line: number): boolean {
  return line >= start && line < start + lines.length;
}

/** Within a line of where it is said to be. */
function saysAt({ start, lines }: View, from: number, to: number, quoted: string): boolean {
  return lines
    .slice(Math.max(0, from - start - 1), Math.max(from, to) - start + 2)
    .some((line) => line.includes(quoted));
}

/** What is set as code right beside a number: `line 3: x`, `x (line 3)`, `x on line 3`. */
function quoteBeside(before: string, behind: string): string | undefined {
  const after = /^\s*[):]?\s*[:(–—-]\s*`([^`\n]{3,160})`/.exec(behind)?.[1];
  const lead = /`([^`\n]{3,160})`\s*(?:\(\s*(?:on|at|in|see)?\s*|,?\s*(?:on|at|in)\s+)$/.exec(before)?.[1];
  const quoted = after ?? lead;
  return quoted === undefined ? undefined : squeezed(quoted);
}

function hasNumber({ asked, earlier }: TextPlan, line: number): boolean {
  const said = new RegExp(`(?:\\blines?\\s+|:|\\bL)${line}\\b`, 'i');
  return said.test(asked) || earlier.some((text) => said.test(text));
}
