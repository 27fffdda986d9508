import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Policy } from '../../vocabulary/policy.ts';

const fileName = 'policy.json';

/** Leaves the policy in the user's folder for processes that have no editor. It holds no secret. */
export async function writePolicySnapshot(folder: string, policy: Policy): Promise<void> {
  const path = join(folder, fileName);
  // Several windows, and one of them twice in a row, may write at the same time.
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, `${JSON.stringify(policy, undefined, 2)}\n`, { mode: 0o600 });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

export type Snapshot =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly policy: unknown }
  | { readonly kind: 'unreadable' };

/** `unreadable` is not `none`: whoever meets it must not ask a model beyond this machine. */
export async function readPolicySnapshot(folder: string): Promise<Snapshot> {
  let text: string;
  try {
    text = await readFile(join(folder, fileName), 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? { kind: 'none' } : { kind: 'unreadable' };
  }
  try {
    return { kind: 'read', policy: JSON.parse(text) };
  } catch {
    return { kind: 'unreadable' };
  }
}
