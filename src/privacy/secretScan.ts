import { lintSource } from '@secretlint/core';
import { rules as recommended } from '@secretlint/secretlint-rule-preset-recommend';
import { assignedSecrets, type Secret } from './assignedSecrets.ts';
import { isPlaceholder } from './placeholder.ts';
import { privateKeys } from './privateKeys.ts';
import { knownTokens } from './tokenForms.ts';

/**
 * The recommended rules without the one that obeys `secretlint-disable` comments: what is scanned was written by
 * anybody, and a comment in it must not switch the scan off.
 */
const rules = recommended
  .filter((rule) => rule.meta.id !== '@secretlint/secretlint-rule-filter-comments')
  .map((rule) => ({ id: rule.meta.id, rule }));

/** `_authToken=` of an .npmrc, which the npm rule looks for only in files of that name. */
const npmAuthToken = /_authToken\s?=\s?["']?([A-Za-z0-9_\-./+=]{16,})/g;

/**
 * The secrets of a text as it stands, in order and without overlap. Synchronous work in effect, under a millisecond
 * for 8 KB of source code, so it belongs in a worker.
 */
export async function secretsIn(text: string): Promise<readonly Secret[]> {
  // An empty path: no rule looks for a file, and none that depends on a name is left out.
  const result = await lintSource({
    source: { content: text, filePath: '', ext: '.txt', contentType: 'text' },
    options: { noPhysicFilePath: true, config: { rules } },
  });
  const found: Secret[] = [];
  for (const { range, ruleId } of result.messages) {
    const [start, end] = range;
    if (!isPlaceholder(text.slice(start, end)))
      found.push({ kind: ruleId.replace(/^.*secretlint-rule-/, ''), start, end });
  }
  for (const match of text.matchAll(npmAuthToken)) {
    const token = match[1] ?? '';
    const start = match.index + match[0].length - token.length;
    if (!isPlaceholder(token)) found.push({ kind: 'npm', start, end: start + token.length });
  }
  found.push(...privateKeys(text), ...knownTokens(text), ...assignedSecrets(text));
  return merged(found);
}

/** Overlapping ones become one, of the kind that the first of them has. */
function merged(found: readonly Secret[]): readonly Secret[] {
  const all: Secret[] = [];
  const sorted = found
    .map((secret, at) => ({ secret, at }))
    .sort((one, other) => one.secret.start - other.secret.start || one.at - other.at);
  for (const { secret } of sorted) {
    const last = all.at(-1);
    if (last && secret.start < last.end)
      all[all.length - 1] = { ...last, end: Math.max(last.end, secret.end) };
    else all.push(secret);
  }
  return all;
}

/**
 * A text with the usual escapes of source code undone, where it has some that can hide a secret: a key that stands in
 * source code as one string, its line ends written as `\n`, or characters as `\u0067`.
 */
export function unescaped(text: string): string | undefined {
  const key = text.includes('\\n') && text.includes('PRIVATE KEY');
  if (!key && !text.includes('\\u00')) return undefined;
  return text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\r/g, '')
    .replace(/\\n/g, '\n');
}

/** What a secret found in a text is known again by, however it is escaped or broken into lines there. */
export interface FoundValue {
  readonly kind: string;
  readonly value: string;
}

/**
 * The secrets of all texts, as they stand and with escapes undone. No secret spans two texts, so they are scanned as
 * one, which saves the rules' fixed cost.
 */
export async function secretValues(texts: readonly string[]): Promise<readonly FoundValue[]> {
  const found = new Map<string, FoundValue>();
  const joined = texts.join('\n\n');
  for (const text of [joined, unescaped(joined)]) {
    if (text === undefined) continue;
    for (const { kind, start, end } of await secretsIn(text)) {
      const value = plainValue(text.slice(start, end));
      if (!found.has(value)) found.set(value, { kind, value });
    }
  }
  return [...found.values()];
}

/** A secret without what its surroundings do to it: escapes, line ends, quotes. */
export function plainValue(text: string): string {
  return text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\[nrt]/g, '')
    .replace(/[\s\\"'`]/g, '');
}

/** The kinds of secrets (`github`, `privatekey`, …) found in any of the texts; never the secret itself. */
export async function scanForSecrets(texts: readonly string[]): Promise<string[]> {
  const kinds = new Set((await secretValues(texts)).map(({ kind }) => kind));
  return [...kinds].sort();
}
