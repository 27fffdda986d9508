import type { Random } from './random.ts';

export type CanaryKind =
  | (typeof knownKinds)[number]
  | (typeof contextKinds)[number]
  /** Of no form at all. */
  | 'opaque';

/** A secret of nobody. `core` is the part that is looked for in what arrived: letters and digits, the same however JSON spells it. */
export interface Canary {
  readonly kind: CanaryKind;
  readonly text: string;
  readonly core: string;
}

/** Of the kinds that a scanner can know by their form; `opaque` is protected by its file alone. */
export const knownKinds = ['github', 'slack', 'npm', 'privateKey', 'connection', 'aws'] as const;

/** Of the kinds that a scanner can only know by what stands beside them. */
export const contextKinds = ['password', 'token', 'authorization', 'login', 'webToken'] as const;

/** Letters and digits as a generator of keys draws them. */
function drawn(random: Random): string {
  return Array.from({ length: 6 }, () => `${random.alphanumeric(3)}${random.int(0, 9)}`).join('');
}

/** Headers of private keys, and what their first line begins with. */
const keyForms = [
  ['RSA PRIVATE KEY', 'MIIEowIBAAKCAQEA'],
  ['EC PRIVATE KEY', 'MHcCAQEEI'],
  ['PRIVATE KEY', 'MC4CAQAwBQYDK2VwBCIEI'],
  ['ENCRYPTED PRIVATE KEY', 'MIIFHDBOBgkqhkiG9w0BBQ0wQ'],
  ['OPENSSH PRIVATE KEY', 'b3BlbnNzaC1rZXktdjEAAAAA'],
] as const;

export function canaryOf(kind: CanaryKind, random: Random): Canary {
  switch (kind) {
    case 'github': {
      const core = random.alphanumeric(36);
      return { kind, text: ['ghp', core].join('_'), core };
    }
    case 'slack': {
      const core = random.alphanumeric(24);
      const digits = () => String(random.int(100_000_000_000, 999_999_999_999));
      return { kind, text: ['xoxb', digits(), digits(), core].join('-'), core };
    }
    case 'npm': {
      const core = random.alphanumeric(36);
      return { kind, text: ['npm', core].join('_'), core };
    }
    case 'aws': {
      const core = random.alphanumeric(40);
      return { kind, text: `AWS_SECRET_ACCESS_KEY=${core}`, core };
    }
    case 'connection': {
      const core = random.alphanumeric(20);
      return { kind, text: `postgres://billing:${core}@db.internal-company.net:5432/billing`, core };
    }
    case 'privateKey': {
      const [name, first] = random.pick(keyForms);
      const lines = Array.from({ length: random.int(1, 12) }, () => random.alphanumeric(64));
      lines[0] = first + random.alphanumeric(64 - first.length);
      return {
        kind,
        text: [`-----BEGIN ${name}-----`, ...lines, `-----END ${name}-----`].join('\n'),
        core: lines.at(-1) as string,
      };
    }
    case 'password': {
      const core = drawn(random);
      const said = [`password = "${core}"`, `DB_PASSWORD=${core}`, `  password: ${core}`, `"pwd": "${core}"`];
      return { kind, text: random.pick(said), core };
    }
    case 'token': {
      const core = drawn(random);
      const said = [`API_KEY=${core}`, `"client_secret": "${core}"`, `access_token: ${core}`];
      return { kind, text: random.pick(said), core };
    }
    case 'authorization': {
      const core = drawn(random);
      const said = [`Authorization: Bearer ${core}`, `headers: { 'Authorization': 'token ${core}' }`];
      return { kind, text: random.pick(said), core };
    }
    case 'login': {
      const core = drawn(random);
      return { kind, text: `amqp://worker:${core}@queue.internal-company.net:5672`, core };
    }
    case 'webToken': {
      const core = drawn(random);
      return { kind, text: ['eyJhbGciOiJFUzI1NiJ9', `eyJ${random.alphanumeric(30)}`, core].join('.'), core };
    }
    case 'opaque': {
      const core = random.alphanumeric(24);
      return { kind, text: `of-no-known-form-${core}`, core };
    }
  }
}

/** Puts a canary into a text as people do. */
export function embedded({ text, kind }: Canary, random: Random): string {
  if (kind === 'privateKey')
    return random.pick([
      `\n${text}\n`,
      `const key = "${text.replaceAll('\n', '\\n')}";`,
      `\`\`\`\n${text}\n\`\`\``,
      text.replaceAll('\n', '\r\n'),
    ]);
  if (contextKinds.some((one) => one === kind))
    return random.pick([text, `\n${text}\n`, `so it is\n\n    ${text}\n\nand what now?`]);
  if (kind === 'aws') return random.pick([`${text}\n`, `export ${text}`, `\n${text}\n`]);
  return random.pick([
    `TOKEN=${text}`,
    `"${text}"`,
    `{"token": "${text}"}`,
    `const token = '${text}';`,
    `use ${text} for it`,
    `Ünïcode ${text} – ja`,
    `{\\"value\\": \\"${text}\\"}`,
  ]);
}
