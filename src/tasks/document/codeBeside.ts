import type { Token } from '../../code/code.ts';
import type { Finding } from '../../vocabulary/verdict.ts';
import { fencedBlocks, mayBe } from '../answerCode.ts';
import { cleanAnswer } from '../answerText.ts';
import { lineAt } from '../promptText.ts';
import type { TaskTools } from '../tasks.ts';
import { dedented } from './answerComment.ts';
import type { DocumentPlan } from './documentPlan.ts';

/**
 * What is wrong with the code that an answer brings along: it is never applied, but a comment written for other code
 * than the file's describes that. The whole function, its head alone or with a body left out in so many dots are
 * right; formatting, quotes and modifiers do not count. Undefined where nothing is wrong or nobody can say.
 */
export async function codeBesideFault(
  plan: DocumentPlan,
  answer: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const { unit, languageId, before } = plan;
  if (!unit) return undefined;
  const blocks = fencedBlocks(answer);
  if (blocks.some((block) => !block.closed)) return { code: 'cutShort', params: {} };
  const texts = blocks.filter((block) => mayBe(block, languageId)).map((block) => block.text);
  if (texts.length === 0) texts.push(cleanAnswer(answer));
  if (!texts.some((text) => text.includes(unit.name))) return undefined;
  const file = await tools.code.tokens({ languageId, text: before }, signal);
  if (!file.ok) return undefined;
  const inside = (span: { start: number; end: number }) =>
    plainTokens(file.value.filter(({ at }) => at >= span.start && at < span.end));
  const own = inside(unit.span);
  const named = own.findIndex(({ text }) => text === unit.name);
  if (named === -1) return undefined;
  const head = inside(unit.signature).length - named;
  for (const text of texts) {
    if (!text.includes(unit.name)) continue;
    const plain = dedented(`\n${text}`).join('\n');
    // A method alone is no program in these languages.
    const isAlone =
      unit.kind === 'method' && braced.test(languageId) && !/\b(?:class|interface|enum|struct)\s/.test(plain);
    const whole = isAlone ? `class _ {\n${plain}\n}` : plain;
    const given = await tools.code.tokens({ languageId, text: whole }, signal);
    if (!given.ok) continue;
    const fault = comparedCode(
      own.slice(named),
      head,
      plainTokens(given.value),
      before,
      leavesOut(text, before),
    );
    if (fault) return fault;
  }
  return undefined;
}

const braced = /^(?:java|csharp|php|(?:type|java)script(?:react)?)$/;
const closers = /^[)\]}>]$/;

/** Tokens without what a formatter adds or takes away. */
function plainTokens(tokens: readonly Token[]): Token[] {
  return tokens
    .filter(
      ({ text }, index) => text !== ';' && !(text === ',' && closers.test(tokens[index + 1]?.text ?? '')),
    )
    .map(({ text, at }) => ({ text: text.replace(/^['`"]+$/, '"').replace(/\s+/g, ' '), at }));
}

/** Whether dots or words stand for code that was left out. */
function leavesOut(text: string, before: string): boolean {
  const there = new Set(before.split('\n').map((line) => line.trim()));
  const fresh = text
    .replace(/\/\*\*[\s\S]*?\*\/|("{3}|'{3})[\s\S]*?\1|^\s*\/\/\/.*$/gm, '')
    .split('\n')
    .filter((line) => !there.has(line.trim()))
    .join('\n');
  return /^\s*(?:#|\/\/|\/\*|\{)?\s*(?:\.\.\.|…)|\b(?:existing|rest of|same|implementation|function body|code)\b[^\n]{0,40}(?:\.\.\.|…|here)|(?:\.\.\.|…)\s*(?:existing|rest|other|implementation|code|same|body)\b/im.test(
    fresh,
  );
}

/** `own` begins with the unit's name; `head` of its tokens are the signature. */
function comparedCode(
  own: readonly Token[],
  head: number,
  given: readonly Token[],
  before: string,
  elided: boolean,
): Finding | undefined {
  const name = own[0]?.text ?? '';
  let nearest: { readonly same: number; readonly rest: readonly Token[] } | undefined;
  for (const [index, token] of given.entries()) {
    if (token.text !== name) continue;
    let same = 1;
    while (same < own.length && own[same]?.text === given[index + same]?.text) same += 1;
    if (same === own.length) return undefined;
    if (!isDeclared(given, index)) continue;
    if (!nearest || same > nearest.same) nearest = { same, rest: given.slice(index + same) };
  }
  if (!nearest) return undefined;
  const { same, rest } = nearest;
  const isOpen = rest.every(({ text }) => /^(?:\{|:|=>|=)$/.test(text));
  const isDots = /^(?:\.\.\.|…|pass)$/;
  const hollow =
    rest.some(({ text }) => isDots.test(text)) &&
    rest.every(({ text }) => isDots.test(text) || /^(?:[{}():\][]|=>|=)$/.test(text));
  if (same >= head && (elided || ((isOpen || hollow) && same <= head + 1))) return undefined;
  if (rest.length === 0) return { code: 'cutShort', params: {} };
  return { code: 'programChanged', params: { line: lineAt(before, own[same]?.at ?? 0) } };
}

/** Whether a name is declared where it stands: a word for it before it, or parameters and a body after it. */
function isDeclared(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.text ?? '';
  if (/^(?:function|\*|def|func|fn|class|struct|interface|trait|enum|const|let|var|fun)$/.test(before))
    return true;
  let at = index + 1;
  if (tokens[at]?.text === '<') while (at < tokens.length && tokens[at]?.text !== '(') at += 1;
  if (tokens[at]?.text !== '(') return false;
  let depth = 0;
  for (; at < tokens.length; at += 1) {
    const text = tokens[at]?.text;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0) break;
  }
  return /^(?:\{|:|->|throws|const|noexcept|where)$/.test(tokens[at + 1]?.text ?? '') || before === ')';
}
