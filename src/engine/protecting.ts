import type { FoundSecret } from '../privacy/job.ts';
import type { Privacy } from '../privacy/privacy.ts';
import type { Protection } from '../privacy/protection.ts';
import type { Prepared } from '../tasks/tasks.ts';
import type { Result } from '../vocabulary/failure.ts';
import type { MarkCause } from '../vocabulary/mark.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Message, Request } from '../vocabulary/request.ts';
import type { SecretOffer } from '../vocabulary/secretOffer.ts';
import { pathsOf, textsOf, withTexts } from './carried.ts';
import type { Chosen, SecretOffers } from './secretOffers.ts';

export interface ProtectingParts {
  readonly privacy: Privacy;
  readonly offers: SecretOffers;
  /** Keeps that a conversation was derived from something protected. Never rejects. */
  readonly remember: (conversation: string, cause: MarkCause) => Promise<void>;
  /** Nothing will be sent: answers to offers are left as they are. */
  readonly preview?: boolean;
}

/** A request with what protects it, once the developer's choice about its secrets is made true. */
export interface Guarded {
  readonly request: Request;
  readonly prepared: Prepared;
  readonly protection: Protection;
}

export interface ToGuard {
  readonly request: Request;
  readonly prepared: Prepared;
  readonly policy: Policy;
  /** Never rejects. */
  readonly marking: Promise<MarkCause | undefined>;
  /** Puts another request of the same task into messages. */
  readonly prepare: (request: Request) => Promise<Result<Prepared>>;
}

/** Looks at what a request carries, marks its conversation, and lifts what the developer has chosen to lift. */
export async function guard(asked: ToGuard, parts: ProtectingParts, signal: AbortSignal): Promise<Guarded> {
  const { request, prepared, policy, marking } = asked;
  const protection = await examine(asked, marking, policy, parts, signal);
  const { secrets } = protection;
  const chosen = secrets && parts.offers.chosen(request, secrets, parts.preview === true);
  const lifted = chosen && (await lift(asked, protection, chosen, parts, signal));
  if (lifted) return lifted;
  if (protection.protected && request.conversation !== undefined) {
    const cause = secrets ? 'secret' : 'protected';
    const mark = await marking;
    if (mark !== 'protected' && mark !== cause) await parts.remember(request.conversation, cause);
  }
  return { request, prepared, protection };
}

function examine(
  { request, prepared }: Pick<Guarded, 'request' | 'prepared'>,
  marked: MarkCause | undefined | Promise<MarkCause | undefined>,
  policy: Policy,
  parts: ProtectingParts,
  signal: AbortSignal,
): Promise<Protection> {
  const carried = {
    texts: textsOf(prepared, request),
    paths: pathsOf(prepared, request),
    marked,
  };
  return parts.privacy.examine(carried, policy, signal);
}

/** The request as the developer wants it sent; undefined where it would still be protected. */
async function lift(
  asked: ToGuard,
  protection: Protection,
  { choice, ids }: Chosen,
  parts: ProtectingParts,
  signal: AbortSignal,
): Promise<Guarded | undefined> {
  const { request, prepared, policy } = asked;
  const open = { protected: false, reasons: [] };
  if (choice === 'allowOnce') {
    const all = protection.secrets?.every(({ id }) => ids.has(id));
    return all
      ? { request, prepared, protection: { ...open, lifted: { by: 'allowedOnce', ids: [...ids] } } }
      : undefined;
  }
  const changed =
    choice === 'mask'
      ? await masked(request, prepared, parts, signal)
      : await withoutSecretHistory(asked, protection.secrets ?? [], parts, signal);
  if (!changed) return undefined;
  const again = await examine(changed, undefined, policy, parts, signal);
  if (again.protected) return undefined;
  return { ...changed, protection: { ...open, lifted: { by: choice === 'mask' ? 'masked' : 'dropped' } } };
}

async function masked(request: Request, prepared: Prepared, parts: ProtectingParts, signal: AbortSignal) {
  const texts = await parts.privacy.mask(textsOf(prepared, request), signal);
  return texts && withTexts(prepared, request, texts);
}

/** Leaves out the earlier messages up to the last one with a secret and the reply to it; all where only a mark is left. */
async function withoutSecretHistory(
  { request, prepare }: ToGuard,
  secrets: readonly FoundSecret[],
  parts: ProtectingParts,
  signal: AbortSignal,
) {
  const history = historyOf(request);
  const texts = history.map(plainText);
  const clean = await parts.privacy.mask(texts, signal);
  if (!clean) return undefined;
  const last = secrets.length === 0 ? history.length : texts.findLastIndex((text, at) => text !== clean[at]);
  const from = history.findIndex((message, at) => at > last && message.role === 'user');
  const kept = from < 0 ? [] : history.slice(from);
  const shorter = { ...request, messages: [...kept, ...request.messages.slice(history.length)] };
  const ready = await prepare(shorter);
  return ready.ok ? { request: shorter, prepared: ready.value } : undefined;
}

/** What came before the question that is asked now. */
function historyOf({ messages }: Request): readonly Message[] {
  const asked = messages.findLastIndex(({ role }) => role === 'user');
  return asked < 0 ? [] : messages.slice(0, asked);
}

function plainText({ parts }: Message): string {
  return parts.map((part) => ('text' in part ? part.text : '')).join('\n');
}

/** What the developer may choose, where nothing but secrets protects a request. */
export async function offerFor(
  request: Request,
  secrets: readonly FoundSecret[],
  parts: ProtectingParts,
  signal: AbortSignal,
): Promise<SecretOffer> {
  if (secrets.length === 0) return parts.offers.make(secrets, ['drop', 'allowOnce']);
  const before = historyOf(request);
  const now = [
    ...request.messages.slice(before.length).map(plainText),
    ...request.context.map(({ text }) => text),
    ...(request.target ? [request.target.text] : []),
  ];
  const clean = before.length > 0 ? await parts.privacy.mask(now, signal) : undefined;
  const inHistory = clean?.every((text, at) => text === now[at]) === true;
  return parts.offers.make(secrets, inHistory ? ['mask', 'drop', 'allowOnce'] : ['mask', 'allowOnce']);
}
