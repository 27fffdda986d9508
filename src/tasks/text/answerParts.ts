import { type CodeBlock, fencedBlocks } from '../answerCode.ts';
import { cleanAnswer } from '../answerText.ts';

/** A piece of an answer's text that is set as code. */
export interface CodeSpan {
  readonly text: string;
  /** The text of its paragraph before it, at most 120 characters. */
  readonly before: string;
  /** The text of its paragraph behind it, at most 80 characters. */
  readonly after: string;
}

export interface AnswerParts {
  /** Without fenced blocks; spans keep their marks. */
  readonly text: string;
  /** Without any code. */
  readonly prose: string;
  readonly spans: readonly CodeSpan[];
  readonly blocks: readonly CodeBlock[];
}

/** An answer is looked at so far, in characters: nobody reads more of it either. */
const farthest = 120_000;
const mostSpans = 1_000;

export function answerParts(answer: string): AnswerParts {
  const clean = cleanAnswer(answer).slice(0, farthest);
  const text = withoutBlocks(clean);
  const spans: CodeSpan[] = [];
  const span = /(?<!`)(`{1,2})(?!`)([^`\n]{1,300})\1(?!`)/g;
  for (const found of text.matchAll(span)) {
    if (spans.length === mostSpans) break;
    const end = found.index + found[0].length;
    const lead = text.slice(Math.max(0, found.index - 120), found.index);
    const rest = text.slice(end, end + 80);
    const paragraph = lead.lastIndexOf('\n\n');
    const next = rest.indexOf('\n\n');
    spans.push({
      text: (found[2] ?? '').trim(),
      before: paragraph === -1 ? lead : lead.slice(paragraph + 2),
      after: next === -1 ? rest : rest.slice(0, next),
    });
  }
  return { text, prose: text.replace(span, ' '), spans, blocks: fencedBlocks(clean) };
}

function withoutBlocks(text: string): string {
  const kept: string[] = [];
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const marks = /^\s*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})(.*)$/.exec(line);
    const [, run = '', rest = ''] = marks ?? [];
    if (open === undefined) {
      if (marks && (run.startsWith('~') || !rest.includes('`'))) {
        open = run;
        kept.push('');
      } else kept.push(line);
    } else if (marks && run[0] === open[0] && run.length >= open.length && rest.trim() === '')
      open = undefined;
  }
  return kept.join('\n');
}
