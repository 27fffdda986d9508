import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Finder } from '../../src/privacy/find.ts';
import { createPrivacy } from '../../src/privacy/privacy.ts';
import { policy } from '../unit/router/candidates.ts';
import { type Figure, type Measure, quantile } from './measure.ts';

const runs = 1_500;
const warmUp = 500;
const size = 8_192;

const code = `export async function tokenOf(user: User, store: Store): Promise<string> {
  const password = config.get('password') ?? process.env.DB_PASSWORD;
  if (!(await store.check(user.name, password))) throw new AccessError(user.name);
  const token = await sign({ sub: user.id, key: keys.current }, { expiresIn: '15m' });
  log.info(\`issued a token of \${token.length} characters at \${new Date().toISOString()}\`);
  return token;
}
`;

/** Source code that speaks of passwords and tokens, another text for each number. */
function source(nth: number): string {
  return `// ${nth}\n${code.repeat(Math.ceil(size / code.length))}`.slice(0, size);
}

/** The scan for secrets and for lines of protected files, at 8 KB: alone, and with the way to its thread and back. */
export const scanTime: Measure = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maia-scan-'));
  const env = Array.from({ length: 200 }, (_, nth) => `SETTING_${nth}=value number ${nth} of the house`);
  await writeFile(join(folder, '.env'), env.join('\n'));
  const signal = new AbortController().signal;
  const privacy = createPrivacy({
    workerUrl: new URL('../../src/privacy/worker.ts', import.meta.url),
    folders: () => [folder],
    timeoutMs: 60_000,
    startMs: 60_000,
    linesMs: 60_000,
  });
  try {
    const rules = policy();
    const finder = new Finder();
    const globs = rules.privacy.protectedPaths;
    const lines = { folders: [folder], megabytes: 16, waitMs: 60_000, readMs: 60_000 };
    const alone = await timed((text) =>
      finder.find({ texts: [text], paths: [], globs, key: 'bench', lines }),
    );
    const whole = await timed((text) =>
      privacy.examine({ texts: [text], paths: [], marked: undefined }, rules, signal),
    );
    return [...figures('Secret scan, 8 KB', alone), ...figures('Secret scan in its thread, 8 KB', whole)];
  } finally {
    await privacy.dispose();
    await rm(folder, { recursive: true, force: true });
  }
};

async function timed(scan: (text: string) => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let nth = 0; nth < warmUp + runs; nth += 1) {
    const text = source(nth);
    const began = performance.now();
    await scan(text);
    if (nth >= warmUp) times.push(performance.now() - began);
  }
  return times;
}

function figures(name: string, times: readonly number[]): readonly Figure[] {
  const note = `${runs} scans; fastest tenth within ${quantile(times, 0.1).toFixed(2)} ms`;
  return [
    { name: `${name}, median`, value: quantile(times, 0.5), unit: 'ms', aim: 2, note },
    { name: `${name}, p99`, value: quantile(times, 0.99), unit: 'ms', note },
  ];
}
