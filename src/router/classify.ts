import type { Classification } from '../vocabulary/decision.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { Task } from '../vocabulary/task.ts';
import type { WordClass } from './lexicon.ts';
import { bounded, ownWords } from './ownWords.ts';
import type { ClassifierInput } from './router.ts';
import { baseDifficulty, errorShapes, type TaskRule, taskRules, verbs } from './taskRules.ts';
import { type Token, tokens } from './wordClasses.ts';

/** Below this the classifier does not know: the stronger route is taken. */
export const sureEnough = 0.5;

interface Clause {
  /** Class and the place of its first word, polite words not counted. */
  readonly classes: ReadonlyMap<WordClass, number>;
  readonly best?: { readonly rule: TaskRule; readonly score: number; readonly byVerb: boolean };
}

function clausesOf(words: readonly Token[]): readonly Clause[] {
  const clauses: Clause[] = [];
  let classes = new Map<WordClass, number>();
  let place = 0;
  const close = () => {
    if (classes.size > 0) clauses.push({ classes, best: bestRule(classes) });
    classes = new Map();
    place = 0;
  };
  for (const word of words) {
    if (word.ends) {
      close();
      continue;
    }
    for (const name of word.classes) if (!classes.has(name)) classes.set(name, place);
    if (!word.classes.includes('polite')) place += 1;
  }
  close();
  return clauses;
}

function bestRule(classes: ReadonlyMap<WordClass, number>): Clause['best'] {
  let best: NonNullable<Clause['best']> | undefined;
  for (const rule of taskRules) {
    if (!rule.all.every((name) => classes.has(name))) continue;
    const first = Math.min(...rule.all.map((name) => classes.get(name) ?? 0));
    const score = rule.weight + (first === 0 ? 0.5 : 0);
    if (!best || score > best.score) best = { rule, score, byVerb: rule.all.some((name) => verbs.has(name)) };
  }
  return best;
}

/** How sure a rule of this weight makes: a verb with its object 0.9 and more, a noun alone little more than a half. */
function confidenceOf(score: number): number {
  return Math.min(0.97, Math.max(0, 0.3 + score * 0.11));
}

function difficultyOf(task: Task, input: ClassifierInput, clauses: readonly Clause[]): number {
  const said = (name: WordClass) => clauses.some(({ classes }) => classes.has(name));
  let difficulty = baseDifficulty[task];
  if (said('hard')) difficulty += 0.2;
  if (said('many')) difficulty += 0.25;
  if (said('easy')) difficulty -= 0.15;
  if (input.contextItems >= 5) difficulty += 0.15;
  if (input.contextCharacters > 40_000) difficulty += 0.15;
  if (input.text.length > 3000) difficulty += 0.05;
  return Math.min(1, Math.max(0, Math.round(difficulty * 1000) / 1000));
}

function distribution(scores: ReadonlyMap<Task, number>): Partial<Record<Task, number>> {
  const raised = [...scores].map(([task, score]) => [task, 2 ** score] as const);
  const sum = raised.reduce((total, [, value]) => total + value, 0);
  return Object.fromEntries(raised.map(([task, value]) => [task, value / sum]));
}

/**
 * Which task a request is. By its command where there is one; else by rules over the developer's own words, clause
 * by clause: the heaviest rule decides a clause, the hardest task among clauses that say what to do decides the
 * request. At most 8 KB of the text are looked at.
 */
export function classify(input: ClassifierInput): Classification {
  const clauses = clausesOf(tokens(ownWords(input.text)));
  if (input.task)
    return {
      task: input.task,
      tasks: { [input.task]: 1 },
      difficulty: difficultyOf(input.task, input, clauses),
      confidence: 1,
      reasons: [{ code: 'taskByCommand', params: { task: input.task } }],
    };

  const scores = new Map<Task, number>();
  const judged = clauses.flatMap(({ best }) => (best ? [best] : []));
  for (const { rule, score } of judged) scores.set(rule.task, Math.max(score, scores.get(rule.task) ?? 0));
  const telling = judged.some(({ byVerb }) => byVerb) ? judged.filter(({ byVerb }) => byVerb) : judged;
  let chosen = telling.toSorted(
    (a, b) => baseDifficulty[b.rule.task] - baseDifficulty[a.rule.task] || b.score - a.score,
  )[0];

  const pasted = bounded(input.text);
  const failing = errorShapes.some((shape) => shape.test(pasted));
  if (failing && (!chosen || ['a question', 'write', 'ask about code'].includes(chosen.rule.rule))) {
    const rule = taskRules.find(({ task, all }) => task === 'fix' && all.join() === 'ask,error');
    if (rule) chosen = { rule, score: rule.weight + 1, byVerb: false };
    scores.set('fix', 4.4);
  }

  if (!chosen) return withoutRule(input, clauses);
  const { rule, score } = chosen;
  const bare = rule.rule === 'a question' || rule.rule === 'write';
  const onItsOwn = bare && input.lastTask !== undefined && clauses.length <= 1 && input.text.length < 120;
  const task = onItsOwn && input.lastTask ? input.lastTask : taskOf(rule, input);
  if (task !== rule.task) scores.set(task, score);
  const confidence = confidenceOf(score);
  const reasons: Reason[] = [{ code: 'taskByRule', params: { task, rule: rule.rule } }];
  if (confidence < sureEnough) reasons.unshift({ code: 'taskUnsure', params: { task } });
  return {
    task,
    tasks: distribution(scores),
    difficulty: difficultyOf(task, input, clauses),
    confidence,
    reasons,
  };
}

/** A question about nothing that was attached is talk; "doc" about attached code means its comments. */
function taskOf(rule: TaskRule, input: ClassifierInput): Task {
  if (rule.rule === 'documentation' && input.contextItems > 0) return 'document';
  return rule.rule === 'a question' && input.contextItems === 0 ? 'chat' : rule.task;
}

/** Nothing matched: a short turn goes on with what was before, bare context wants an explanation, the rest is unsure. */
function withoutRule(input: ClassifierInput, clauses: readonly Clause[]): Classification {
  const short = input.text.trim().length < 80;
  const task: Task = input.lastTask && short ? input.lastTask : input.contextItems > 0 ? 'explain' : 'chat';
  const certain = short && (input.lastTask !== undefined || input.contextItems > 0);
  const confidence = certain ? 0.6 : 0.35;
  return {
    task,
    tasks: { [task]: 1 },
    difficulty: difficultyOf(task, input, clauses),
    confidence,
    reasons: certain
      ? [{ code: 'taskByRule', params: { task, rule: 'what was before' } }]
      : [{ code: 'taskUnsure', params: { task } }],
  };
}
