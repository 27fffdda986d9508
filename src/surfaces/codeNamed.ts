/** What stands before a name where it is declared, in the languages that Maia knows. */
const declaring =
  'function\\*?|def|class|const|let|var|val|fn|func|fun|sub|type|interface|struct|enum|trait|impl|mod|module|namespace|record|void|int|bool|string|auto';

/** Words of a prompt that can only be names: `parseDate`, `parse_date`, `$id`, `label()`, and whatever stands in backticks. */
const certain = /`([^`\n]+)`|\b(\w*(?:[a-z][A-Z]|_\w|\w_)\w*)\b|(\$\w+)|\b(\w+)(?=\()/g;

/** A name of fewer letters is a word of the language more often than one of the code. */
const shortestName = 3;

/** Whether a question names something of a text: what can only be a name stands in it, or what it declares. */
export function namesCodeOf(prompt: string, text: string): boolean {
  const names = [...prompt.matchAll(certain)].map((found) => found.slice(1).find(Boolean) ?? '');
  if (names.some((name) => name.length >= shortestName && isWordOf(name, text))) return true;
  const words = new Set(prompt.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
  const declared = text.matchAll(new RegExp(`\\b(?:${declaring})\\s+([\\p{L}_$][\\p{L}\\p{N}_$]*)`, 'gu'));
  return [...declared].some(([, name = '']) => name.length >= shortestName && words.has(name));
}

function isWordOf(name: string, text: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const around = `${text[at - 1] ?? ''} ${text[at + name.length] ?? ''}`;
    if (!/[\p{L}\p{N}_]/u.test(around)) return true;
  }
  return false;
}
