import type { SelectionKind } from '../router/surroundings.ts';
import type { Request } from '../vocabulary/request.ts';

const aClass =
  /^(?:export |default |public |private |abstract |final |sealed |static )*(?:class|interface|struct|trait|enum|impl)\b/;
const aFunction =
  /^(?:export |default |public |private |protected |static |async |pub |override |final )*(?:function|def|fn|func|fun|sub)\b|^(?:export )?(?:const|let) \w+ = (?:async )?(?:function\b|\([^)]*\)(?:: [^=]+)? =>)/;
/** From this part of a document on, its whole is meant. */
const nearlyAll = 0.95;
const looked = 400;

/** How much is selected, by the selection's first line and its size: of the command's document, else of what goes along. */
export function selectionKind({ target, context }: Pick<Request, 'target' | 'context'>): SelectionKind {
  const item = context.find(({ kind }) => kind === 'selection');
  const whole = target?.text ?? '';
  const text = target ? whole.slice(target.selection.start, target.selection.end) : (item?.text ?? '');
  if (text.trim() === '') return 'none';
  if (target && !target.partial && text.length >= whole.length * nearlyAll) return 'file';
  const start = text.slice(0, looked).trimStart();
  if (aClass.test(start)) return 'class';
  return aFunction.test(start) ? 'function' : 'lines';
}
