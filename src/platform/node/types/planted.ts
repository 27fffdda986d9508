const name = 'maiaPlantedError';

/** A text with an error of types at its end that a compiler which is awake reports. */
export function planted(text: string, javaScript: boolean): string {
  const declared = javaScript
    ? `/** @type {number} */ const ${name} = 'text';`
    : `const ${name}: number = 'text';`;
  // On a line of its own: a comment behind the brace would belong to nothing.
  return `${text}\n;{\n${declared}\n}\n`;
}

export function isPlanted(message: string, start: number, before: string): boolean {
  return start >= before.length && /\bstring\b.*\bnumber\b/s.test(message);
}

/** JavaScript is checked only where it says so: the line says it, above all others but the one for the shell. */
export function checkedJs(text: string): { readonly text: string; readonly added: number } {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const shell = text.startsWith('#!', mark) ? text.indexOf('\n') + 1 || text.length : mark;
  const line = '// @ts-check\n';
  return { text: text.slice(0, shell) + line + text.slice(shell), added: line.length };
}

/** Whether JavaScript says itself that it is to be checked, or is not. */
export function saysChecked(text: string): boolean {
  return /^\s*\/\/\s*@ts-(?:no)?check\b/m.test(text.slice(0, 5_000));
}
