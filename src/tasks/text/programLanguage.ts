import type { Finding } from '../../vocabulary/verdict.ts';
import type { TextPlan } from '../plan.ts';

/** Languages as they are written, each with the ids of the files that are in it or much like it. */
const languages: Readonly<Record<string, readonly string[]>> = {
  Python: ['python'],
  JavaScript: ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'vue', 'svelte', 'html'],
  TypeScript: ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'vue', 'svelte', 'html'],
  Java: ['java'],
  Go: ['go'],
  Golang: ['go'],
  Rust: ['rust'],
  Ruby: ['ruby'],
  PHP: ['php'],
  'C#': ['csharp'],
  'C++': ['cpp', 'c', 'cuda-cpp'],
  Kotlin: ['kotlin'],
  Swift: ['swift'],
  Scala: ['scala'],
};
const said =
  /\b(?:[Tt]his|[Tt]he)\b[^.!?\n]{0,60}?\b(?:is|are)\s+(?:an?\s+|written in\s+|part of an?\s+|(?:simple|basic|custom|single)\s+)*(Python|JavaScript|TypeScript|Java|Go|Golang|Rust|Ruby|PHP|C#|C\+\+|Kotlin|Swift|Scala)(?=\s+(?:function|method|class|script|program|code|module|implementation|snippet)\b)/;

/** An explanation that begins by calling the code Python, where it is Go. */
export function programLanguageFault(plan: TextPlan, prose: string): Finding | undefined {
  const ids = plan.given.flatMap(({ languageId }) => (languageId ? [languageId] : []));
  const name = said.exec(prose.slice(0, 600))?.[1];
  if (name === undefined || ids.length === 0) return undefined;
  const fits = languages[name] ?? [];
  // Of a language that is not in the table nobody knows what is much like it.
  const known = ids.every((id) => Object.values(languages).some((one) => one.includes(id)));
  if (!known || ids.some((id) => fits.includes(id))) return undefined;
  return { code: 'otherLanguage', params: { language: name } };
}
