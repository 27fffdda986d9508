import { plainForTerminal } from './terminalText.ts';

/**
 * One line of plain text, at most `limit` UTF-16 units, cut with an ellipsis: safe in a terminal, in a tooltip and in a
 * notification, which makes links of `[text](command:…)`; not yet escaped for Markdown.
 */
export function plainText(text: string, limit = 200): string {
  const line = plainForTerminal(text.slice(0, limit * 8))
    .replace(/\s+/g, ' ')
    .replace(/\]\((?=[a-z][\w+.-]*:)/gi, '] (')
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
