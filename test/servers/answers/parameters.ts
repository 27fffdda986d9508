import type { Language } from './language.ts';

export interface Parameter {
  readonly name: string;
  /** As written; empty where there is none. */
  readonly type: string;
}

/** Cuts at a separator that is not inside brackets or quotes. */
function splitTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const [at, char] of [...text].entries()) {
    if (quote) quote = char === quote ? '' : quote;
    // Of Rust, `'a` is a lifetime.
    else if ('"`'.includes(char) || (char === "'" && !/^'\w+[ ,>]/.test(text.slice(at)))) quote = char;
    else if ('([{<'.includes(char)) depth += 1;
    else if (')]}>'.includes(char)) depth -= 1;
    if (char === separator && depth === 0 && !quote) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  if (part.trim()) parts.push(part);
  return parts.map((each) => each.trim()).filter(Boolean);
}

function named(name = '', type = ''): Parameter[] {
  return name === '' ? [] : [{ name, type: type.trim() }];
}

function script(part: string): Parameter[] {
  const clean = part.replace(/^(?:(?:public|private|protected|readonly)\s+)+/, '').replace(/^\.\.\./, '');
  const destructured = /^[{[]([^}\]]*)[}\]]/.exec(clean);
  if (destructured)
    return splitTop(destructured[1]!, ',').map((each) => ({
      name: /^(?:\.\.\.)?([\w$]+)/.exec(each.split(':').at(-1)!.trim())?.[1] ?? each,
      type: '',
    }));
  const [, name, type] = /^([\w$]+)\??\s*(?::\s*([^=]+))?/.exec(clean) ?? [];
  return name === 'this' ? [] : named(name, type);
}

function typeFirst(part: string): Parameter[] {
  const [, type, name] = /^(.*?)\s*(\w+)\s*(?:=.*)?$/.exec(part.replace(/@\w+\s+/g, '')) ?? [];
  return named(name, type);
}

/** One parameter as each language writes it; none where it is the object itself or has no name. */
const readers: Readonly<Record<Language, (part: string) => Parameter[]>> = {
  typescript: script,
  other: script,
  java: typeFirst,
  csharp: typeFirst,
  cpp: (part) => {
    if (part === 'void' || part === '...') return [];
    const [, type, name] = /^(.*[\s&*>])(\w+)\s*(?:\[\w*\])?\s*(?:=.*)?$/.exec(part) ?? [];
    return named(name, type);
  },
  python: (part) => {
    const [, name, type] = /^\*{0,2}(\w+)\s*(?::\s*([^=]+))?/.exec(part) ?? [];
    return name === 'self' || name === 'cls' ? [] : named(name, type);
  },
  go: (part) => {
    const [, name, type] = /^(\w+)\s*(.*)$/.exec(part) ?? [];
    return name === '_' ? [] : named(name, type);
  },
  rust: (part) => {
    const [, name, type] = /^(?:mut\s+)?(\w+)\s*:\s*(.*)$/s.exec(part.replace(/^#\[[^\]]*\]\s*/, '')) ?? [];
    return name === 'self' || name === '_' ? [] : named(name, type);
  },
  ruby: (part) => named(/^(?:\*{1,2}|&)?([a-z_]\w*)/.exec(part)?.[1]),
  php: (part) => {
    const [, type, name] = /^(?:#\[[^\]]*\]\s*)?([^$=]*?)\s*&?(?:\.\.\.)?\$(\w+)/.exec(part) ?? [];
    return named(name, type?.replace(/\b(?:public|private|protected|readonly)\s+/g, ''));
  },
};

/** The parameters of a list as written between its parentheses. */
export function parametersOf(list: string, language: Language): Parameter[] {
  const plain = list.replace(language === 'ruby' ? /#[^\n]*/g : /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
  return splitTop(plain, ',').flatMap(readers[language]);
}

/** The keyword that a Ruby argument is given with: `base: 2` for `base:`. */
export function keywordOf(name: string, head: string): string {
  return new RegExp(`[(,\\s]${name}:`).test(head) ? `${name}: ` : '';
}
