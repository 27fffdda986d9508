import { randomBytes } from 'node:crypto';
import { realpath as nodeRealpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { AllowedBecause, EgressRow } from '../vocabulary/egress.ts';
import type { MarkCause } from '../vocabulary/mark.ts';
import type { Model } from '../vocabulary/model.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Log } from '../vocabulary/ports.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { defaultLineIndexMegabytes } from '../vocabulary/settings.ts';
import { isTrustedHost } from '../vocabulary/trustedHost.ts';
import type { Found, FoundSecret, LinesJob } from './job.ts';
import { issue, type Permit } from './permit.ts';
import type { LeftOut } from './protectedLines.ts';
import { atBoundary, markReason, type Protection, protectionOf, reasonsOf } from './protection.ts';
import { isAbsolutePlace, type RealPath, realPathOf } from './realPaths.ts';
import { Scanner, type ScannerOptions } from './scanner.ts';

/** What a request carries, as far as privacy is concerned. */
export interface Carried {
  /** Every text of the attempt: prompt, selection, references, history, tool results. */
  readonly texts: readonly string[];
  /** Absolute paths (or URIs where there is no path) of everything that a text was taken from. */
  readonly paths: readonly string[];
  /** Something this conversation was derived from was protected. Waited for beside the scan; must not reject. */
  readonly marked: MarkCause | undefined | Promise<MarkCause | undefined>;
}

export interface Privacy {
  /** Looks at what a request carries before a route is chosen. Never throws for a scan that fails: that is protected. */
  examine(carried: Carried, policy: Policy, signal: AbortSignal): Promise<Protection>;
  /**
   * Scans the very bytes of one attempt. `protection` is what `examine` said of the request; what it protected is
   * refused here too, whatever the bytes look like.
   */
  permit(
    attempt: {
      readonly requestId: string;
      readonly composed: { readonly model: Model; readonly host: string; readonly body: string };
      readonly protection: Protection;
      readonly at: number;
    },
    policy: Policy,
    signal: AbortSignal,
  ): Promise<
    | { readonly ok: true; readonly permit: Permit; readonly egress: EgressRow }
    | {
        readonly ok: false;
        readonly reason: Reason;
        /** Set where nothing but these, found in the bytes, stood against it. */
        readonly secrets?: readonly FoundSecret[];
      }
  >;
  /** The texts with a placeholder for each secret. Undefined where that could not be done, or not in time. */
  mask(texts: readonly string[], signal: AbortSignal): Promise<readonly string[] | undefined>;
  dispose(): Promise<void>;
}

export interface PrivacyOptions {
  /** The worker's own file: `privacyWorker.js` beside the bundle, `src/privacy/worker.ts` in tests. */
  readonly workerUrl: URL;
  /** The most milliseconds of one scan; beyond it what was scanned is protected. */
  readonly timeoutMs?: number;
  /** The most milliseconds that the worker may take to start. */
  readonly startMs?: number;
  /** UTF-16 units of one scan; the Messages API takes 32 MB at most. */
  readonly limit?: number;
  readonly realpath?: RealPath;
  /** Folders whose protected files are known again by their lines, absolute; none by default. */
  readonly folders?: () => readonly string[];
  /** The longest wait for those files to be read, ms; beyond it what is there and unread protects. */
  readonly linesMs?: number;
  /** Starts the worker; a thread by default. */
  readonly startWorker?: ScannerOptions['startWorker'];
  /** Told once of each pattern that means nothing, and of a scan that failed. */
  readonly log?: Pick<Log, 'warn'>;
}

function leftOutLine({ beyond, unread, cut }: LeftOut): string {
  const said = [
    ...(beyond > 0 ? [`${beyond} not or not wholly (maia.privacy.lineIndexMegabytes, 1 MiB a file)`] : []),
    ...(unread > 0 ? [`${unread} could not be read`] : []),
    ...(cut ? ['not all folders were seen'] : []),
  ];
  return `Lines of protected files are known by hashes, with these left out: ${said.join('; ')}`;
}

/** The worker starts at the first call and stays. */
export function createPrivacy(options: PrivacyOptions): Privacy {
  const timeoutMs = options.timeoutMs ?? 1000;
  const realpath = options.realpath ?? nodeRealpath;
  const scanner = new Scanner({
    workerUrl: options.workerUrl,
    timeoutMs,
    startMs: options.startMs ?? 10_000,
    limit: options.limit ?? 40_000_000,
    ...(options.startWorker ? { startWorker: options.startWorker } : {}),
  });
  const told = new Set<string>();
  const key = randomBytes(32).toString('hex');

  function tellOnce(line: string): void {
    if (told.has(line)) return;
    told.add(line);
    options.log?.warn(line);
  }

  function tell(found: Found | undefined): void {
    if (!found) tellOnce('A scan for secrets did not finish; what it was for counts as protected');
    for (const glob of found?.badGlobs ?? [])
      tellOnce(`maia.privacy.protectedPaths: the pattern ${JSON.stringify(glob)} means nothing`);
    if (found?.leftOut) tellOnce(leftOutLine(found.leftOut));
  }

  /** Where lines of protected files are looked for; undefined where they are not. */
  function linesOf({ privacy }: Policy): { lines: LinesJob } | undefined {
    const folders = options.folders?.() ?? [];
    const { lineIndexMegabytes: megabytes = defaultLineIndexMegabytes } = privacy;
    if (folders.length === 0 || !(megabytes > 0)) return undefined;
    return { lines: { folders, megabytes, waitMs: options.linesMs ?? 1_000, readMs: 5_000 } };
  }

  /** Where links lead that is not among the paths already. Undefined where the file system does not answer in time. */
  async function linkedPaths(paths: readonly string[]): Promise<readonly string[] | undefined> {
    if (paths.length === 0) return paths;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), timeoutMs);
    });
    const folders = options.folders?.() ?? [];
    const places = paths.flatMap((path) =>
      // A tool's call names a file from the folder that it works in.
      isAbsolutePlace(path) ? [path] : folders.map((folder) => join(folder, path)),
    );
    const all = Promise.all(places.map((path) => realPathOf(path, realpath))).then((real) => {
      const others = new Set(real.filter((path) => path !== undefined));
      for (const path of paths) others.delete(path);
      return [...others];
    });
    try {
      return await Promise.race([all, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async examine(carried, policy, signal) {
      signal.throwIfAborted();
      const paths = [...new Set(carried.paths)];
      const globs = policy.privacy.protectedPaths;
      const [linked, marked] = await Promise.all([linkedPaths(paths), carried.marked]);
      const found =
        linked &&
        (await scanner.scan(
          {
            texts: carried.texts,
            paths: [...paths, ...linked],
            globs,
            key,
            ...linesOf(policy),
          },
          signal,
        ));
      tell(found);
      return protectionOf(found, marked);
    },

    async permit({ requestId, composed, protection, at }, policy, signal) {
      const { model, host, body } = composed;
      const { boundary } = model;
      if (boundary === 'machine') throw new TypeError('What stays on this machine needs no permit');
      const trusted = boundary === 'network' && isTrustedHost(host, policy.privacy.trustedHosts);
      const allowed = (allowedBecause: AllowedBecause) => ({
        ok: true as const,
        permit: issue(boundary, Object.freeze({ model, host, body })),
        egress: {
          requestId,
          at,
          host,
          model: model.id.name,
          bytes: Buffer.byteLength(body),
          allowedBecause,
        },
      });
      if (protection.protected) {
        if (trusted) return allowed('trustedHost');
        const first = protection.reasons[0];
        return { ok: false, reason: first ? atBoundary(first, boundary) : markReason(boundary) };
      }
      const globs = policy.privacy.protectedPaths;
      const found = await scanner.scan(
        { texts: [], body, paths: [], globs, key, ...linesOf(policy) },
        signal,
      );
      tell(found);
      const { lifted } = protection;
      const letGo = lifted?.by === 'allowedOnce' ? lifted.ids : [];
      const held = found && { ...found, secrets: found.secrets.filter(({ id }) => !letGo.includes(id)) };
      const reasons = reasonsOf(held, boundary);
      const [reason] = reasons;
      if (!reason) return allowed(lifted?.by ?? 'nothingProtected');
      if (trusted) return allowed('trustedHost');
      const secretsAlone = held && reasons.every(({ code }) => code === 'protectedSecret');
      return { ok: false, reason, ...(secretsAlone ? { secrets: held.secrets } : {}) };
    },

    async mask(texts, signal) {
      const found = await scanner.scan({ texts, paths: [], globs: [], key, mask: true }, signal);
      return found?.masked;
    },

    dispose: () => scanner.dispose(),
  };
}
