import * as l10n from '@vscode/l10n';
import type { Classification, Considered, Decision } from '../vocabulary/decision.ts';
import { bandOf, type DifficultyBand } from '../vocabulary/experience.ts';
import { sameModel } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { type Task, tasks } from '../vocabulary/task.ts';
import { type EstimateTable, estimateTable, isAside, priceOf, roughly } from './estimates.ts';
import { sum } from './money.ts';
import { taskName } from './names.ts';
import { plainText } from './plainText.ts';
import { reasonSentence } from './reasons.ts';

/** A decision in words, for every place that shows one. Texts are plain: names in them are not escaped. */
export interface Explanation {
  /** The chosen model's name. */
  readonly model: string;
  /** The rule that decided, as a sentence. */
  readonly rule: string;
  /** Which task it is, with its probability and the runner-up's, and how hard. */
  readonly asked: string;
  /** The other reasons, each once, in order of weight. */
  readonly also: readonly string[];
  readonly estimates: EstimateTable;
  /** What the table's figures mean; absent where no quality was estimated. */
  readonly bar?: string;
  /** What the other side would take; absent where there is no price. */
  readonly elsewhere?: string;
  /** Who is next should it fail, by name. */
  readonly next: readonly string[];
  /** Who was not asked and by which rule, those of one rule together. */
  readonly removed: readonly Removed[];
}

export interface Removed {
  /** "a, b: "; empty where the sentence names its model itself. */
  readonly who: string;
  readonly because: string;
}

/** @param sent whether the request was made: what it would cost, or would have cost */
export function explain(decision: Decision, sent: boolean): Explanation {
  const [first = decision.reasons[0], ...others] = telling(decision.reasons);
  const rule = first ? inFull(first, decision) : '';
  // A fallback whose cause stands in the first sentence already would only say it again.
  const also = others.filter((reason) => !rule.includes(causeOf(reason, decision) ?? reasonSentence(reason)));
  const bar = barOf(decision);
  const elsewhere = elsewhereOf(decision, sent);
  return {
    model: decision.model.name,
    rule,
    asked: askedFor(decision.classification),
    also: [...new Set(also.map(reasonSentence))],
    estimates: estimateTable(decision),
    ...(bar === undefined ? {} : { bar }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
    next: decision.chain.map(({ name }) => name),
    removed: removedOf(decision, rule),
  };
}

/** The task has a line of its own; and that local models will do says less than which one will, and how surely. */
export function telling(reasons: readonly Reason[]): readonly Reason[] {
  const measured = reasons.some(({ code }) => code === 'goodEnough');
  return reasons.filter(
    ({ code }) =>
      code !== 'taskByCommand' &&
      code !== 'taskByText' &&
      code !== 'taskByRule' &&
      !(measured && code === 'routineTask'),
  );
}

/** That a side cannot be asked is told with the rule that stands against it. */
function inFull(reason: Reason, decision: Decision): string {
  const cause = causeOf(reason, decision);
  return cause === undefined ? reasonSentence(reason) : `${reasonSentence(reason)} ${cause}`;
}

function causeOf({ code }: Reason, { considered }: Decision): string | undefined {
  const missing = code === 'fallbackToLocal' ? 'claude' : code === 'fallbackToClaude' ? 'local' : undefined;
  const against = considered.find(
    ({ route, removedBy }) => route === missing && removedBy && removedBy.code !== 'tierNotAllowed',
  );
  return against?.removedBy && reasonSentence(against.removedBy);
}

/** "It reads like tests (82 %), else a fix (11 %). Easy (difficulty 0.18 of 1)." */
export function askedFor(classification: Classification): string {
  const { task, difficulty } = classification;
  const words: Record<DifficultyBand, string> = {
    easy: l10n.t('Easy'),
    medium: l10n.t('Of medium difficulty'),
    hard: l10n.t('Hard'),
  };
  const level = l10n.t('{level} (difficulty {difficulty} of 1).', {
    level: words[bandOf(difficulty)],
    difficulty: difficulty.toFixed(2),
  });
  return `${taskSentence(classification, task)} ${level}`;
}

function taskSentence({ tasks: found, confidence, reasons }: Classification, task: Task): string {
  const named = reasons.find(({ code }) => code === 'taskByCommand' || code === 'taskByRule');
  if (named) return reasonSentence(named);
  const percent = Math.round(confidence * 100);
  const second = runnerUp(found, task);
  if (!second) return l10n.t('It reads like {task} ({percent} % sure).', { task: taskName(task), percent });
  const params = { task: taskName(task), percent, other: taskName(second.task), second: second.percent };
  return reasons.some(({ code }) => code === 'taskUnsure')
    ? l10n.t('It is not clear what is asked: {task} ({percent} %) or {other} ({second} %).', params)
    : l10n.t('It reads like {task} ({percent} %), else {other} ({second} %).', params);
}

function runnerUp(
  found: Classification['tasks'],
  task: Task,
): { readonly task: Task; readonly percent: number } | undefined {
  let best: Task | undefined;
  for (const other of tasks)
    if (other !== task && (found[other] ?? 0) > (best ? (found[best] ?? 0) : 0)) best = other;
  const percent = best ? Math.round((found[best] ?? 0) * 100) : 0;
  return best && percent > 0 ? { task: best, percent } : undefined;
}

function barOf({ bar, considered }: Decision): string | undefined {
  if (bar === undefined || !considered.some(({ quality }) => quality)) return undefined;
  return l10n.t('"Will do": at least this share of such answers should do. {bar} % are needed.', {
    bar: Math.round(bar * 100),
  });
}

/** The other side's price: Claude's where a local model was chosen, this machine's where Claude was. */
function elsewhereOf(decision: Decision, sent: boolean): string | undefined {
  const other = otherSide(decision);
  const cost = other && priceOf(other);
  if (!other || !cost) return undefined;
  const params = { model: plainText(other.model.name), cost: sum(roughly(cost)) };
  if (other.route === 'local')
    return sent
      ? l10n.t('On this machine, by {model}, it would have cost {cost}.', params)
      : l10n.t('On this machine, by {model}, it would cost {cost}.', params);
  return sent
    ? l10n.t('By {model} it would have cost about {cost}.', params)
    : l10n.t('By {model} it would cost about {cost}.', params);
}

/** The one that would most likely have been asked: what was left before what a rule removed, and never a tier that is asked by name alone. */
function otherSide({ route, model, considered, chain }: Decision): Considered | undefined {
  const others = considered.filter(
    (one) =>
      priceOf(one) !== undefined &&
      !isAside(one.tier, one.removedBy) &&
      (route === 'local' ? one.route === 'claude' : one.route === 'local') &&
      !sameModel(one.model, model),
  );
  const inChain = (one: Considered) => chain.some((id) => sameModel(id, one.model));
  return others.find(inChain) ?? others.find(({ removedBy }) => !removedBy) ?? others[0];
}

/**
 * Who was not asked and by which rule, those of one rule together.
 * @param rule said already: what it says of a model by name is not said again
 */
export function removedOf({ considered }: Pick<Decision, 'considered'>, rule = ''): readonly Removed[] {
  const groups = new Map<string, string[]>();
  for (const { model, removedBy } of considered) {
    if (!removedBy) continue;
    const because =
      removedBy.code === 'tierNotAllowed'
        ? l10n.t('Used only when you ask for it.')
        : reasonSentence(removedBy);
    groups.set(because, [...(groups.get(because) ?? []), plainText(model.name)]);
  }
  return [...groups].flatMap(([because, names]): readonly Removed[] => {
    const [name = ''] = names;
    const saysWho = names.length === 1 && because.includes(name);
    if (!saysWho) return [{ who: `${names.join(', ')}: `, because }];
    return rule.includes(because) ? [] : [{ who: '', because }];
  });
}
