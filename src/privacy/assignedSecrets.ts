import { isUuid, looksLikePassword, looksRandom } from './randomness.ts';

/** A secret in a text: UTF-16 offsets, end exclusive. */
export interface Secret {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

const named =
  '(passw(?:or)?d|passphrase|passcode|pwd|(?:api|access|auth|private|secret|encryption|signing|master|account|storage|shared[-_]?access|subscription|service|client|app|webhook|session)[-_ ]?(?:key|secret|token)|secret|token|credentials?)';
/** What may follow the name before it is given its value: `_BASE64`, `Value`, `_2`. */
const suffix = '(?:[-_]?(?:value|string|text|base64|b64|hex|prod(?:uction)?|dev|staging|live|\\d{1,2}))?';
const given =
  '["\'`\\]\\\\]{0,3}[ \\t]{0,8}(?:\\??:[ \\t]{0,2}(?:string|str|&str|final|const)[ \\t]{0,2})?(?:(?::=|=>|[:=>])[ \\t]{0,8}|,[ \\t]{0,2}(?=["\'`]))';
const quoted = '\\\\?(["\'`])((?:[^\\s"\'`\\\\]|\\\\(?!["\'`nrt])){6,512})';
const bare = '((?:[^\\s"\'`\\\\<>,;(){}\\[\\]|&]|\\\\(?!["\'`nrt])){8,512})';

const assignment = new RegExp(`${named}${suffix}${given}(?:${quoted}|${bare})`, 'gi');
const option = new RegExp(`--[a-z-]{0,24}?${named}[ \\t]{1,4}(?:${quoted}|${bare})`, 'gi');
const authorization =
  /\bauthorization["'`\]\\]{0,3}[ \t]{0,4}[:=,][ \t]{0,4}\\?["'`]?(?:(bearer|token|basic|apikey)[ \t]{1,4})?([A-Za-z0-9._~+/=-]{12,2048})/gi;
const bearer = /\bbearer[ \t]{1,4}([A-Za-z0-9._~+/=-]{20,2048})/gi;
const jsonWebToken = /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}/g;
const inUrl =
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@:"'`<>]{0,64}:([^\s/@"'`<>]{6,128})@[^\s/?#,"'`<>]{1,253}/gi;
const signedUrl = /[?&;]sig=([A-Za-z0-9%+/=]{30,128})/g;

/** Tokens that page, cancel or guard a form: they open nothing. */
const harmless =
  /(?:csrf|xsrf|next|page|paging|continuation|cancell?ation|cursor|sync|resume|design|syntax)[-_ ]?$/i;

/** The example of jwt.io, which stands in half of all documentation. */
const exampleSubject = 'eyJzdWIiOiIxMjM0NTY3ODkw';

/**
 * Secrets that no vendor's form gives away, known by what stands beside them: a value given to a password, token or
 * key, an `Authorization` header, a login in a URL, a signed token. The value has to look like one; hashes, UUIDs and
 * words do not count.
 */
export function assignedSecrets(text: string): readonly Secret[] {
  const found: Secret[] = [];
  const add = (kind: string, whole: RegExpMatchArray, value: string): void => {
    const start = (whole.index ?? 0) + whole[0].lastIndexOf(value);
    found.push({ kind, start, end: start + value.length });
  };
  for (const pattern of [assignment, option])
    for (const match of text.matchAll(pattern)) {
      const [, name = '', quote, inQuotes, open] = match;
      // What is not quoted may end a sentence.
      const value = inQuotes ?? (open ?? '').replace(/[.:!?]+$/, '');
      const before = text.slice(Math.max(0, match.index - 16), match.index);
      if (value === '' || harmless.test(before)) continue;
      // A call or a member: code that fetches the value.
      const after = text[match.index + match[0].length];
      if (quote === undefined && (after === '(' || after === '[' || after === '{')) continue;
      const kind = kindOf(name);
      if (holds(kind, value, quote !== undefined)) add(kind, match, value);
    }
  for (const match of text.matchAll(authorization)) {
    const [, scheme = '', value = ''] = match;
    if (scheme.toLowerCase() === 'basic' ? isLogin(value) : looksRandom(value))
      add('authorization', match, value);
  }
  for (const match of text.matchAll(bearer))
    if (looksRandom(match[1] ?? '')) add('authorization', match, match[1] ?? '');
  for (const match of text.matchAll(jsonWebToken))
    if (!match[0].includes(exampleSubject)) add('jwt', match, match[0]);
  for (const match of text.matchAll(inUrl)) {
    const password = decoded(match[1] ?? '');
    if (looksLikePassword(password) || looksRandom(password)) add('connection', match, match[1] ?? '');
  }
  for (const match of text.matchAll(signedUrl))
    if (looksRandom(match[1] ?? '')) add('signature', match, match[1] ?? '');
  return found;
}

function kindOf(name: string): string {
  const plain = name.toLowerCase().replace(/[-_ ]/g, '');
  if (plain.startsWith('pass') || plain === 'pwd') return 'password';
  return plain.endsWith('key') ? 'key' : plain.endsWith('token') ? 'token' : 'secret';
}

function holds(kind: string, value: string, quoted: boolean): boolean {
  // A UUID is a token only where somebody says that it is no name.
  if (isUuid(value)) return kind === 'secret' || kind === 'key';
  if (kind !== 'password') return looksRandom(value);
  // What is not quoted may be code: it needs a digit among its letters.
  return looksLikePassword(value) && (quoted || /[0-9]/.test(value));
}

/** `user:password` in Base64, the password no example. */
function isLogin(encoded: string): boolean {
  const [, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const said = password.join(':');
  return looksLikePassword(said) || looksRandom(said);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
