import type { Task } from '../../vocabulary/task.ts';
import type { Finding } from '../../vocabulary/verdict.ts';
import type { TextPlan } from '../plan.ts';
import type { TaskTools } from '../tasks.ts';
import type { AnswerParts, CodeSpan } from './answerParts.ts';
import { GivenWords } from './givenWords.ts';
import { commonWords, isKnownLanguage, isLanguageWord, isLibrary } from './languageWords.ts';
import { calledInQuotes } from './quotedCode.ts';
import { isCompound, namesOf, type SpanName } from './spanNames.ts';

export interface CheckedNames {
  /** Different names of the given code that the answer has rightly. */
  readonly known: number;
  readonly faults: readonly Finding[];
}

/** Answers that speak of the code that is there; the others speak as much of what could be. */
const ofThisCode: ReadonlySet<Task> = new Set(['explain', 'review', 'security']);

/** What says that something of that name is in the code. */
const noun =
  'parameters?|params?|arguments?|args?|functions?|methods?|variables?|classes|class|fields?|propert(?:y|ies)|constants?|helpers?|attributes?|members?|structs?|callbacks?|constructors?|getters?|setters?';
/** What only the code itself can have, whatever a library names so. */
const ownNoun =
  /^\s*(?:parameters?|params?|arguments?|variables?|helpers?)\b|\b(?:parameters?|params?|arguments?|variables?|helpers?)\s+(?:named\s+|called\s+)?$/i;
const nounBefore = new RegExp(`\\b(?:${noun})\\s+(?:(?:is|are)\\s+)?(?:named\\s+|called\\s+)?$`, 'i');
const nounAfter = new RegExp(`^\\s*(?:${noun})\\b`, 'i');

/** What says that something is elsewhere, or could be there, or is not. */
const supposed =
  /\b(?:like|such as|e\.g\.,?|i\.e\.,?|for example,?|for instance,?|similar to|same as|equivalent (?:to|of)|analogous to|unlike|instead of|rather than|as opposed to|than|versus|vs\.?|consider|recommend\w*|suggest\w*|prefer\w*|renam\w+|imagine|suppose|say,?|better|perhaps|maybe|no|not|never|without|lacks?|lacking|missing|absent|nor|neither|isn't|aren't|doesn't|don't|cannot|can't|(?:you|one|we|it|callers?) (?:could|can|might|may|should|would)|(?:could|should|would|might) (?:be|have|use))\b[^.!?;`]{0,30}$/i;
/** The same where what could be is half of what is said. */
const proposed =
  /\b(?:use|using|should|could|would|might|add\w*|introduc\w+|extract\w*|creat\w+|defin\w+|into|try|want|need|if|replac\w+|switch\w*|wrap\w*|call it|by|via|with)\b[^.!?;`]{0,40}$/i;
const supposedAfter =
  /^[\s,)]*(?:(?:parameter|argument|method|function|variable|field|property|option|class|constant)\s+)?(?:instead|would|could|should|might|may\b|does not exist|doesn't exist|is (?:missing|not|absent|undefined)|from the standard|in other languages)/i;

const mostNamed = 3;

interface Doubt extends SpanName {
  /** It is said to be a parameter, or a variable, of the code itself. */
  readonly own: boolean;
}

/** The names that an answer sets in code, looked for in what was given, in the language, and in the answer's own code. */
export async function checkNames(
  plan: TextPlan,
  { spans, blocks }: AnswerParts,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<CheckedNames> {
  const code = plan.given.filter(({ languageId }) => isCode(languageId));
  if (code.length === 0) return { known: 0, faults: [] };
  const languages = new Set(code.flatMap(({ languageId }) => (languageId ? [languageId] : [])));
  const given = new GivenWords([
    ...plan.given.map(({ text }) => text),
    ...plan.given.flatMap(({ name }) => (name ? [name] : [])),
  ]);
  const file = new GivenWords([plan.file ?? '']);
  const asked = new GivenWords([...plan.earlier, plan.asked]);
  const shown = new GivenWords(blocks.map(({ text }) => text));
  const strict = ofThisCode.has(plan.task) && [...languages].every(isKnownLanguage);
  // A plain word is only doubted where the language's own words can be asked.
  const plain = [...languages].every((languageId) => languageId in wrappers);
  const known = new Set<string>();
  const supposedNames = new Set<string>();
  const unknown = new Map<string, Doubt>();
  for (const span of spans)
    for (const one of namesOf(span)) {
      const { name } = one;
      if (known.has(name)) continue;
      if (given.has(name) || file.has(name)) {
        if (name.length > 1 && (isCompound(name) || !isLanguageWord(name, languages))) known.add(name);
        continue;
      }
      if (isSupposed(span, plan.task)) supposedNames.add(name);
      else if (!unknown.has(name) && isMeant(one, span, strict, plain))
        unknown.set(name, { ...one, own: ownNoun.test(span.after) || ownNoun.test(span.before) });
    }
  const quoted = new Set(plan.task === 'explain' ? await calledInQuotes(plan, blocks, tools, signal) : []);
  for (const name of quoted)
    if (isCompound(name) && !known.has(name) && ![given, file, asked].some((words) => words.has(name)))
      unknown.set(name, { name, head: name, called: true, alone: true, own: false });
  const doubted = [...unknown.values()].filter(
    ({ name, head, own }) =>
      !supposedNames.has(name) &&
      (own ? !commonWords.has(name) : !isLanguageWord(name, languages) && !isLibrary(head)) &&
      [given, file, asked, ...(quoted.has(name) ? [] : [shown])].every((words) => !words.hasNearly(name)),
  );
  const faults = await undeclaredOf(doubted, [...languages], tools, signal);
  return {
    known: known.size,
    faults: faults
      .slice(0, mostNamed)
      .map(({ name }): Finding => ({ code: 'unknownName', params: { name } })),
  };
}

function isCode(languageId: string | undefined): boolean {
  return (
    languageId !== undefined &&
    !['markdown', 'plaintext', 'log', 'json', 'jsonc', 'yaml'].includes(languageId)
  );
}

function isSupposed({ before, after }: CodeSpan, task: Task): boolean {
  const words = before.replace(/`[^`\n]*`/g, '¤');
  return supposed.test(words) || supposedAfter.test(after) || (task !== 'explain' && proposed.test(words));
}

/** Whether an answer says of a name that it is in the code. */
function isMeant(
  { name, head, owner, called, alone }: SpanName,
  span: CodeSpan,
  strict: boolean,
  plain: boolean,
): boolean {
  const claimed = alone && (nounBefore.test(span.before) || nounAfter.test(span.after));
  // What a value of some library has is not in the file; what the object itself has is, unless it inherits it.
  if (owner !== undefined && !['this', 'self', 'cls'].includes(head)) return false;
  if (name.length < 3) return false;
  const compound = isCompound(name);
  if (!strict) return claimed && compound;
  return compound || claimed || (plain && called && alone && owner === undefined);
}

/** Those of the names that the language itself does not declare either, where its own rules are known. */
async function undeclaredOf(
  doubted: readonly Doubt[],
  languages: readonly string[],
  tools: TaskTools,
  signal: AbortSignal,
): Promise<readonly Doubt[]> {
  let left = doubted.slice(0, 50);
  for (const languageId of languages) {
    const asking = left.filter(
      ({ name, owner, own }) => owner === undefined && !own && /^[A-Za-z_]\w*$/.test(name),
    );
    const wrap = asking.length > 0 ? wrappers[languageId] : undefined;
    if (!wrap) continue;
    const text = wrap(asking.map(({ name }) => name).join(', '));
    const source = { languageId, text };
    const found = await tools.code.undeclared(source, { start: 0, end: text.length }, [], signal);
    if (!found.ok) continue;
    const undeclared = new Set(found.value);
    left = left.filter((one) => !asking.includes(one) || undeclared.has(one.name));
  }
  return left;
}

/** A text of a language in which names are used. */
const wrappers: Readonly<Record<string, (names: string) => string>> = {
  javascript: (names) => `use(${names});`,
  javascriptreact: (names) => `use(${names});`,
  typescript: (names) => `use(${names});`,
  typescriptreact: (names) => `use(${names});`,
  python: (names) => `use(${names})`,
  go: (names) => `package p\nfunc f() { use(${names}) }`,
};
