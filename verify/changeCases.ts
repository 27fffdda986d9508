import type { Code } from '../src/code/code.ts';
import type { Task } from '../src/vocabulary/task.ts';
import { askedOf, type Case, fenced, spliced } from './case.ts';
import type { Sample } from './functions.ts';

const never = new AbortController().signal;
const locals: Readonly<Record<string, RegExp>> = {
  typescript: /\b(?:const|let|var) ([a-zA-Z_]\w+)\b/g,
  javascript: /\b(?:const|let|var) ([a-zA-Z_]\w+)\b/g,
  python: /^\s+([a-z_]\w+) = /gm,
  go: /\b([a-z]\w*) := /g,
  java: /^\s+(?:final )?[A-Z]?\w+(?:<.*>)?(?:\[\])* ([a-z]\w*) = /gm,
  rust: /\blet (?:mut )?([a-z_]\w+)\b/g,
};

/** Answers to "change this" and "write this": the function with a local renamed, and that spoilt. */
export async function changeCases(sample: Sample, code: Code): Promise<Case[]> {
  const { language, text, unit } = sample;
  const indent = unit.indent;
  const written = text.slice(unit.span.start, unit.span.end);
  const own = written
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
  const rewritten = await withRenamedLocal(own, sample, code);
  const inFile = (piece: string) =>
    spliced(text, unit.span.start, unit.span.end, indented(piece, indent)).trimEnd();
  const asked = askedOf(sample, text, unit.span.start);
  const cases: Case[] = [];
  const spoils = spoiltCode(rewritten, sample);
  for (const task of ['edit', 'fix', 'refactor'] as const) {
    const add = (right: boolean, kind: string, answer: string | undefined) => {
      if (answer !== undefined) cases.push({ kind, right, asked: { task, ...asked, answer } });
    };
    add(true, 'function', fenced(rewritten, language));
    add(
      true,
      'function, talk around',
      `Here is it:\n\n${fenced(rewritten, language)}\n\nThe name says more now.`,
    );
    add(true, 'function under imports of the file', withOwnImport(sample, rewritten));
    add(true, 'whole file', fenced(inFile(rewritten), language));
    for (const [kind, answer] of Object.entries(spoils)) add(false, kind, answer);
    add(false, 'whole file without another function', await withoutOther(sample, inFile(rewritten), code));
    if (spoils['unknown identifier'])
      add(
        false,
        'whole file with an unknown identifier',
        fenced(inFile(unfenced(spoils['unknown identifier'])), language),
      );
  }
  cases.push(...generateCases(sample, rewritten, spoils));
  return cases;
}

const imports: Readonly<Record<string, RegExp>> = {
  typescript: /^import [^\n]*from '[^\n]*$/m,
  javascript: /^(?:import [^\n]*from '|(?:const|var) \w+ = require\()[^\n]*$/m,
  python: /^(?:import|from) \w[^\n(]*$/m,
  go: /^import "[^\n]*$/m,
  java: /^import [^\n]*$/m,
  rust: /^use [^\n{]*;$/m,
  php: /^use [^\n]*;$/m,
  cpp: /^#include [^\n]*$/m,
  csharp: /^using [\w.]+;\r?$/m,
};

/** The function under an import that the file has already. */
function withOwnImport({ text, language, unit }: Sample, rewritten: string): string | undefined {
  const found = imports[language]?.exec(text);
  // What a file begins with may stand for the whole of it.
  if (!found || found.index > unit.span.start || rewritten.length * 2 >= text.length) return undefined;
  return fenced(`${found[0].trim()}\n\n${rewritten}`, language);
}

/** The function is not there yet, and is to be put in at its line. */
function generateCases(
  sample: Sample,
  rewritten: string,
  spoils: Readonly<Record<string, string | undefined>>,
): Case[] {
  const { text, unit, language } = sample;
  const start = text.lastIndexOf('\n', Math.min(unit.doc?.start ?? unit.span.start, unit.span.start) - 1) + 1;
  const end = text.indexOf('\n', unit.span.end) + 1 || text.length;
  const asked = { task: 'generate' as Task, ...askedOf(sample, spliced(text, start, end), start) };
  // Names that only this function has are not known any more.
  const fair = !/\bimport\b/.test(rewritten);
  const kinds = [
    'unbalanced',
    'unknown identifier',
    'other language',
    'code left out',
    'fence cut',
    'prose alone',
    'apology',
  ];
  return [
    ...(fair
      ? [{ kind: 'function', right: true, asked: { ...asked, answer: fenced(rewritten, language) } }]
      : []),
    ...kinds.flatMap((kind) => {
      const answer = spoils[kind];
      return answer === undefined ? [] : [{ kind, right: false, asked: { ...asked, answer } }];
    }),
  ];
}

function indented(piece: string, indent: string): string {
  return piece
    .split('\n')
    .map((line, index) => (index > 0 && line !== '' ? indent + line : line))
    .join('\n');
}

function unfenced(answer: string): string {
  return answer.split('\n').slice(1, -1).join('\n');
}

/** One local variable with another name, everywhere in the function; as it was where there is none to rename. */
async function withRenamedLocal(own: string, { language, unit, text }: Sample, code: Code): Promise<string> {
  const tokens = await code.tokens({ languageId: language, text: own }, never);
  if (!tokens.ok) return own;
  const body = own.slice(Math.max(0, own.length - (unit.span.end - (unit.body?.start ?? unit.span.start))));
  for (const [, name = ''] of body.matchAll(locals[language] ?? /(?!)/g)) {
    const uses = tokens.value.flatMap((token, index) => (token.text === name ? [index] : []));
    const near = (index: number, by: number) => tokens.value[index + by]?.text ?? '';
    const plain = uses.every(
      (index) =>
        !['.', '?.', '::', '{', '->'].includes(near(index, -1)) &&
        ![':', '}'].includes(near(index, 1)) &&
        !(near(index, -1) === ',' && /^[},]$/.test(near(index, 1))) &&
        !(language === 'python' && near(index, 1) === '=' && /^[(,]$/.test(near(index, -1))),
    );
    if (
      !plain ||
      uses.length === 0 ||
      name.length < 2 ||
      name === unit.name ||
      unit.parameters.some((one) => one.name === name)
    )
      continue;
    // What a string or a template holds is no token of its own everywhere.
    if (
      (own.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0) !== uses.length ||
      text.includes(`${name}Now`)
    )
      continue;
    return uses.toReversed().reduce((now, index) => {
      const at = tokens.value[index]?.at ?? 0;
      return spliced(now, at, at + name.length, `${name}Now`);
    }, own);
  }
  return own;
}

function spoiltCode(piece: string, { language, unit }: Sample): Record<string, string | undefined> {
  const mark = /^(?:python|ruby)$/.test(language) ? '#' : '//';
  const lines = piece.split('\n');
  const bodyAt = Math.max(
    1,
    piece.slice(0, piece.length - (unit.span.end - (unit.body?.start ?? unit.span.start))).split('\n').length,
  );
  const middle = Math.max(bodyAt, Math.floor((bodyAt + lines.length) / 2));
  const lead = /^\s*/.exec(lines.slice(bodyAt).find((line) => line.trim() !== '') ?? '    ')?.[0] ?? '    ';
  const call = unknownIn(piece, bodyAt, language);
  const first = unit.parameters[0]?.name;
  const name = new RegExp(`(?<![\\w$.])${unit.name.replace(/\$/g, '\\$')}(?![\\w$])`);
  const isPlain = !/constructor|^__|^\W|^(get|set)$/.test(unit.name);
  const closing = language === 'ruby' ? 'end' : '}';
  const last = language === 'python' ? piece.indexOf('(') : piece.lastIndexOf(closing);
  const cutLength = language === 'python' ? 1 : closing.length;
  const foreign =
    language === 'python'
      ? `function ${unit.name}(a) {\n  return a;\n}`
      : `def ${unit.name}(a):\n    return a`;
  const f = (text: string) => fenced(text, language);
  return {
    'export dropped':
      unit.exported && /^export /.test(piece) && isPlain
        ? f(piece.replace(/^export (default )?/, ''))
        : undefined,
    'other name': isPlain ? f(piece.replace(name, 'computeItAll')) : undefined,
    unbalanced: last === -1 ? undefined : f(spliced(piece, last, last + cutLength)),
    'unknown identifier': call === undefined ? undefined : f(call),
    'other language': fenced(foreign, language === 'python' ? 'javascript' : 'python'),
    'other language, no word for it': `\`\`\`\n${foreign}\n\`\`\``,
    'code left out':
      lines.length < 4
        ? undefined
        : f(
            [
              ...lines.slice(0, middle),
              `${lead}${mark} ... rest of the code`,
              ...(language === 'python' ? [`${lead}pass`] : [closing]),
            ].join('\n'),
          ),
    'fence cut': f(piece).slice(0, -Math.max(8, Math.floor(piece.length * 0.3))),
    'prose alone': `You should give the function ${unit.name} a shorter body and check its input.`,
    apology: "I'm sorry, but I can't help with that.",
    ...(first ? { 'signature changed': withOtherParameter(piece, first, f) } : {}),
  };
}

/** The first parameter gone from the head, its uses left. */
function withOtherParameter(piece: string, first: string, f: (text: string) => string): string | undefined {
  const at = piece.search(new RegExp(`[(,]\\s*(?:\\.{3}|\\*{1,2})?(?:[\\w<>\\[\\]. ]+ )?${first}\\b`));
  if (at === -1) return undefined;
  const from = piece.indexOf(first, at);
  return f(spliced(piece, from, from + first.length, 'somethingElse'));
}

/** A plain variable of the body replaced by one that nobody declared. */
function unknownIn(piece: string, bodyAt: number, language: string): string | undefined {
  // What a whole crate, header or program declares nobody can say from one file.
  if (['rust', 'ruby', 'php', 'cpp', 'csharp'].includes(language)) return undefined;
  const lines = piece.split('\n');
  for (let index = bodyAt; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*(\/\/|#|\*|\/\*|"""|'|>>>|`)/.test(line) || /["'`]/.test(line)) continue;
    const found = /^(\s*(?:return|if \(?)\s*)([a-z]\w*)(?=[\s;).,[]|$)(?!\s*=>)/.exec(line);
    if (
      !found ||
      /^(this|self|true|false|null|new|await|not|nil|typeof|function|super|yield|let|isinstance|undefined)$/.test(
        found[2] ?? '',
      )
    )
      continue;
    lines[index] = spliced(
      line,
      (found[1] ?? '').length,
      (found[1] ?? '').length + (found[2] ?? '').length,
      'preparedInputValue',
    );
    return lines.join('\n');
  }
  return undefined;
}

/** The file without one of its other functions that others may use. */
async function withoutOther(sample: Sample, file: string, code: Code): Promise<string | undefined> {
  const { language, unit } = sample;
  const units = await code.units({ languageId: language, text: file }, never);
  const other = (units.ok ? units.value : []).find(
    (one) =>
      one.exported &&
      one.kind !== 'class' &&
      one.name !== unit.name &&
      one.span.start > unit.span.end &&
      one.span.start !== unit.span.start,
  );
  if (
    !other ||
    (units.ok && units.value.filter((one) => one.name === other.name && one.owner === other.owner).length > 1)
  )
    return undefined;
  const start = Math.min(other.doc?.start ?? other.span.start, other.span.start);
  return fenced(spliced(file, start, other.span.end).trimEnd(), language);
}
