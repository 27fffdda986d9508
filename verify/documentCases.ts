import type { Code } from '../src/code/code.ts';
import { askedOf, type Case, fenced, spliced } from './case.ts';
import type { Sample } from './functions.ts';

const never = new AbortController().signal;
/** Comments that are a mark before each line: cut anywhere, they are still whole. */
const byLines = new Set(['go', 'rust', 'ruby', 'csharp']);

const opposite: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
  '&&': '||',
  '||': '&&',
  and: 'or',
  or: 'and',
  'not in': 'in',
  is: '==',
};

/** Answers to "document this": the author's own comment in every form, and that comment or its function spoilt. */
export async function documentCases(sample: Sample, code: Code): Promise<Case[]> {
  const { language, text, unit, doc } = sample;
  if (!unit.doc) return [];
  const isDocstring = language === 'python';
  const before = withoutDoc(sample);
  const bare = before.text.slice(
    before.start,
    before.start + unit.span.end - unit.span.start - (isDocstring ? before.cut : 0),
  );
  const own = [...text.slice(isDocstring ? unit.span.start : unit.doc.start, unit.span.end).split('\n')]
    .map((line, index) => (index > 0 && line.startsWith(unit.indent) ? line.slice(unit.indent.length) : line))
    .join('\n');
  const asked = askedOf(sample, before.text, before.start);
  const cases: Case[] = [];
  const add = (right: boolean, kind: string, answer: string | undefined) => {
    if (answer === undefined) return;
    cases.push({ kind, right, asked: { task: 'document', ...asked, answer }, good: text });
  };
  const right = (kind: string, answer: string) => add(true, kind, answer);
  const spoilt = (kind: string, answer: string | undefined) => add(false, kind, answer);
  right('comment alone', doc);
  right('comment in a fence', fenced(doc, language));
  right('function with it', fenced(own, language));
  right(
    'talk around',
    `Sure! Here is the documentation:\n\n${fenced(doc, language)}\n\nLet me know if you need anything else.`,
  );
  right('whole file', fenced(text.trimEnd(), language));

  const tokens = await code.tokens({ languageId: language, text: own }, never);
  const head = own.indexOf(text.slice(unit.signature.start, unit.signature.end).split('\n')[0] ?? '');
  const flips = (tokens.ok ? tokens.value : []).filter(
    (token) =>
      opposite[token.text] !== undefined && token.at > head + (unit.signature.end - unit.signature.start),
  );
  const flip = flips[Math.floor(flips.length / 2)];
  const changed = flip && spliced(own, flip.at, flip.at + flip.text.length, opposite[flip.text]);
  spoilt('changed operator', changed && fenced(changed, language));
  spoilt('changed operator, no fence', changed);
  spoilt('changed operator in the file', changed && changedFile(sample, changed, language));
  const statement = own.split('\n').findLastIndex((line) => /^\s+(return|\w+\(|\w+ :?= )/.test(line));
  if (statement > 0 && own.split('\n').length > 4)
    spoilt(
      'statement dropped',
      fenced(
        own
          .split('\n')
          .filter((_, index) => index !== statement)
          .join('\n'),
        language,
      ),
    );

  spoilt('invented parameter', withParameter(doc, language, 'verbosity'));
  const first = unit.parameters[0]?.name;
  if (first) {
    spoilt('parameter left out', withoutParameter(doc, language, first));
    const renamed = doc.replace(
      new RegExp(`(@param\\s+(?:\\{.*?\\}\\s+)?\\[?|:param\\s+(?:\\S+\\s+)?|^\\s*)\\b${first}\\b(?=.*)`, 'm'),
      '$1renamedOne',
    );
    if (!byLines.has(language) && namesIt(renamed, language, 'renamedOne'))
      spoilt('parameter renamed', renamed);
  }
  if (!byLines.has(language) && doc.startsWith('/**') !== isDocstring) {
    spoilt('comment cut', doc.slice(0, Math.floor(doc.length * 0.6)));
    spoilt('comment cut in a closed fence', fenced(doc.slice(0, Math.floor(doc.length * 0.6)), language));
  }
  spoilt(
    'fence cut in the code',
    fenced(own, language).slice(0, -Math.max(12, Math.floor((own.length - doc.length) * 0.3))),
  );
  spoilt('half-open fence', fenced(doc, language).slice(0, -4));
  const foreign = isDocstring
    ? '/**\n * Does what its name says.\n */'
    : '"""Does what its name says.\n\nReturns:\n    The result.\n"""';
  spoilt('other language', fenced(foreign, isDocstring ? 'typescript' : 'python'));
  spoilt('other language, no fence', foreign);
  for (const [kind, words] of Object.entries({
    placeholder: language === 'go' ? `${unit.name} TODO: add description` : 'TODO: add description',
    'empty form': language === 'go' ? `${unit.name} <...>` : '<...>',
    'leftover of the prompt': `Answer with the comment alone, in this form, with your own words in place of each <...>:`,
    'talk inside': `Sure! Here is the documentation for the function \`${unit.name}\`:`,
    'apology inside': "I'm sorry, but I can't see the whole code, so this may be wrong.",
  }))
    spoilt(kind, withFirstLine(doc, words));
  spoilt('apology', "I'm sorry, but I can't help with that.");
  spoilt(
    'prose alone',
    `The function ${unit.name} does what its name says and returns the result to its caller.`,
  );
  spoilt('code alone', fenced(bare, language));
  const line = doc.split('\n').find((one) => (one.match(/\p{L}{3,}/gu)?.length ?? 0) >= 3) ?? doc;
  const mark = line
    .replace(/^[rR]?"""|"""$/g, '')
    .replace(/^\/\*\*/, ' *')
    .replace(/\*\/$/, '');
  spoilt(
    'repeated lines',
    withLines(
      doc,
      language,
      Array.from({ length: 9 }, () => mark),
    ),
  );
  spoilt('return left out', withoutReturn(sample));
  spoilt('empty answer', '   \n');
  if (
    !unit.returnsValue &&
    ['typescript', 'javascript', 'java'].includes(language) &&
    !/@return|constructor/.test(doc + unit.name)
  )
    spoilt('invented return', withLines(doc, language, [' * @returns the computed total.']));
  return cases;
}

/** The file without the comment; `start` is where the function begins then. */
function withoutDoc({ text, unit, language }: Sample): { text: string; start: number; cut: number } {
  const doc = unit.doc ?? unit.span;
  const from = text.lastIndexOf('\n', doc.start - 1) + 1;
  const lineEnd = text.indexOf('\n', doc.end);
  const end = lineEnd === -1 ? text.length : lineEnd + 1;
  const cut = end - from;
  return {
    text: spliced(text, from, end),
    start: language === 'python' ? unit.span.start : unit.span.start - cut,
    cut,
  };
}

function changedFile({ text, unit, language }: Sample, changed: string, into: string): string {
  const start = language === 'python' ? unit.span.start : (unit.doc?.start ?? unit.span.start);
  const moved = changed
    .split('\n')
    .map((line, index) => (index > 0 && line !== '' ? unit.indent + line : line))
    .join('\n');
  return fenced(spliced(text, start, unit.span.end, moved).trimEnd(), into);
}

function withLines(doc: string, language: string, lines: readonly string[]): string {
  const all = doc.split('\n');
  if (language === 'ruby')
    return [...all, ...lines.map((line) => `# ${line.replace(/^\s*[*#]\s?/, '')}`)].join('\n');
  if (byLines.has(language)) return [...all, ...lines].join('\n');
  if (all.length === 1) {
    const inner = doc.replace(/^\/\*\*|\*\/$|^[rR]?"""|"""$/g, '').trim();
    return language === 'python'
      ? `"""${inner}\n\n${lines.join('\n')}\n"""`
      : `/**\n * ${inner}\n${lines.join('\n')}\n */`;
  }
  const end = all.pop() ?? '';
  const closes = /^\s*(\*\/|""")\s*$/.test(end);
  return closes
    ? [...all, ...lines, end].join('\n')
    : [...all, end.replace(/\s*(\*\/|""")\s*$/, ''), ...lines, language === 'python' ? '"""' : ' */'].join(
        '\n',
      );
}

function withFirstLine(doc: string, words: string): string {
  if (/^\/\*[*!]/.test(doc))
    return `/**\n * ${words}\n${doc.replace(/^\/\*[*!]\s*\n?/, (open) => (open.includes('\n') ? '' : ' * '))}`;
  if (/^[rR]?"""/.test(doc)) return `"""${words}\n\n${doc.replace(/^[rR]?"""\s*/, '')}`;
  const mark = /^(?:\/+|#)/.exec(doc)?.[0] ?? '//';
  return `${mark} ${words}\n${doc}`;
}

function withParameter(doc: string, language: string, name: string): string | undefined {
  if (language === 'go' || language === 'rust') return undefined;
  if (language === 'ruby') return withLines(doc, language, ['@param [Boolean] verbosity how much is said']);
  if (language === 'csharp')
    return withLines(doc, language, [`/// <param name="${name}">How much is said.</param>`]);
  if (language !== 'python') {
    const type = language === 'javascript' ? '{boolean} ' : language === 'php' ? 'bool $' : '';
    return withLines(doc, language, [` * @param ${type}${name} how much is said`]);
  }
  if (/:param/.test(doc)) return withLines(doc, language, [`:param ${name}: how much is said`]);
  if (/^\s*-{3,}\s*$/m.test(doc) && /Parameters\s*\n/.test(doc)) {
    return doc.replace(
      /^(\s*)(Parameters\s*\n\s*-{3,}\s*\n)/m,
      `$1$2$1${name} : int\n$1    How much is said.\n`,
    );
  }
  if (/Args:\s*\n/.test(doc))
    return doc.replace(/^( *)(Args:\s*\n)/m, `$1$2$1    ${name}: How much is said.\n`);
  return withLines(doc, language, ['', 'Args:', `    ${name}: How much is said.`]);
}

/** Without the lines of one parameter, where they can be told. */
function withoutParameter(doc: string, language: string, name: string): string | undefined {
  if (byLines.has(language)) return undefined;
  const lines = doc.split('\n');
  const at = lines.findIndex((line) => namesIt(line, language, name));
  if (at <= 0) return undefined;
  const depth = lines[at]!.search(/\S/);
  let end = at + 1;
  const goesOn = (line: string) =>
    language === 'python'
      ? line.trim() !== '' && line.search(/\S/) > depth && !line.includes('"""')
      : /^\s*\*\s+[^@/]/.test(line);
  while (end < lines.length && goesOn(lines[end]!)) end += 1;
  if (/"""|\*\//.test(lines.slice(at, end).join(''))) return undefined;
  return [...lines.slice(0, at), ...lines.slice(end)].join('\n');
}

function namesIt(text: string, language: string, name: string): boolean {
  const tag =
    language === 'python'
      ? `^\\s*(?::param\\s+(?:\\S+\\s+)?)?\\*{0,2}${name}\\s*(?:\\(.*?\\)\\s*)?(?::|$)`
      : `[@\\\\]param(?:\\[[^\\]]*\\])?\\s+(?:\\{.*\\}\\s+)?(?:[^\\s$]*\\s+[&.]*\\$)?\\[?(?:\\.\\.\\.)?${name}(?![\\w$])`;
  return new RegExp(tag, 'm').test(text);
}

/** Without what it says of the value, where every comment of the file that has parameters says it. */
function withoutReturn({ doc, language, text, unit }: Sample): string | undefined {
  if (!unit.returnsValue || !/\breturn [^;\s]/.test(text.slice(unit.span.start, unit.span.end)))
    return undefined;
  const [blocks, tag, parameters] =
    language === 'python'
      ? [
          /^\s*[rR]?"""[\s\S]*?"""/gm,
          /^\s*(?:Returns?:?\s*$|:returns?:)/m,
          /^\s*(?:Args:|Parameters\s*$|:param)/m,
        ]
      : [/\/\*\*[\s\S]*?\*\//g, /^\s*\*\s*@returns?\b/m, /@param\b/];
  const own = (text.match(blocks) ?? []).filter((block) => parameters.test(block));
  if (own.length < 6 || !own.every((block) => tag.test(block)) || !tag.test(doc)) return undefined;
  const lines = doc.split('\n');
  const at = lines.findIndex((line) => tag.test(line));
  const goesOn = (line: string) =>
    language === 'python' ? !/^\s*(?:"""|\w+:\s*$|:\w+|\w+\s*$)/.test(line) : /^\s*\*\s+[^@/]/.test(line);
  let end = at + (/^\s*-{3,}\s*$/.test(lines[at + 1] ?? '') ? 2 : 1);
  while (end < lines.length && goesOn(lines[end] ?? '')) end += 1;
  const left = [...lines.slice(0, at), ...lines.slice(end)].join('\n');
  // Said in words elsewhere, it is not left out.
  if (/\b(?:return|give|get|result|yield|true|false|whether)/i.test(left)) return undefined;
  return /"""\s*$|\*\/\s*$/.test(left) ? left : undefined;
}
