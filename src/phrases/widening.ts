import * as l10n from '@vscode/l10n';
import type { Widening } from '../vocabulary/experience.ts';
import { taskName } from './names.ts';
import { plainText } from './plainText.ts';

/** What Maia proposes, on which evidence, and what follows from a yes. */
export function wideningSentence({ model, task, passedChecks }: Widening): string {
  return l10n.t(
    '{model} passed {count} checks here ({task}). Always keep such requests on this machine? The hard ones then stay here too.',
    { model: plainText(model.name), count: passedChecks, task: taskName(task) },
  );
}
