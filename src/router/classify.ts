import type { Classification } from '../vocabulary/decision.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { type Task, tasks } from '../vocabulary/task.ts';
import { clausesOf, harderOf } from './clauses.ts';
import { difficultyOf } from './difficulty.ts';
import { PromptFeatures } from './promptFeatures.ts';
import { type PromptZones, zonesOf } from './promptZones.ts';
import type { ClassifierInput } from './router.ts';
import { slashTask } from './slashTask.ts';
import { weighSurroundings } from './surroundings.ts';
import { labels, TaskModel } from './taskModel.ts';
import weights from './taskWeights.json' with { type: 'json' };

/** Below this the classifier does not know: the stronger route is taken. */
export const sureEnough = 0.5;

let model: TaskModel | undefined;
const features = new PromptFeatures();
const follow = labels.indexOf('follow');

/** Units up to which a turn may do no more than go on with the last one. */
const shortTurn = 90;

/**
 * Which task a request is: by its command where there is one, else by a linear model over what was typed, trained
 * offline (`npm run train`). The weights are unpacked at the first call. At most 8,001 units of the text are looked at.
 */
export function classify(input: ClassifierInput): Classification {
  const zones = zonesOf(input.text);
  const named = input.task ?? slashTask(zones.ask);
  if (named)
    return {
      task: named,
      tasks: { [named]: 1 },
      difficulty: difficulty(named, input, zones),
      confidence: 1,
      reasons: [{ code: 'taskByCommand', params: { task: named } }],
    };

  model ??= new TaskModel(weights);
  const found = probabilities(zones, input.contextItems > 0, model);
  const because = weighSurroundings(found, input.text.length, input);
  const { lastTask } = input;
  const goesOn = found[follow] ?? 0;
  if (lastTask) {
    const place = tasks.indexOf(lastTask);
    const nudge = input.text.length <= shortTurn ? 0.15 : 0;
    found[place] = (found[place] ?? 0) + goesOn + nudge;
  }
  let best = 0;
  let sum = 0;
  for (let place = 0; place < tasks.length; place += 1) {
    const probability = found[place] ?? 0;
    sum += probability;
    if (probability > (found[best] ?? 0)) best = place;
  }
  const task = tasks[best] ?? 'chat';
  // A turn that only goes on, with nothing to go on from, is no clearer for leaving that possibility out.
  const confidence = rounded((found[best] ?? 0) / (lastTask ? sum : sum + goesOn));
  const reasons: Reason[] = [
    confidence < sureEnough
      ? { code: 'taskUnsure', params: { task } }
      : { code: 'taskByText', params: { task, probability: confidence } },
  ];
  if (because && because.task === task) reasons.push({ code: 'taskByContext', params: because });
  return {
    task,
    tasks: distribution(found),
    difficulty: difficulty(task, input, zones),
    confidence,
    reasons,
  };
}

/** The clauses' part in what a prompt of several is; the rest is the whole's. */
const clauseShare = 0.65;

/** Of the whole prompt; where it orders two things or more, of each by itself as well, for the harder one decides. */
function probabilities(zones: PromptZones, attached: boolean, known: TaskModel): Float64Array {
  features.read(zones, attached);
  const found = known.probabilities(features);
  const clauses = clausesOf(zones);
  if (clauses.length === 0) return found;
  const whole = found.slice();
  let harder: Float64Array | undefined;
  for (const clause of clauses) {
    features.read({ ...zones, ask: clause, body: '', asked: '' }, attached);
    const own = known.probabilities(features);
    harder = harder ? harderOf(harder, own) : own.slice();
  }
  return whole.map((value, label) => (1 - clauseShare) * value + clauseShare * (harder?.[label] ?? 0));
}

function difficulty(task: Task, input: ClassifierInput, zones: PromptZones): number {
  return difficultyOf(task, {
    text: `${zones.ask}\n${zones.body}`,
    prompt: input.text,
    contextItems: input.contextItems,
    contextCharacters: input.contextCharacters,
  });
}

/** What is less likely than one in a hundred is left out. */
function distribution(found: Float64Array): Partial<Record<Task, number>> {
  let sum = 0;
  let top = 0;
  for (let place = 0; place < tasks.length; place += 1) top = Math.max(top, found[place] ?? 0);
  const least = Math.min(0.01, top);
  for (let place = 0; place < tasks.length; place += 1)
    if ((found[place] ?? 0) >= least) sum += found[place] ?? 0;
  const kept: Partial<Record<Task, number>> = {};
  tasks.forEach((task, place) => {
    const probability = found[place] ?? 0;
    if (probability >= least) kept[task] = probability / sum;
  });
  return kept;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** Names the weights that are shipped. */
export const weightsVersion: string = weights.version;
