/** What a developer can ask for. `document` is comments in code, `prose` a guide, README or runbook. */
export const tasks = [
  'explain',
  'document',
  'prose',
  'tests',
  'fix',
  'generate',
  'edit',
  'refactor',
  'review',
  'commit',
  'shell',
  'architecture',
  'security',
  'chat',
] as const;
export type Task = (typeof tasks)[number];

/** Tasks whose answers change code: held with progress until their check is done. All others stream. */
export const heldTasks = [
  'document',
  'tests',
  'generate',
  'edit',
  'fix',
  'refactor',
  'commit',
] as const satisfies readonly Task[];
export type HeldTask = (typeof heldTasks)[number];
