import type { CodeSpan } from './answerParts.ts';

/** A name that an answer sets in code. */
export interface SpanName {
  readonly name: string;
  /** What it is a member of: `cache` in `this.cache.get()` for `get`. */
  readonly owner?: string;
  /** The first of its chain. */
  readonly head: string;
  readonly called: boolean;
  /** Set as code by itself, not in the middle of an expression. */
  readonly alone: boolean;
}

const chain =
  /^(?:(?:new|async|await|function|def|class|func|fn|struct|enum|interface|type|typeof|return|throw|raise|static|public|private|protected)\s+|[@$&*:])*((?:[\p{L}_$][\p{L}\p{N}_$]*[!?]?)(?:(?:\?\.|\.|::|->|#)[\p{L}_$][\p{L}\p{N}_$]*[!?]?)*)\s*(\([^()]*(?:\([^()]*\)[^()]*)*\))?[;,]?$/u;
const fileName =
  /\.(?:[cm]?[jt]sx?|py|go|rs|rb|php|java|kt|cs|c|cc|cpp|h|hpp|json|ya?ml|toml|md|txt|html?|css|scss|sql|sh|lock|log|env|xml|csv|ini|cfg|conf|exe|dll|so|png|svg|jpg|vue|svelte|gradle|ipynb)$/i;

/** The names of a span; none where it is a path, a flag, a value, a pattern or a piece of markup. */
export function namesOf({ text }: CodeSpan): readonly SpanName[] {
  if (text.length > 200 || /[<>]\s*\/?\s*\w+\s*>|\.\.\.|…|^[-./~"'\d[#%{]|:\/\/|^\w+:\s|\\/.test(text))
    return [];
  if (/\w\*|\*\w+\*?$/.test(text) || fileName.test(text) || /^[A-Z][\w-]*-[A-Z]/.test(text)) return [];
  const whole = chain.exec(text);
  if (whole) {
    const parts = (whole[1] ?? '').split(/\?\.|\.|::|->|#/);
    const called = whole[2] !== undefined;
    const [head = ''] = parts;
    return parts.map((name, index) => ({
      name,
      head,
      ...(index > 0 ? { owner: parts[index - 1] } : {}),
      called: called && index === parts.length - 1,
      alone: true,
    }));
  }
  const code = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  const names: SpanName[] = [];
  for (const found of code.matchAll(/(?<![\p{L}\p{N}_$.:>])([\p{L}_$][\p{L}\p{N}_$]*)\s*\(/gu)) {
    const name = found[1] ?? '';
    if (!/^(?:if|for|while|switch|catch|return|function|match|with|and|or|not|in)$/.test(name))
      names.push({ name, head: name, called: true, alone: false });
  }
  return names;
}

/** Whether a name is made of more than one word, and so no word of the text around it. */
export function isCompound(name: string): boolean {
  return name.length > 3 && (/[\p{L}\p{N}]_+[\p{L}\p{N}]/u.test(name) || /[\p{Ll}\p{N}]\p{Lu}/u.test(name));
}
