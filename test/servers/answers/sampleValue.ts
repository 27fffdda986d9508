import type { Callable } from './callable.ts';
import { keywordOf, type Parameter } from './parameters.ts';

/** What a parameter without a type must be, from what the code does with it. */
function typeByUse(name: string, code: string): string {
  const used = (members: string) => new RegExp(`\\b${name}\\??\\.(?:${members})\\b`).test(code);
  if (used('reduce|map|filter|forEach|flatMap|some|every|push|sort|each|join|append')) return 'number[]';
  if (
    new RegExp(`(?:\\bof|\\bin|\\.\\.\\.)\\s*${name}\\b|\\b(?:sum|len|max|min|sorted)\\(${name}\\b`).test(
      code,
    )
  )
    return 'number[]';
  if (
    used(
      'split|trim|downcase|upcase|gsub|toLowerCase|toUpperCase|replace|replaceAll|startsWith|charAt|padStart|lower|upper|strip',
    )
  )
    return 'string';
  if (used('getTime|getDate|getFullYear|toISOString')) return 'date';
  return '';
}

/** Values of languages whose own forms differ; undefined leaves it to the name. */
const written: Partial<Record<Callable['language'], (type: string, hint: string) => string | undefined>> = {
  rust: (type) => {
    const reference = /^&(?:'\w+\s+)?(?:mut\s+)?/.exec(type)?.[0] ?? '';
    const bare = type.slice(reference.length).trim();
    if (bare === 'str' || /^impl (?:AsRef<str>|Into<String>)/.test(bare)) return '"12"';
    const lent = reference.includes('mut') ? '&mut ' : reference && '&';
    if (bare === 'String') return `${lent}"12".to_string()`;
    if (/^\[/.test(bare)) return `${lent}[${rustItems(bare.slice(1))}]`;
    if (/^Vec</.test(bare)) return `${lent}vec![${rustItems(bare.slice(4))}]`;
    if (/^Option</.test(bare)) return `${lent}None`;
    if (bare === 'bool') return `${lent}true`;
    if (bare === 'char') return `${lent}'a'`;
    if (/^f(?:32|64)$/.test(bare)) return `${lent}12.0`;
    return /^[iu](?:8|16|32|64|128|size)$/.test(bare) ? `${lent}12` : `${lent}Default::default()`;
  },
  cpp: (type) => {
    if (/\b(?:vector|span|array|set|list|map)\s*</.test(type))
      return /string/.test(type) ? '{"a", "b"}' : '{1, 2, 3}';
    if (/string|\bchar\s*(?:const\s*)?\*/.test(type)) return '"12"';
    if (/\bchar\b/.test(type)) return "'a'";
    if (/\bbool\b/.test(type)) return 'true';
    return /\b(?:int|long|short|unsigned|size_t|u?int\d+_t|double|float|auto|[A-Z])\b/.test(type)
      ? '12'
      : '{}';
  },
  php: (type) => {
    if (/\bstring\b/.test(type)) return "'12'";
    if (/\b(?:array|iterable)\b/.test(type)) return '[1, 2, 3]';
    if (/\bfloat\b/.test(type)) return '12.0';
    if (/^\?|\bnull\b/.test(type)) return 'null';
    return /^[A-Z\\]/.test(type) ? `new ${type}()` : undefined;
  },
};

function rustItems(type: string): string {
  if (/^&(?:'\w+\s+)?str\b/.test(type)) return '"a", "b"';
  if (/^String\b/.test(type)) return '"a".to_string(), "b".to_string()';
  if (/^f(?:32|64)\b/.test(type)) return '1.0, 2.0, 3.0';
  return /^(?:[iu](?:8|16|32|64|128|size)|T)\b/.test(type) ? '1, 2, 3' : '';
}

/** A call's arguments, one for each parameter, with the keywords that Ruby wants. */
export function samples(callable: Callable): string {
  const { parameters, head, language } = callable;
  return parameters
    .map((parameter) => {
      const value = sample(parameter, callable);
      return language === 'ruby' ? keywordOf(parameter.name, head) + value : value;
    })
    .join(', ');
}

/** A value to call with, by the parameter's type as written, else by its name. */
export function sample(parameter: Parameter, callable: Callable): string {
  const type = (parameter.type || typeByUse(parameter.name, callable.code)).toLowerCase();
  if (type === 'date' && callable.language === 'typescript') return 'new Date(0)';
  const hint = `${type} ${parameter.name.toLowerCase()}`;
  const { language } = callable;
  const own = written[language]?.(parameter.type, hint);
  if (own !== undefined) return own;
  if (/\[\]|list|array|slice|iterable|sequence|\.\.\./.test(type)) {
    if (language === 'go') return `${parameter.type.replace('...', '[]')}{}`;
    if (language === 'java') return 'java.util.List.of()';
    if (language === 'csharp') return '[]';
    if (/string|str\b/.test(type)) return "['a', 'b']";
    return /number|int|float/.test(type) ? '[1, 2, 3]' : '[]';
  }
  if (/bool/.test(type)) return language === 'python' ? 'True' : 'true';
  if (/\bdecimal\b/.test(type)) return '12m';
  if (/int|number|float|double|long|duration/.test(type)) return '12';
  if (/string|str\b|char/.test(type))
    return language === 'java' || language === 'csharp' || language === 'go' ? '"12"' : "'12'";
  if (/text|name|label|word|price|path|key|url/.test(hint))
    return ['java', 'csharp', 'go'].includes(language) ? '"12"' : "'12'";
  return '12';
}
