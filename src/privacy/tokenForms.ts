import type { Secret } from './assignedSecrets.ts';
import { looksRandom } from './randomness.ts';

/**
 * Forms of tokens, beside those that secretlint's recommended rules know; each as its vendor documents it. The last
 * group is what has to look drawn at random.
 */
const forms: readonly (readonly [string, RegExp])[] = [
  ['aws', /\b(?:AKIA|ASIA)([A-Z2-7]{16})\b/g],
  ['google', /\bAIza([0-9A-Za-z_-]{35})(?![\w-])/g],
  ['google', /\bya29\.([0-9A-Za-z_-]{40,500})/g],
  ['huggingface', /\bhf_([A-Za-z0-9]{30,60})\b/g],
  ['openai', /\bsk-(?:proj|svcacct|admin)-([A-Za-z0-9_-]{40,300})/g],
  ['digitalocean', /\bdo[opr]_v1_([0-9a-f]{64})\b/g],
  ['discord', /\b[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.([A-Za-z0-9_-]{27,40})\b/g],
  ['telegram', /\b\d{8,10}:AA([A-Za-z0-9_-]{32,33})(?![\w-])/g],
  ['twilio', /\bSK([0-9a-f]{32})\b/g],
  ['mailgun', /\bkey-([0-9a-f]{32})\b/g],
  ['pypi', /\bpypi-AgEIcHlwaS5vcmc([A-Za-z0-9_-]{50,500})/g],
  ['square', /\bsq0(?:csp|atp|idp)-([A-Za-z0-9_-]{22,43})(?![\w-])/g],
  ['atlassian', /\bATATT3xFfGF0([A-Za-z0-9_=-]{100,300})/g],
  ['nuget', /\boy2([a-z2-7]{43})\b/g],
  ['rubygems', /\brubygems_([0-9a-f]{48})\b/g],
  ['age', /\bAGE-SECRET-KEY-1([QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})\b/g],
  ['azure', /(?<![\w~.-])[A-Za-z0-9]{3}\dQ~([A-Za-z0-9_~.-]{31,34})(?![\w~.-])/g],
  ['newrelic', /\bNRAK-([A-Z0-9]{27})\b/g],
  ['doppler', /\bdp\.(?:pt|st|sa|ct)\.(?:[a-z0-9_-]{2,35}\.)?([A-Za-z0-9]{40,44})\b/g],
  ['planetscale', /\bpscale_(?:tkn|pw|oauth)_([A-Za-z0-9_.-]{32,64})/g],
  ['pulumi', /\bpul-([0-9a-f]{40})\b/g],
  ['postman', /\bPMAK-[0-9a-f]{24}-([0-9a-f]{34})\b/g],
  ['xai', /\bxai-([A-Za-z0-9]{60,100})\b/g],
  ['supabase', /\bsbp_([0-9a-f]{40})\b/g],
  ['firebase', /\bAAAA[A-Za-z0-9_-]{7}:APA91b([A-Za-z0-9_-]{120,160})/g],
];

/** Tokens that their vendor's form gives away. */
export function knownTokens(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const [kind, form] of forms)
    for (const match of text.matchAll(form)) {
      const drawn = match[1] ?? '';
      if (!/EXAMPLE/i.test(match[0]) && (looksRandom(drawn) || drawnCapitals(drawn)))
        found.push({ kind, start: match.index, end: match.index + match[0].length });
    }
  return found;
}

/** Capitals and a digit or two, as in identifiers of keys: read like one long word, and are none. */
function drawnCapitals(text: string): boolean {
  return /^[A-Z0-9]{16,}$/.test(text) && new Set(text).size >= 9;
}
