import type { CodeBlock } from '../answerCode.ts';
import { mayBe } from '../answerCode.ts';
import type { TextPlan } from '../plan.ts';
import type { TaskTools } from '../tasks.ts';

/** Lines of fewer characters stand in any code. */
const shortest = 10;
const fewestLines = 2;
const mostBlocks = 10;

/**
 * Names that are called in blocks which quote the given code, most of whose lines are in it. A block of the answer's own,
 * an example or a proposal, may call what it likes.
 */
export async function calledInQuotes(
  plan: TextPlan,
  blocks: readonly CodeBlock[],
  tools: TaskTools,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const given = plan.given.map(({ text, languageId }) => ({ languageId, lines: new Set(linesOf(text)) }));
  const called: string[] = [];
  for (const block of blocks.slice(0, mostBlocks)) {
    const lines = linesOf(block.text);
    const quoted = given.find(
      ({ languageId, lines: own }) =>
        languageId !== undefined &&
        mayBe(block, languageId) &&
        lines.length > fewestLines &&
        lines.filter((line) => own.has(line)).length > lines.length * 0.6,
    );
    if (!quoted?.languageId || !tools.code.supports(quoted.languageId)) continue;
    // PHP is text until it says otherwise.
    const text =
      quoted.languageId === 'php' && !block.text.includes('<?') ? `<?php\n${block.text}` : block.text;
    const found = await tools.code.calledNames({ languageId: quoted.languageId, text }, signal);
    if (found.ok) called.push(...found.value);
  }
  return [...new Set(called)];
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/\s+/g, ''))
    .filter((line) => line.length >= shortest);
}
