import type { Secret } from './assignedSecrets.ts';
import { maskOf } from './mask.ts';
import { plainValue, secretsIn, unescaped } from './secretScan.ts';

const between = '\n\n';

/**
 * The texts with a placeholder for each secret, the same one wherever the same secret stands. Undefined where one is
 * left that cannot be taken out.
 */
export async function maskSecrets(texts: readonly string[]): Promise<readonly string[] | undefined> {
  const numbers = new Map<string, number>();
  const masked = await maskOnce(texts, numbers);
  const again = await maskOnce(
    masked.map((text) => unescaped(text) ?? text),
    numbers,
  );
  // Escapes are undone only in a text that hid a secret in them.
  const result = masked.map((text, at) =>
    again[at] === (unescaped(text) ?? text) ? text : (again[at] ?? ''),
  );
  const joined = result.join(between);
  for (const text of [joined, unescaped(joined)])
    if (text !== undefined && (await secretsIn(text)).length > 0) return undefined;
  return result;
}

async function maskOnce(texts: readonly string[], numbers: Map<string, number>): Promise<string[]> {
  const joined = texts.join(between);
  const secrets = await secretsIn(joined);
  let from = 0;
  return texts.map((text) => {
    const start = from;
    const end = start + text.length;
    from = end + between.length;
    return masked(joined, start, end, secrets, numbers);
  });
}

function masked(
  joined: string,
  start: number,
  end: number,
  secrets: readonly Secret[],
  numbers: Map<string, number>,
): string {
  let text = '';
  let at = start;
  for (const secret of secrets) {
    if (secret.end <= start || secret.start >= end) continue;
    const value = plainValue(joined.slice(secret.start, secret.end));
    const nth = numbers.get(value) ?? numbers.size + 1;
    numbers.set(value, nth);
    text += joined.slice(at, Math.max(at, secret.start)) + maskOf(nth);
    at = Math.min(end, secret.end);
  }
  return text + joined.slice(at, end);
}
