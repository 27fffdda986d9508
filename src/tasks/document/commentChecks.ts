import type { CodeUnit } from '../../code/code.ts';
import type { Finding } from '../../vocabulary/verdict.ts';
import { escaped } from '../pattern.ts';
import { blank, isPattern } from './commentForm.ts';
import { leftoverFault, returnFault, styleFault, throwFault } from './commentWords.ts';

/** What a comment's own words get wrong about the function; empty where nothing is. */
export function commentFaults(
  lines: readonly string[],
  languageId: string,
  unit: CodeUnit,
  text: string,
): Finding[] {
  const empty = lines.every((line) => line.replace(/<\/?\w[^>:]*>|@\w+/g, '').trim() === '');
  if (empty) return [{ code: 'emptyAnswer', params: {} }];
  const placeholder = placeholderIn(lines);
  if (placeholder) return [{ code: 'placeholder', params: { text: placeholder } }];
  const leftover = leftoverFault(lines);
  if (leftover) return [leftover];
  if (languageId === 'go') {
    const named = new RegExp(`^(A |An |The )?${unit.name}\\b|^Deprecated:`).test(lines[0] ?? '');
    return named ? [] : [{ code: 'notAComment', params: {} }];
  }
  if (languageId === 'rust' && !lines.some(isArguments)) return [];
  const others = [returnFault(lines, languageId, unit), throwFault(lines, unit, text)];
  return [
    ...parameterFaults(documentedNames(lines, languageId), unit, text),
    ...others.filter((finding) => finding !== undefined),
    ...styleFault(lines, languageId, unit, text),
  ];
}

const placeholders = [
  /\b(TODO|FIXME|TBD|XXX)\b/,
  /lorem ipsum/i,
  /(<|\[|\{\{)\s*(your |add |insert |type |the |a |short |brief )*(description|explanation|text|what|type)( [\w .]*)?(>|\](?!\()|\}\})/i,
  /\b(your|insert|add)( \w+)? (description|comment|explanation) here\b/i,
  /^\s*(description|summary)( goes here| of the (function|method|parameter))?\.?\s*$/i,
  /(@param\s+(\{[^}]*\}\s*)?\S+|:param \S+:|@returns?(\s+\{[^}]*\})?|:returns?:)\s*-?\s*(\.\.\.)?$/,
];

function placeholderIn(lines: readonly string[]): string | undefined {
  for (const [index, line] of lines.entries()) {
    if (line.includes(blank)) return blank;
    const found = placeholders.map((pattern) => pattern.exec(line)?.[0]).find((text) => text !== undefined);
    if (found === undefined) continue;
    const goesOn = /^\s*[@:]/.test(found) && /^\s*[^\s@:*]/.test(lines[index + 1] ?? '');
    if (!goesOn) return found.trim();
  }
  return undefined;
}

/** The parameters that a comment describes, without sigils and types; `a.b` counts as `a`. */
export function documentedNames(lines: readonly string[], languageId: string): string[] {
  if (languageId === 'python') return docstringNames(lines);
  if (languageId === 'csharp') {
    return lines.flatMap((line) =>
      [...line.matchAll(/<param\s+name\s*=\s*["']([^"']*)["']/g)].map((one) => one[1] ?? ''),
    );
  }
  if (languageId === 'rust') return rustNames(lines);
  const pattern = paramTags[languageId] ?? usualParamTag;
  return lines.flatMap((line) => {
    const name = pattern.exec(line)?.[1];
    return name && !name.startsWith('<') ? [name] : [];
  });
}

const usualParamTag =
  /^\s*@(?:param|arg|argument)\s+(?:\{(?:[^{}]|\{[^{}]*\})*\}\s*)?(?:\[\s*)?(?:\.\.\.)?(<?[\w$]+>?)/;
const doxygenTag = /^\s*[@\\]param(?:\s*\[[^\]]*\])?\s+(\w+)/;
const paramTags: Readonly<Record<string, RegExp>> = {
  php: /^\s*@param\s+(?:[^$]*?\s)?(?:&|\.\.\.)*\$(\w+)/,
  ruby: /^\s*@param\s+(?:\[[^\]]*\]\s*)?\*{0,2}&?([a-z_]\w*)/,
  c: doxygenTag,
  cpp: doxygenTag,
};

/** Rust names parameters only where a section is there for them. */
function rustNames(lines: readonly string[]): string[] {
  const start = lines.findIndex(isArguments);
  if (start === -1) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\s*#/.test(line));
  return (end === -1 ? rest : rest.slice(0, end)).flatMap((line) => {
    const name = /^\s*[-*]\s+`?(\w+)`?/.exec(line)?.[1];
    return name === undefined ? [] : [name];
  });
}

function isArguments(line: string): boolean {
  return /^\s*#+\s+(Arguments|Parameters)\s*$/i.test(line);
}

function docstringNames(lines: readonly string[]): string[] {
  const names: string[] = [];
  let section: 'google' | 'numpy' | undefined;
  let indent: number | undefined;
  for (const [index, line] of lines.entries()) {
    const rest = /^\s*:(?:param|parameter|arg|argument|key|keyword)\s+(?:[^:]*\s)?\*{0,2}(\w+)\s*:/.exec(
      line,
    );
    if (rest) names.push(rest[1] ?? '');
    if (/^-{3,}\s*$/.test(line)) {
      section = /^(Other )?Parameters\s*$/.test(lines[index - 1] ?? '') ? 'numpy' : undefined;
      continue;
    }
    const heading = /^(\s*)(Args|Arguments|Parameters|Params|Keyword Args|Keyword Arguments)\s*:\s*$/.exec(
      line,
    );
    if (heading) {
      section = 'google';
      indent = undefined;
      continue;
    }
    if (line.trim() === '') continue;
    const depth = line.length - line.trimStart().length;
    if (section === 'google') {
      indent ??= depth;
      if (depth < indent) section = undefined;
      else if (depth === indent) {
        const found = /^\s*(?:[-*] )?[`*]{0,2}(\w+)`?\s*(?:\([^)]*\)|\[[^\]]*\])?\s*(?::|--? )/.exec(line);
        if (found && indent > 0) names.push(found[1] ?? '');
        else if (indent === 0) section = undefined;
      }
    } else if (section === 'numpy' && depth === 0) {
      if (/^-{3,}\s*$/.test(lines[index + 1] ?? '')) section = undefined;
      else
        names.push(
          ...line
            .split(':')[0]!
            .split(',')
            .map((name) => name.trim().replace(/^\*+/, '')),
        );
    }
  }
  return names;
}

/** Names that do not exist and names that are missing; a destructured parameter may be called anything, once. */
function parameterFaults(documented: readonly string[], unit: CodeUnit, text: string): Finding[] {
  if (unit.kind === 'class') return [];
  const patterns = unit.parameters.filter((one) => isPattern(one, unit, text));
  const plain = new Set(unit.parameters.filter((one) => !patterns.includes(one)).map((one) => one.name));
  const bound = patterns.map((one) => one.name.split(/\s*,\s*/));
  const boundNames = new Set(bound.flat());
  const free = [...new Set(documented)].filter((name) => !plain.has(name) && !boundNames.has(name));
  const signature = text.slice(unit.signature.start, unit.signature.end);
  // Ruby's block may be described, with `@yield` or by its name.
  const isBlock = (name: string) => new RegExp(`&${escaped(name)}\\b`).test(signature);
  const unknown = free.slice(bound.length).filter((name) => !isBlock(name));
  const missing = [...plain].filter((name) => !documented.includes(name));
  const missingBound = bound.filter(
    (names, index) => !free[index] && !names.some((name) => documented.includes(name)),
  );
  return [
    ...unknown.map((name): Finding => ({ code: 'paramUnknown', params: { name } })),
    ...missing.map((name): Finding => ({ code: 'paramMissing', params: { name } })),
    ...missingBound.map((names): Finding => ({ code: 'paramMissing', params: { name: names.join(', ') } })),
  ];
}
