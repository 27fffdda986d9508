import type { Task } from '../vocabulary/task.ts';
import { judgeCode, prepareCode } from './codeTask.ts';
import { judgeCommit } from './commit/judgeCommit.ts';
import { prepareCommit } from './commit/prepareCommit.ts';
import { judgeDocument } from './document/judgeDocument.ts';
import { prepareDocument } from './document/prepareDocument.ts';
import type { Plan } from './plan.ts';
import type { Judge, Prepare } from './taskDefinition.ts';
import { judgeTests } from './tests/judgeTests.ts';
import { prepareTests } from './tests/prepareTests.ts';
import { judgeText } from './text/judgeText.ts';
import { judgeRelayed, prepareText } from './textTask.ts';

/** How each task is put into messages. */
export const prepareOf: Readonly<Record<Task, Prepare>> = {
  explain: prepareText,
  document: prepareDocument,
  prose: prepareText,
  tests: prepareTests,
  fix: prepareCode,
  generate: prepareCode,
  edit: prepareCode,
  refactor: prepareCode,
  review: prepareText,
  commit: prepareCommit,
  shell: prepareText,
  architecture: prepareText,
  security: prepareText,
  chat: prepareText,
};

/** What checks the answer to each form of plan. */
export const judgeOf: { readonly [Form in Plan['form']]: Judge<Extract<Plan, { form: Form }>> } = {
  text: judgeText,
  relayed: judgeRelayed,
  code: judgeCode,
  commit: judgeCommit,
  document: judgeDocument,
  tests: judgeTests,
};
