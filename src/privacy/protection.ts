import type { MarkCause } from '../vocabulary/mark.ts';
import type { Boundary } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { Found, FoundSecret } from './job.ts';

/** `reasons` is empty where nothing is protected. A scan that ran out of time is a reason. */
export interface Protection {
  readonly protected: boolean;
  readonly reasons: readonly Reason[];
  /**
   * Set where nothing but detected secrets protects, or a mark that one of them left: the developer may have them
   * masked or let through once. Never set beside a protected path, lines of one, its mark, or a scan without an end.
   */
  readonly secrets?: readonly FoundSecret[];
  /** Why a request that was protected is so no more: by the developer's own click. */
  readonly lifted?: Lifted;
}

export type Lifted =
  | { readonly by: 'masked' | 'dropped' }
  /** These secrets may leave, and no others. */
  | { readonly by: 'allowedOnce'; readonly ids: readonly string[] };

/** What was found in words that fit the boundary it may not cross; undefined `found` is a scan that failed. */
export function reasonsOf(found: Found | undefined, boundary: Boundary): Reason[] {
  if (!found) return [{ code: 'scanTimeout', params: { boundary } }];
  const kinds = new Set(found.secrets.map(({ kind }) => kind));
  return [
    ...found.patterns.map((path): Reason => ({ code: 'protectedPath', params: { path, boundary } })),
    ...(found.lines ?? []).map((path): Reason => ({ code: 'protectedLines', params: { path, boundary } })),
    ...(found.unindexed ? [{ code: 'scanTimeout', params: { boundary } } satisfies Reason] : []),
    ...[...kinds].map((kind): Reason => ({ code: 'protectedSecret', params: { kind, boundary } })),
  ];
}

/** What a click can lift. */
const lifting: readonly Reason['code'][] = ['protectedSecret', 'protectedMark'];

/** What examining a request comes to. */
export function protectionOf(found: Found | undefined, mark: MarkCause | undefined): Protection {
  const reasons = reasonsOf(found, 'cloud');
  if (mark) reasons.push(markReason('cloud'));
  const secretsAlone = found && mark !== 'protected' && reasons.every(({ code }) => lifting.includes(code));
  return {
    protected: reasons.length > 0,
    reasons,
    ...(secretsAlone && reasons.length > 0 ? { secrets: found.secrets } : {}),
  };
}

export function markReason(boundary: Boundary): Reason {
  return { code: 'protectedMark', params: { boundary } };
}

/** The same reason, said of the boundary that is asked for now. */
export function atBoundary(reason: Reason, boundary: Boundary): Reason {
  switch (reason.code) {
    case 'protectedPath':
    case 'protectedLines':
      return { code: reason.code, params: { ...reason.params, boundary } } as Reason;
    case 'protectedSecret':
      return { code: reason.code, params: { ...reason.params, boundary } };
    case 'protectedMark':
    case 'scanTimeout':
      return { code: reason.code, params: { boundary } };
    default:
      return reason;
  }
}
