import { dirname, relative } from 'node:path';
import type { Target } from '../../vocabulary/request.ts';
import { focusMaterial, focusOf } from '../focus.ts';
import { instructions } from '../instructions.ts';
import { contextMaterial, fenced, type Material, pathsOf, question, taskMessages } from '../promptText.ts';
import type { Prepare } from '../taskDefinition.ts';
import type { TaskTools } from '../tasks.ts';
import { prepareText, textDraft } from '../textTask.ts';
import { warmTypes } from '../types/askTypes.ts';
import { slashed } from './projectFolders.ts';
import { askToRun } from './run/runTests.ts';
import { frameworkNames, setupFor } from './testSetup.ts';
import type { TestSetup, TestsPlan } from './testsPlan.ts';

/** An existing test file goes into the prompt up to this many characters (about 1,200 tokens). */
const existingLimit = 4000;
/** So does the head of the source's own file, for the types and constants that a function uses. */
const fileLimit = 6000;

/** Asks for tests of the function at the cursor in the project's own framework; without a target the answer is text. */
export const prepareTests: Prepare = async (task, request, tools, signal) => {
  const { target } = request;
  if (!target) return prepareText(task, request, tools, signal);
  const focus = await focusOf(target, tools, signal, 'never');
  if (!focus.ok) return focus;
  const { unit, span } = focus.value;
  const find = setupFor(target.languageId);
  if (!unit || !find || target.partial) {
    const piece = focusMaterial(target, span, 'Selected code');
    const bytes = new TextEncoder().encode(target.text).length;
    return {
      ok: true,
      value: textDraft(task, request, [...contextMaterial(request), piece], {
        unchecked: target.partial
          ? { code: 'tooLargeToParse', params: { bytes } }
          : { code: 'noGrammar', params: { languageId: target.languageId } },
      }),
    };
  }
  if (target.path === undefined) return { ok: false, failure: { code: 'noFolder', params: { task } } };
  const setup = await find(
    { path: target.path, folder: target.folder, text: target.text },
    unit,
    tools.files,
    signal,
  );
  if (!setup.ok) return setup;
  const materials = [
    ...contextMaterial(request).filter((item) => !target.text.includes(item.text.trim())),
    ...sourceMaterial(target, unit.span),
    ...(setup.value.path === target.path ? [] : existingMaterial(setup.value)),
  ];
  const own = question(task, request);
  const asked = [
    ...(own === instructions.tests.question ? [] : [own]),
    await testsQuestion(setup.value, target, unit, tools, signal),
  ].join('\n\n');
  const plan: TestsPlan = {
    form: 'tests',
    ...setup.value,
    uri: siblingUri(target, setup.value.path),
    unit,
    source: target.text,
    sourcePath: target.path,
    folder: target.folder,
  };
  // Not waited for: whoever does not answer in time has the tests not run.
  askToRun(plan, tools, signal).catch(() => undefined);
  const { path, existing, languageId } = setup.value;
  warmTypes(
    {
      path,
      folder: target.folder,
      languageId,
      beside: [{ path: target.path, text: target.text }],
      ...(existing !== undefined && { before: existing }),
    },
    tools,
  );
  return {
    ok: true,
    value: {
      task,
      messages: taskMessages(task, request, materials, asked),
      held: true,
      outputTokens: instructions.tests.outputTokens,
      // Also where the file with the tests is too long to go along: its names and its first lines do.
      paths: [
        ...new Set([
          ...pathsOf(materials),
          ...(setup.value.existing === undefined ? [] : [setup.value.path]),
        ]),
      ],
      plan,
    },
  };
};

/** The whole file where it is small, with the function after it only where it is not the file's only content. */
function sourceMaterial(target: Target, span: { readonly start: number; readonly end: number }): Material[] {
  const piece = focusMaterial(target, span, 'The code to test');
  if (target.text.length > fileLimit || target.text.trim() === piece.text.trim()) return [piece];
  const whole = focusMaterial(target, { start: 0, end: target.text.length }, 'The file');
  return [whole];
}

function existingMaterial(setup: TestSetup): Material[] {
  if (setup.existing === undefined || setup.existing.length > existingLimit) return [];
  return [
    {
      label: 'The tests that are there already',
      text: setup.existing,
      languageId: setup.languageId,
      path: setup.path,
    },
  ];
}

async function testsQuestion(
  setup: TestSetup,
  target: Target,
  unit: TestsPlan['unit'],
  tools: TaskTools,
  signal: AbortSignal,
): Promise<string> {
  const where = slashed(relative(target.folder ?? dirname(setup.path), setup.path));
  const lines = [
    `Write ${frameworkNames[setup.framework]} tests for the ${unit.kind} \`${unit.name}\`${unit.owner ? ` of \`${unit.owner}\`` : ''}.`,
    setup.path === target.path
      ? `They will be in the module \`tests\` of the file \`${where}\`. It begins with these lines, which you keep as they are:`
      : `They will be in the file \`${where}\`. It begins with these lines, which you keep as they are:`,
    fenced(setup.header, setup.languageId),
  ];
  if (setup.existing !== undefined) {
    const names = await existingNames(setup, tools, signal);
    lines.push(
      `The file exists. Write only new tests, after those lines.${
        names.length > 0 ? ` These names are taken: ${names.map((name) => `\`${name}\``).join(', ')}.` : ''
      }`,
    );
  }
  lines.push(
    'Each test has this shape, with a name of its own and real values in place of `...`:',
    fenced(setup.shape, setup.languageId),
    `Write 3 to 5 tests: usual input, limits, wrong input. Each calls \`${unit.name}\` and checks the result with ${setup.assertion}.`,
    'Answer with one code block: those lines and the tests.',
  );
  return lines.join('\n');
}

async function existingNames(setup: TestSetup, tools: TaskTools, signal: AbortSignal): Promise<string[]> {
  const source = { languageId: setup.languageId, text: setup.existing ?? '' };
  try {
    const cases = await tools.code.testCases(source, signal);
    return cases.ok ? cases.value.map((one) => one.name).slice(0, 40) : [];
  } catch (error) {
    if (signal.aborted) throw error;
    return [];
  }
}

/** The URI of a path that lies somewhere near the target, on the target's own file system. */
export function siblingUri(target: Target, path: string): string {
  const way = slashed(relative(dirname(target.path ?? path), path));
  return new URL(way.split('/').map(encodeURIComponent).join('/'), target.uri).href;
}
