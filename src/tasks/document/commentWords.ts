import type { CodeUnit } from '../../code/code.ts';
import type { Finding } from '../../vocabulary/verdict.ts';
import { hasOpenFence, isLoop, isRefusal } from '../answerText.ts';
import { pythonStyles } from './commentForm.ts';

/** Words that only an answer or a prompt has, never a comment. */
const leftovers = [
  /\b(?:answer|respond|reply) with (?:the|only the|just the) (?:comment|docstring|code)\b/i,
  /\bwith your own words in place of\b/i,
  /\bwrite the [\w ]{0,30}\b(?:comment|docstring) for (?:the|this)\b/i,
  /^\s*(?:sure|certainly|of course|okay)\b[,!.]/i,
  /^\s*here(?:'s| is| are) (?:the|your|a|an) [\w ]{0,40}\b(?:comment|docstring|documentation|code|function)\b/i,
  /\b(?:i hope (?:this|that) helps|let me know if|feel free to)\b/i,
  /<\|?(?:im_start|im_end|eot_id|endoftext|assistant|user|system)\|?>|\[\/?INST\]|<\/?(?:think|s)>/i,
  /^\s*#{2,}\s*(?:instruction|response|answer|input|output)\b/i,
  /\bas an ai\b/i,
  /^\s*(?:It has this comment now|The (?:function|method|class) from `)/,
];

/** What a model left in a comment that is not about the code; undefined where nothing is. */
export function leftoverFault(lines: readonly string[]): Finding | undefined {
  const text = lines.join('\n');
  if (isRefusal(text)) return { code: 'refusal', params: {} };
  if (isRefusal(lines[0] ?? '')) return { code: 'refusal', params: {} };
  for (const line of lines) {
    const found = leftovers.find((pattern) => pattern.test(line));
    if (found) return { code: 'promptLeftover', params: { text: line.trim() } };
  }
  // A fence that nothing closes is the answer's own.
  const fence = hasOpenFence(text) ? lines.findLast((line) => /^\s*(?:`{3}|~{3})/.test(line)) : undefined;
  if (fence !== undefined) return { code: 'promptLeftover', params: { text: fence.trim() } };
  if (isLoop(text) || saysTwice(lines)) return { code: 'repeats', params: {} };
  return undefined;
}

/** A whole tag or paragraph of words that stands there again. */
function saysTwice(lines: readonly string[]): boolean {
  const seen = new Set<string>();
  for (const paragraph of lines.join('\n').split(/\n\s*\n|\n(?=\s*[@:]\w)/)) {
    const said = paragraph.replace(/\s+/g, ' ').trim();
    const tag = /^(?:@(?:param|arg)\b|:param\b)/.test(said);
    if (said.length < (tag ? 12 : 60) || /^(?:>>>|@example|[<{`])/.test(said)) continue;
    if (seen.has(said)) return true;
    seen.add(said);
  }
  return false;
}

const noValue =
  /^\W*$|\b(?:void|undefined|nothing|none|null|never|no value|not? return|this|self|promise|resolves?|yields?|generator|iterator|awaitable|unit|noreturn|\(\))\b/i;

/** A value that is described and never given. */
export function returnFault(
  lines: readonly string[],
  languageId: string,
  unit: CodeUnit,
): Finding | undefined {
  if (unit.kind === 'class' || unit.returnsValue || /constructor|__init__|initialize/.test(unit.name))
    return undefined;
  const said = returned(lines, languageId);
  return said === undefined || noValue.test(said) ? undefined : { code: 'returnsNothing', params: {} };
}

/** What a comment says is given back; undefined where it says nothing of it. */
export function returned(lines: readonly string[], languageId: string): string | undefined {
  const rest = (at: number) => lines.slice(at, at + 4).join(' ');
  for (const [index, line] of lines.entries()) {
    if (languageId === 'python') {
      const rst = /^\s*:returns?\s*:(.*)$/.exec(line);
      if (rst) return `${rst[1]} ${rest(index + 1)}`;
      if (/^\s*Returns?\s*:\s*$/.test(line)) return rest(index + 1);
      if (/^\s*Returns\s*$/.test(line) && /^\s*-{3,}/.test(lines[index + 1] ?? '')) return rest(index + 2);
      continue;
    }
    if (languageId === 'csharp') {
      const xml = /<returns>(.*)/.exec(line);
      if (xml) return xml[1] ?? '';
      continue;
    }
    const tag = /^\s*[@\\]returns?\b(.*)$/.exec(line);
    if (tag) return `${tag[1]} ${rest(index + 1).split('@')[0]}`;
  }
  return undefined;
}

/** What a comment's tag says is thrown; undefined where there is none. */
export function thrown(lines: readonly string[]): string | undefined {
  return lines
    .map((line) => /^\s*(?:[@\\](?:throws?|exception|raise)\b|:raises?\b|<exception\b)(.*)$/.exec(line)?.[1])
    .find((said) => said !== undefined);
}

/** An error that is described where the body neither throws nor does anything that could. */
export function throwFault(lines: readonly string[], unit: CodeUnit, text: string): Finding | undefined {
  if (thrown(lines) === undefined || unit.kind === 'class' || !unit.body) return undefined;
  const body = text.slice(unit.body.start, unit.body.end);
  if (/[([/%.!]|\b(?:throw|raise|panic|await|yield|new|del)\b/.test(body)) return undefined;
  return { code: 'throwsNothing', params: {} };
}

/** A docstring in another style than that which the file's other docstrings have. */
export function styleFault(
  lines: readonly string[],
  languageId: string,
  unit: CodeUnit,
  text: string,
): Finding[] {
  if (languageId !== 'python') return [];
  const rest = unit.doc ? text.slice(0, unit.doc.start) + text.slice(unit.doc.end) : text;
  const [used, ...others] = pythonStyles(rest);
  const [own, ...more] = pythonStyles(lines.join('\n'));
  if (!used || !own || others.length > 0 || more.length > 0 || used === own) return [];
  return [{ code: 'otherStyle', params: { style: styleNames[used] } }];
}

const styleNames = { google: 'Google', numpy: 'NumPy', rest: 'reST' } as const;
