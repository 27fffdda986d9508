import type { CodeUnit } from '../../code/code.ts';
import { escaped } from '../pattern.ts';

/**
 * How a language writes documentation: `block` as in JSDoc and Javadoc, `lines` with a mark before each line,
 * `xml` as lines that hold XML (C#), `docstring` inside the body (Python).
 */
export interface CommentForm {
  readonly kind: 'block' | 'lines' | 'xml' | 'docstring';
  /** Its name in a prompt: "JSDoc comment". */
  readonly name: string;
  /** What each line begins with, for `lines` and `xml`. */
  readonly mark: string;
}

const jsDoc: CommentForm = { kind: 'block', name: 'JSDoc comment', mark: '' };
const tsDoc: CommentForm = { kind: 'block', name: 'TSDoc comment', mark: '' };
const block: CommentForm = { kind: 'block', name: 'documentation comment', mark: '' };
const doxygen: CommentForm = { kind: 'block', name: 'Doxygen comment', mark: '' };
const line = (mark: string, name = 'documentation comment'): CommentForm => ({ kind: 'lines', name, mark });

const forms: Readonly<Record<string, CommentForm>> = {
  javascript: jsDoc,
  javascriptreact: jsDoc,
  typescript: tsDoc,
  typescriptreact: tsDoc,
  java: { kind: 'block', name: 'Javadoc comment', mark: '' },
  python: { kind: 'docstring', name: 'docstring', mark: '' },
  go: line('//', 'Go doc comment'),
  csharp: { kind: 'xml', name: 'XML documentation comment', mark: '///' },
  kotlin: { kind: 'block', name: 'KDoc comment', mark: '' },
  php: { kind: 'block', name: 'PHPDoc comment', mark: '' },
  scala: { kind: 'block', name: 'Scaladoc comment', mark: '' },
  groovy: block,
  c: doxygen,
  cpp: doxygen,
  'objective-c': block,
  dart: line('///'),
  rust: line('///', 'Rust doc comment'),
  swift: line('///', 'Swift doc comment'),
  fsharp: line('///'),
  zig: line('///'),
  ruby: line('#', 'YARD comment'),
  shellscript: line('#'),
  powershell: line('#'),
  perl: line('#'),
  r: line("#'", 'roxygen comment'),
  julia: line('#'),
  elixir: line('#'),
  makefile: line('#'),
  dockerfile: line('#'),
  yaml: line('#'),
  toml: line('#'),
  terraform: line('#'),
  lua: line('---'),
  sql: line('--'),
  haskell: line('--'),
  erlang: line('%%'),
  clojure: line(';;'),
};

/** Undefined for a language whose comments Maia does not know. */
export function commentForm(languageId: string): CommentForm | undefined {
  return forms[languageId];
}

/** What stands in a form for words that the model is to write. */
export const blank = '<...>';

/** The styles that a Python text has sections of. */
export function pythonStyles(text: string): ('google' | 'numpy' | 'rest')[] {
  return [
    ...(/^\s*:(param|returns?|raises)\b.*:/m.test(text) ? (['rest'] as const) : []),
    ...(/^\s*(Parameters|Returns)\s*\n\s*-{4,}\s*$/m.test(text) ? (['numpy'] as const) : []),
    ...(/^\s*(Args|Arguments|Returns):\s*\n\s+\S/m.test(text) ? (['google'] as const) : []),
  ];
}

/** Which of Python's three styles a file uses; Google's where it uses none. */
export function pythonStyle(text: string): 'google' | 'rest' | 'numpy' {
  if (/^\s*:(param|returns?|raises)\b.*:/m.test(text)) return 'rest';
  if (/^\s*Parameters\s*\n\s*-{4,}\s*$/m.test(text)) return 'numpy';
  return 'google';
}

/** Whether a parameter is a pattern (`{ a, b }`, `[a]`) that has no name of its own. */
export function isPattern(parameter: CodeUnit['parameters'][number], unit: CodeUnit, text: string): boolean {
  if (parameter.name.includes(',')) return true;
  const signature = text.slice(unit.signature.start, unit.signature.end);
  const name = escaped(parameter.name);
  return new RegExp(
    `[(,]\\s*(?:\\{[^{}]*(?<![\\w$])${name}(?![\\w$])[^{}]*\\}|\\[[^\\[\\]]*(?<![\\w$])${name}(?![\\w$])[^\\[\\]]*\\])\\s*[:,)=]`,
  ).test(signature);
}

/** The parameters that a comment has to describe; a pattern is called `options`. */
export function parameterNames(unit: CodeUnit, text: string): string[] {
  if (unit.kind === 'class') return [];
  const patterns = unit.parameters.filter((parameter) => isPattern(parameter, unit, text));
  return unit.parameters.map((parameter) => {
    const index = patterns.indexOf(parameter);
    if (index === -1) return parameter.name;
    return patterns.length > 1 ? `options${index + 1}` : 'options';
  });
}

/** An empty form of the comment, with the parameters' own names, for the model to fill. */
export function emptyForm(languageId: string, unit: CodeUnit, fileText: string): string {
  const names = parameterNames(unit, fileText);
  const returns = unit.returnsValue && unit.kind !== 'class';
  if (languageId === 'go') return `// ${unit.name} ${blank}`;
  if (languageId === 'python') return emptyDocstring(names, returns, pythonStyle(fileText));
  if (languageId === 'csharp') {
    return [
      '<summary>',
      blank,
      '</summary>',
      ...names.map((name) => `<param name="${name}">${blank}</param>`),
      ...(returns ? [`<returns>${blank}</returns>`] : []),
    ]
      .map((text) => `/// ${text}`)
      .join('\n');
  }
  if (languageId === 'rust') return `/// ${blank}`;
  const { param, giveBack } = tagsOf(languageId);
  const tags = [...names.map(param), ...(returns ? [giveBack] : [])];
  if (languageId === 'ruby')
    return [blank, ...(tags.length > 0 ? ['', ...tags] : [])].map((text) => `# ${text}`.trimEnd()).join('\n');
  return [
    '/**',
    ` * ${blank}`,
    ...(tags.length > 0 ? [' *', ...tags.map((tag) => ` * ${tag}`)] : []),
    ' */',
  ].join('\n');
}

/** How a language's tags name a parameter and what is given back. */
function tagsOf(languageId: string): { readonly param: (name: string) => string; readonly giveBack: string } {
  switch (languageId) {
    case 'java':
    case 'c':
    case 'cpp':
      return { param: (name) => `@param ${name} ${blank}`, giveBack: `@return ${blank}` };
    case 'php':
      return { param: (name) => `@param <type> $${name} ${blank}`, giveBack: `@return <type> ${blank}` };
    case 'ruby':
      return { param: (name) => `@param ${name} [<type>] ${blank}`, giveBack: `@return [<type>] ${blank}` };
    default: {
      const type = languageId.startsWith('javascript') ? '{<type>} ' : '';
      return { param: (name) => `@param ${type}${name} - ${blank}`, giveBack: `@returns ${type}${blank}` };
    }
  }
}

function emptyDocstring(
  names: readonly string[],
  returns: boolean,
  style: 'google' | 'rest' | 'numpy',
): string {
  if (names.length === 0 && !returns) return `"""${blank}"""`;
  const lines = [`"""${blank}`];
  if (style === 'rest') {
    lines.push(
      '',
      ...names.map((name) => `:param ${name}: ${blank}`),
      ...(returns ? [`:returns: ${blank}`] : []),
    );
  } else if (style === 'numpy') {
    if (names.length > 0)
      lines.push('', 'Parameters', '----------', ...names.flatMap((name) => [name, `    ${blank}`]));
    if (returns) lines.push('', 'Returns', '-------', blank);
  } else {
    if (names.length > 0) lines.push('', 'Args:', ...names.map((name) => `    ${name}: ${blank}`));
    if (returns) lines.push('', 'Returns:', `    ${blank}`);
  }
  return [...lines, '"""'].join('\n');
}
