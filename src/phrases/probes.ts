import * as l10n from '@vscode/l10n';
import type { ProbeFinding, ProbeKind, ProbeResult, ProbeStep } from '../vocabulary/probe.ts';
import { plainText } from './plainText.ts';

/** What a probe asks just now. */
export function probeStepName(step: ProbeStep): string {
  const names: Record<ProbeStep, string> = {
    oneTool: l10n.t('calls a tool'),
    chooseTool: l10n.t('chooses the right tool'),
    typedArguments: l10n.t('gives the right arguments'),
    noCall: l10n.t('calls none where none is needed'),
    useResult: l10n.t("uses a tool's result"),
    oneWord: l10n.t('answers in one word'),
    repeat: l10n.t('repeats what it was told'),
    recall: l10n.t('remembers the turn before'),
  };
  return names[step];
}

/** What a probe found, as one sentence with what follows from it. */
export function probeSentence({ kind, model, passed, steps }: ProbeResult): string {
  const name = plainText(model.name);
  if (passed) return passedSentence(kind, name);
  const missed = steps.find(({ finding }) => finding !== 'passed');
  const what = missed
    ? l10n.t('"{step}": {finding}', { step: probeStepName(missed.step), finding: findingOf(missed.finding) })
    : '';
  return kind === 'tools'
    ? l10n.t('{model} gets no tools, for it did not pass: {what}.', { model: name, what })
    : l10n.t('{model} is not asked, for it did not follow a chat: {what}.', { model: name, what });
}

function passedSentence(kind: ProbeKind, model: string): string {
  return kind === 'tools'
    ? l10n.t('{model} calls tools correctly: Maia may give it tools from now on.', { model })
    : l10n.t('{model} follows a chat: Maia may ask it.', { model });
}

function findingOf(finding: ProbeFinding): string {
  const words: Record<ProbeFinding, string> = {
    passed: l10n.t('passed'),
    noCall: l10n.t('it called none'),
    callAsText: l10n.t('it wrote the call as text'),
    wrongTool: l10n.t('it called another one'),
    wrongArguments: l10n.t('the arguments were wrong'),
    needlessCall: l10n.t('it called one all the same'),
    wrongAnswer: l10n.t('the answer was wrong'),
    doesNotEnd: l10n.t('it did not stop by itself'),
    timedOut: l10n.t('it took too long'),
    failed: l10n.t('the call failed'),
  };
  return words[finding];
}
