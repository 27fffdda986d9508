import { WireError } from './goJson.ts';

/** Go's longest duration, 292 years: what "forever" becomes. */
const forever = 9_223_372_036_854;

const units: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** `keep_alive` in milliseconds: a number is seconds, a text a Go duration, negative is forever; absent gives the server's. */
export function keepAliveMs(value: unknown, server: number): number {
  if (value === undefined || value === null) return server;
  if (typeof value === 'number') return value < 0 ? forever : value * 1000;
  const text = String(value);
  if (text === '0') return 0;
  const [, sign, rest = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  const parts = [...rest.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== rest) {
    const missing = /^[\d.]+$/.test(rest) ? 'missing unit in duration' : 'invalid duration';
    throw new WireError(400, `time: ${missing} ${JSON.stringify(text)}`);
  }
  const ms = parts.reduce((sum, part) => sum + Number(part[1]) * units[part[2]!]!, 0);
  return sign === '-' ? forever : ms;
}
