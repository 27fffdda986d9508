/**
 * What a text from outside (a model's name, a server's error, a file's name) may not carry into a sentence: terminal
 * and other control characters, direction overrides, invisible characters and Unicode tags, which hide or reorder
 * what is read. Tab and newline are kept by `invisible` and turned into spaces by `plainText`.
 */
export const invisible =
  /(?![\t\n])[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** CSI, OSC, DCS and the two-byte escape sequences of ECMA-48, with their payload; unfinished ones up to the end. */
export const escapeSequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  /(?:\u001B\[|\u009B)[\u0030-\u003F]*[\u0020-\u002F]*[\u0040-\u007E]?|(?:\u001B[\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])[^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?|\u001B[\u0020-\u002F]*[\u0030-\u007E]?/g;

/**
 * One line of plain text, at most `limit` UTF-16 units, cut with an ellipsis: safe in a terminal and in a tooltip,
 * not yet escaped for Markdown.
 */
export function plainText(text: string, limit = 200): string {
  const line = text
    .slice(0, limit * 8)
    .replace(escapeSequences, '')
    .replace(/[\t\n\r]+/g, ' ')
    .replace(invisible, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  return line.length > limit ? `${line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
}

/** A number as a person reads it: 1,234; at most one digit after the point. */
export function readable(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en-US', { maximumFractionDigits: 1 }) : '?';
}

/** Bytes in decimal units with one digit, as model sizes are published: `4.7 GB`. */
export function readableBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return '?';
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** Up to `most` names with commas, then how many more there are. */
export function list(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map((name) => plainText(name, 80));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} (+${more})` : shown.join(', ');
}
