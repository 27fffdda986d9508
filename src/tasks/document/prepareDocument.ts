import type { Target } from '../../vocabulary/request.ts';
import { type Focus, focusMaterial, focusOf } from '../focus.ts';
import { instructions } from '../instructions.ts';
import { contextMaterial, fenced, localeLine, pathsOf, question, taskMessages } from '../promptText.ts';
import type { Prepare } from '../taskDefinition.ts';
import { prepareText } from '../textTask.ts';
import { blank, commentForm, emptyForm } from './commentForm.ts';

/** Asks for the comment of the function at the cursor; without a target the answer is text. */
export const prepareDocument: Prepare = async (task, request, tools, signal) => {
  const { target } = request;
  if (!target) return prepareText(task, request, tools, signal);
  const focus = await focusOf(target, tools, signal, 'never');
  if (!focus.ok) return focus;
  const { unit } = focus.value;
  if (!unit && !focus.value.selected) {
    return { ok: false, failure: { code: 'nothingSelected', params: { languageId: target.languageId } } };
  }
  const span = unit?.span ?? focus.value.span;
  const piece = focusMaterial(target, span, unit ? `The ${unit.kind}` : 'The code');
  const others = contextMaterial(request).filter((item) => !piece.text.includes(item.text.trim()));
  const own = question(task, request);
  const asked = [
    ...(own === instructions.document.question ? [] : [own]),
    documentQuestion(target, focus.value),
    ...(localeLine(request) ? [localeLine(request)] : []),
  ].join('\n\n');
  const materials = [...others, piece];
  return {
    ok: true,
    value: {
      task,
      messages: taskMessages(task, request, materials, asked),
      held: true,
      outputTokens: instructions.document.outputTokens,
      paths: pathsOf(materials),
      plan: {
        form: 'document',
        uri: target.uri,
        path: target.path,
        languageId: target.languageId,
        before: target.text,
        partial: target.partial,
        selection: target.selection,
        unit: target.partial ? undefined : unit,
        indent: target.indent,
      },
    },
  };
};

/** What is asked of the model, with the comment's own form. */
export function documentQuestion(target: Target, focus: Focus): string {
  const { unit } = focus;
  const form = commentForm(target.languageId);
  if (!unit) {
    const name = form ? form.name : `documentation comment in the form that ${target.languageId} uses`;
    return `Write the ${name} for this code. Answer with the comment alone.`;
  }
  const lines = [`Write the ${form?.name ?? 'comment'} for the ${unit.kind} \`${unit.name}\`.`];
  if (unit.doc) {
    const doc = target.text.slice(unit.doc.start, unit.doc.end);
    lines.push(`It has this comment now, which yours replaces:\n${fenced(doc, target.languageId)}`);
  }
  lines.push(
    `Answer with the comment alone, in this form, with your own words in place of each ${blank}:`,
    fenced(emptyForm(target.languageId, unit, target.text), target.languageId),
  );
  return lines.join('\n');
}
