/** VS Code's language ids and the grammar that reads each. */
const grammars: ReadonlyMap<string, string> = new Map([
  ['typescript', 'typescript'],
  ['typescriptreact', 'tsx'],
  ['javascript', 'javascript'],
  ['javascriptreact', 'javascript'],
  ['python', 'python'],
  ['go', 'go'],
  ['java', 'java'],
  ['csharp', 'c-sharp'],
  ['rust', 'rust'],
  ['ruby', 'ruby'],
  ['php', 'php'],
  ['cpp', 'cpp'],
  ['c', 'cpp'],
]);

/** The name of the grammar file in the grammars' folder; undefined where the language has none. */
export function grammarOf(languageId: string): string | undefined {
  const name = grammars.get(languageId);
  return name === undefined ? undefined : `tree-sitter-${name}.wasm`;
}
