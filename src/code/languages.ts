import type { Language } from './language.ts';
import { cpp } from './languages/cpp.ts';
import { csharp } from './languages/csharp.ts';
import { go } from './languages/go.ts';
import { java } from './languages/java.ts';
import { javascript } from './languages/javascript.ts';
import { php } from './languages/php.ts';
import { python } from './languages/python.ts';
import { ruby } from './languages/ruby.ts';
import { rust } from './languages/rust.ts';

const languages: ReadonlyMap<string, Language> = new Map([
  ['typescript', javascript],
  ['typescriptreact', javascript],
  ['javascript', javascript],
  ['javascriptreact', javascript],
  ['python', python],
  ['go', go],
  ['java', java],
  ['csharp', csharp],
  ['rust', rust],
  ['ruby', ruby],
  ['php', php],
  ['cpp', cpp],
  ['c', cpp],
]);

/** What the trees of a VS Code language mean; undefined where there is no grammar. */
export function languageOf(languageId: string): Language | undefined {
  return languages.get(languageId);
}
