import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Code } from '../src/code/code.ts';
import { type Case, fenced, lineOf, spliced } from './case.ts';
import type { Sample } from './functions.ts';
import type { Corpus } from './packages.ts';

const never = new AbortController().signal;

/** In how many files of a corpus each word stands. */
const wordCounts = new Map<string, ReadonlyMap<string, number>>();

/** Explanations, reviews and documents about a function, made of its author's own words; and the same spoilt. */
export async function textCases(sample: Sample, code: Code, corpus: Corpus): Promise<Case[]> {
  const { unit, language, doc } = sample;
  const { text: file, start, end } = withoutDoc(sample);
  const bare = file.slice(start, end);
  const called = await calledIn(bare, language, code, unit.name);
  const words = wordsOf(doc, language);
  const counts = wordCounts.get(corpus.root) ?? countWords(corpus);
  wordCounts.set(corpus.root, counts);
  // What stands in another file alone nobody knows who was given this one.
  if (words.length < 20 || speaksOfOthers(words, file, sample.text, counts)) return [];
  const foreign = foreignName(file, counts, unit.name.length + start);
  const first = lineOf(file, start);
  const quoted = quotable(bare);
  const asked = { language, path: sample.path, file, line: first, project: sample.root };
  const cases: Case[] = [];
  const add = (
    right: boolean,
    task: 'explain' | 'review' | 'prose',
    kind: string,
    answer: string,
    question?: string,
  ) =>
    void cases.push({
      kind,
      right,
      onlyShown: true,
      asked: { task, ...asked, answer, ...(question ? { question } : {}) },
    });

  const parameters = unit.parameters.map(({ name }) => `\`${name}\``);
  const takes = parameters.length > 0 ? `It takes ${listed(parameters)}.` : 'It takes no parameters.';
  const calls =
    called.length > 0 ? ` It calls ${listed(called.slice(0, 4).map((name) => `\`${name}()\``))}.` : '';
  const at = quoted ? ` What matters most is line ${first + quoted.line}: \`${quoted.text}\`.` : '';
  const explanation = `\`${unit.name}\` does this:\n\n${words}\n\n${takes}${calls}${at}`;
  add(
    true,
    'explain',
    "author's own words",
    words.includes(unit.name) ? words : `\`${unit.name}\`: ${words}`,
  );
  add(true, 'explain', 'names, calls and a line', explanation);
  add(true, 'explain', 'with a code block', `${explanation}\n\n${fenced(bare, language)}`);
  add(
    true,
    'review',
    'a suggestion with a new name',
    `1. \`${unit.name}\` does too much at once. Extract the check into a helper \`validateInputFirst\`, so that it can be tested.\n\n${takes} ${words}`,
  );
  add(
    true,
    'explain',
    'beside other libraries',
    `${explanation}\n\nIt is similar to \`Array.prototype.map\` or \`functools.reduce\`, and nothing like \`${foreign ?? 'runForever'}\`.`,
  );

  if (foreign) {
    add(
      false,
      'explain',
      'calls what is not there',
      `${explanation} Then it hands the result to \`${foreign}()\`.`,
    );
    add(
      false,
      'explain',
      'rests on what is not there',
      `${words}\n\n${takes} The work itself is done in \`${foreign}\`, which \`${unit.name}\` calls.`,
    );
    add(
      false,
      'review',
      'a fault in what is not there',
      `- \`${foreign}\` is called twice in \`${unit.name}\`, which costs time.\n\n${takes}`,
    );
    const added = withCall(bare, language, foreign);
    if (added)
      add(
        false,
        'explain',
        'quotes the code with a call that is not there',
        `${explanation}\n\n${fenced(added, language)}`,
      );
    const name = called.find((one) => one.length > 3) ?? unit.name;
    add(
      false,
      'explain',
      'another name throughout',
      explanation.replaceAll(new RegExp(`\\b${escaped(name)}\\b`, 'g'), foreign),
    );
  }
  add(
    false,
    'explain',
    'invented parameter',
    `${explanation}\n\nThe \`verbosity\` parameter says how much is logged.`,
  );
  add(
    false,
    'explain',
    'invented parameter in a list',
    `\`${unit.name}\`: ${words}\n\nParameters:\n\n${[...parameters, '`retryPolicy`'].map((name) => `- ${name}: what it works with`).join('\n')}`,
  );
  const lines = bare.split('\n').length;
  add(
    false,
    'explain',
    'a line that is not there',
    `${explanation}\n\nThe result is returned on line ${first + lines + 40}.`,
  );
  if (quoted) {
    const wrong = quoted.line > lines / 2 ? first : first + lines - 1;
    if (Math.abs(wrong - first - quoted.line) > 2)
      add(
        false,
        'explain',
        'another line than it says',
        `${words}\n\n${takes} See line ${wrong}: \`${quoted.text}\`.`,
      );
  }
  for (const [kind, answer] of Object.entries(useless(sample, explanation)))
    add(false, 'explain', kind, answer);

  const sections = ['Overview', 'Installation', 'Usage', 'Parameters', 'Troubleshooting'];
  const question = `Write a README for this module with sections ${listed(sections)}.`;
  const readme = (left: readonly string[]) =>
    [
      `# ${unit.name}`,
      ...left.map((name) => `## ${name}\n\n${sectionText(name, words, unit.name, parameters, language)}`),
    ].join('\n\n');
  const whole = readme(sections);
  add(true, 'prose', 'every section', whole, question);
  add(
    true,
    'prose',
    'other forms of the words',
    whole.replace('## Installation', '## Installing').replace('## Usage', '## Usage examples'),
    question,
  );
  const numbered = `Write a guide with these sections:\n1. Overview\n2. Usage\n3. Troubleshooting`;
  add(true, 'prose', 'numbered sections', readme(['Overview', 'Usage', 'Troubleshooting']), numbered);
  for (const gone of ['Installation', 'Troubleshooting'])
    add(false, 'prose', 'a section left out', readme(sections.filter((name) => name !== gone)), question);
  add(false, 'prose', 'a numbered section left out', readme(['Overview', 'Usage']), numbered);
  add(false, 'prose', 'cut in a block', whole.slice(0, whole.lastIndexOf('```') - 2), question);
  add(
    false,
    'prose',
    'cut behind a heading',
    whole.slice(0, whole.indexOf('## Troubleshooting') + 18),
    question,
  );
  add(
    false,
    'prose',
    'a place left to fill',
    whole.replace('## Usage\n\n', '## Usage\n\n[Insert your usage example here]\n\n'),
    question,
  );
  add(
    false,
    'prose',
    'refusal',
    "I'm sorry, but as an AI language model I cannot write a README for your module.",
    question,
  );
  return cases;
}

function useless(sample: Sample, explanation: string): Record<string, string> {
  const { unit, language, text } = sample;
  const german = `Die Funktion \`${unit.name}\` prüft zuerst, ob die Werte gültig sind, und gibt dann das Ergebnis zurück. Wenn etwas nicht stimmt, wird ein Fehler ausgelöst, der von der aufrufenden Stelle behandelt werden muss.`;
  const french = `La fonction \`${unit.name}\` vérifie que les valeurs sont valides et renvoie le résultat. Si une valeur est absente, une erreur est levée par la fonction, et elle doit être traitée dans le code qui appelle.`;
  const chinese = `函数 \`${unit.name}\` 首先检查输入的值是否有效，然后返回计算的结果。如果输入无效，它会抛出一个错误，由调用者处理。`;
  return {
    'a refusal': "I'm sorry, but I can't help with explaining this code.",
    'a refusal in other words':
      'I cannot provide an explanation of this code, as it may be subject to copyright.',
    'asks for the code':
      'Could you please provide the code you would like me to explain? I will then be happy to help.',
    'a loop': `${explanation}\n\n${`This is used by the function to get the value. `.repeat(30)}`,
    'a loop of lines': `${unit.name}\n\n${'- It returns the value of the parameter that was given.\n'.repeat(20)}`,
    'the same sentence again and again': Array.from(
      { length: 5 },
      (_, nth) =>
        `The function \`${unit.name}\` is designed to be used in a way that is not possible in a normal function.${nth % 2 ? ` This is because the function is called ${nth + 2} times.` : ''}`,
    ).join('\n\n'),
    'taken for another language': `This is a ${language === 'python' ? 'Java' : 'Python'} function that does its work step by step. ${explanation}`,
    'in German': german,
    'in French': french,
    'in Chinese': chinese,
    'cut in a block':
      `${explanation}\n\n${fenced(text.slice(unit.span.start, unit.span.end), language)}`.slice(0, -6),
    'the question again': `Explain this code. First say in one sentence what the code does. Then explain how it works, step by step, in the order of the code.`,
    'the instructions':
      'First say in one sentence what the code does. Then explain how it works, step by step, in the order of the code. Then name pitfalls, if there are any.',
    'its own format': `<|im_start|>assistant\n${explanation}<|im_end|>`,
    nothing: '\n\n',
  };
}

function sectionText(
  name: string,
  words: string,
  unit: string,
  parameters: readonly string[],
  language: string,
): string {
  if (name === 'Overview') return words;
  if (name === 'Installation') return fenced('npm install the-package --save', '');
  if (name === 'Parameters') return parameters.map((one) => `- ${one}`).join('\n') || 'There are none.';
  if (name === 'Usage') return fenced(`${unit}(<name>)`, language);
  return `If \`${unit}\` fails, look at what it was given.\n\n${fenced('run --verbose <file>', '')}`;
}

/** The function's own lines without the author's comment, and where it begins then. */
function withoutDoc({ text, unit, language }: Sample): { text: string; start: number; end: number } {
  const doc = unit.doc ?? unit.span;
  const from = text.lastIndexOf('\n', doc.start - 1) + 1;
  const lineEnd = text.indexOf('\n', doc.end);
  const end = lineEnd === -1 ? text.length : lineEnd + 1;
  const cut = end - from;
  return {
    text: spliced(text, from, end),
    start: language === 'python' ? unit.span.start : unit.span.start - cut,
    end: unit.span.end - cut,
  };
}

async function calledIn(bare: string, language: string, code: Code, own: string): Promise<string[]> {
  const found = await code.calledNames({ languageId: language, text: bare }, never);
  return found.ok
    ? [...new Set(found.value)].filter((name) => name !== own && /^[A-Za-z_]\w+$/.test(name))
    : [];
}

/** A name that one or two other files have, of more than one word, and that this one has nowhere. */
function foreignName(file: string, counts: ReadonlyMap<string, number>, turn: number): string | undefined {
  const plain = file.toLowerCase().replace(/[_$]/g, '');
  const names = [...counts].flatMap(([name, count]) =>
    count <= 2 && name.length > 6 && isCompound(name) && !plain.includes(name.toLowerCase().replace(/_/g, ''))
      ? [name]
      : [],
  );
  return names[turn % Math.max(1, names.length)];
}

function isCompound(name: string): boolean {
  return /^[a-z]/.test(name) && /[a-z\d][A-Z][a-z]|[a-z\d]_[a-z]/.test(name);
}

function countWords({ root, files }: Corpus): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of files)
    for (const word of new Set(readFileSync(join(root, path), 'utf8').match(/[A-Za-z_]\w+/g) ?? []))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function speaksOfOthers(
  words: string,
  file: string,
  withDoc: string,
  counts: ReadonlyMap<string, number>,
): boolean {
  const own = new Set(file.match(/[A-Za-z_]\w+/g) ?? []);
  const told = new Set(withDoc.match(/[A-Za-z_]\w+/g) ?? []);
  const others = (word: string) => (counts.get(word) ?? 0) - (told.has(word) ? 1 : 0);
  return [...words.matchAll(/`([^`\n]+)`/g)].some(({ 1: text = '' }) =>
    (text.match(/[A-Za-z_]\w+/g) ?? []).some((word) => word.length > 3 && !own.has(word) && others(word) > 0),
  );
}

/** The code with one more call in its middle, where there is a line that one can follow. */
function withCall(bare: string, language: string, name: string): string | undefined {
  const lines = bare.split('\n');
  if (lines.filter((line) => line.replace(/\s+/g, '').length >= 10).length < 6) return undefined;
  const ends =
    language === 'python' || language === 'go'
      ? /^\s+[\w.]+ (?::?=) [\w.]+(?:\([^()]*\))?$/
      : /^\s+[^*/].*;$/;
  const at = lines.findIndex((line, index) => index > 0 && ends.test(line));
  if (at === -1) return undefined;
  const indent = /^\s*/.exec(lines[at] ?? '')?.[0] ?? '';
  const call = `${indent}${name}()${language === 'python' || language === 'go' ? '' : ';'}`;
  return lines.toSpliced(at + 1, 0, call).join('\n');
}

/** A line of the code that stands in it once; its place is 0-based. */
function quotable(bare: string): { text: string; line: number } | undefined {
  const lines = bare.split('\n').map((line) => line.trim());
  const line = lines.findIndex(
    (one, index) =>
      index > 0 &&
      one.length > 12 &&
      one.length < 70 &&
      !/[`"*#]|\/\//.test(one) &&
      bare.split(one).length === 2,
  );
  return line === -1 ? undefined : { text: lines[line] ?? '', line };
}

/** What a comment says, as Markdown: without its marks, its tags as a list, its code set as code. */
function wordsOf(doc: string, language: string): string {
  let inExample = false;
  const lines = doc
    .replace(/^\s*(?:[rRuU]?"""|\/\*\*)|(?:"""|\*\/)\s*$/g, '')
    .split('\n')
    .map((line) =>
      language === 'python' ? line.replace(/^ {4}/, '') : line.replace(/^\s*(?:\/\/[/!]?|\*) ?/, ''),
    );
  const kept: string[] = [];
  for (const line of lines) {
    if (
      /^@(?:example|static|memberOf|since|category|see|private|deprecated|author|version|internal)\b/.test(
        line.trim(),
      )
    ) {
      inExample = line.trim().startsWith('@example');
      continue;
    }
    if (/^@\w/.test(line.trim())) inExample = false;
    if (inExample || /^\s*(?:>>>|\.\.\.? |-{3,}|={3,}|:[a-z]+:`?)/.test(line)) continue;
    kept.push(
      line
        .replace(/^@(?:param|template|typeParam)\s+(?:\{[^\n]*?\}\s+)?\[?([\w$.]+)[^\]\s]*\]?/, '- `$1`')
        .replace(/^@returns?\s+(?:\{[^\n]*?\}\s*)?/, 'Returns ')
        .replace(/^@(?:throws|exception)\s+\{?([\w.]+)\}?/, 'Throws `$1`')
        .replace(/\{@(?:code|literal)\s+([^}]*)\}/g, '`$1`')
        .replace(/\{@link(?:plain)?\s+([^}\s|]*)[^}]*\}/g, '`$1`')
        .replace(/``([^`]+)``/g, '`$1`')
        .replace(/<\/?(?:code|tt)>/g, '`')
        .replace(/<\/?(?:p|ul|li|em|i|b|pre|br|ol|strong)\s*\/?>/g, ''),
    );
  }
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
