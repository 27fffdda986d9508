import * as l10n from '@vscode/l10n';
import type { Boundary, Route, Tier } from '../vocabulary/model.ts';
import type { Dial } from '../vocabulary/policy.ts';
import type { Task } from '../vocabulary/task.ts';

/** What a task is called in the middle of a sentence. */
export function taskName(task: Task): string {
  const names: Record<Task, string> = {
    explain: l10n.t('an explanation'),
    document: l10n.t('comments in code'),
    prose: l10n.t('documentation'),
    tests: l10n.t('tests'),
    fix: l10n.t('a fix'),
    generate: l10n.t('new code'),
    edit: l10n.t('an edit'),
    refactor: l10n.t('a refactoring'),
    review: l10n.t('a review'),
    commit: l10n.t('a commit message'),
    shell: l10n.t('a shell command'),
    architecture: l10n.t('architecture'),
    security: l10n.t('security work'),
    chat: l10n.t('a question'),
  };
  return names[task];
}

export function routeName(route: Route): string {
  const names: Record<Route, string> = {
    local: l10n.t('a model on this machine'),
    claude: l10n.t('Claude'),
    other: l10n.t('another cloud model'),
  };
  return names[route];
}

export function tierName(tier: Tier): string {
  const names: Record<Tier, string> = { haiku: 'Haiku', sonnet: 'Sonnet', opus: 'Opus' };
  return names[tier];
}

export function boundaryName(boundary: Boundary): string {
  const names: Record<Boundary, string> = {
    machine: l10n.t('this machine'),
    network: l10n.t('a host on your network'),
    cloud: l10n.t('the cloud'),
  };
  return names[boundary];
}

export function dialName(dial: Dial): string {
  const names: Record<Dial, string> = {
    economy: l10n.t('economy'),
    balanced: l10n.t('balanced'),
    quality: l10n.t('quality'),
  };
  return names[dial];
}
