import { type Task, tasks } from '../vocabulary/task.ts';
import { baseDifficulty } from './difficulty.ts';
import type { PromptZones } from './promptZones.ts';

/** Units up to which a prompt is looked at clause by clause. */
const longest = 240;
const most = 4;
const joint = /(?:,? and then |,? and also |,? and |, then |\. (?:then |also |after that )?|\n| \+ |; )/gi;
const order =
  /^(?:please |pls |also |then |now |maybe )*(?:write|create|add|fix|explain|review|refactor|design|generate|make|document|test|optimi[sz]e|simplify|check|find|rename|replace|remove|change|implement|harden|audit|summari[sz]e|update|convert|tell|describe|debug|solve|improve|clean|split|move|commit|suggest|propose|compare|show|give)\b/i;

/**
 * The clauses of a short English prompt that each order something ("explain this and write tests for it"), two to four;
 * none where it is but one, or more than that. What orders nothing stays with the clause before it.
 */
export function clausesOf(zones: PromptZones): readonly string[] {
  if (zones.ask.length + zones.body.length >= longest) return [];
  const said = zones.body === '' ? zones.ask : `${zones.ask}\n${zones.body}`;
  const clauses: string[] = [];
  for (const part of said.split(joint)) {
    const clause = part.trim();
    if (clause === '') continue;
    if (clauses.length === 0 || order.test(clause)) clauses.push(clause);
    else clauses[clauses.length - 1] += ` ${clause}`;
  }
  return clauses.length > 1 && clauses.length <= most ? clauses : [];
}

/** How hard each label is; `follow`, which is no task, is the easiest. */
const ranks = Float64Array.from([...tasks.map((task: Task) => baseDifficulty[task]), 0]);

/** What a prompt of two clauses is, from the probabilities of each: the harder of both, in the order of the labels. */
export function harderOf(one: Float64Array, other: Float64Array): Float64Array {
  const both = new Float64Array(one.length);
  for (let a = 0; a < one.length; a += 1) {
    const first = one[a] ?? 0;
    const rank = ranks[a] ?? 0;
    for (let b = 0; b < other.length; b += 1) {
      const label = rank >= (ranks[b] ?? 0) ? a : b;
      both[label] = (both[label] ?? 0) + first * (other[b] ?? 0);
    }
  }
  return both;
}
