import { hashOf } from './wordClassTable.ts';

/**
 * What the words of an English question say of its kind, whatever it is about: how it asks, what is wanted, what is
 * wrong. Lower case, without apostrophes; a word in several kinds has them all. At most 31 kinds.
 */
export const cues = {
  how: 'how',
  why: 'why',
  what: 'what whats which who whom whose',
  where: 'where when whenever',
  ask: 'is are was were do does did can could should would will may might has have had am',
  want: 'want wanted wants need needs needed like looking wish wanna id trying try hoping goal aim prefer rather require required requirement',
  way: 'way ways possible possibility possibly approach approaches method solution solutions option options alternative alternatives equivalent technique trick builtin library package plugin suggestion suggestions recommend recommendation',
  get: 'get got gets getting gives give gave returns returned return prints printed print shows shown showing show displays displayed says said saying throws threw throwing thrown raises raised outputs output produces results result becomes reports reported complains complaining receive received receiving see seeing',
  error:
    'error errors exception exceptions fail fails failed failing failure failures crash crashes crashed crashing bug bugs fault fatal panic panics segfault traceback stacktrace warning warnings abort aborted aborts denied refused rejected rejects killed timeout timed nan overflow overflowed unresolved unhandled uncaught',
  not: 'not doesnt dont didnt isnt arent wasnt werent wont cant cannot couldnt wouldnt hasnt havent never nothing no unable none neither without',
  wrong:
    'wrong wrongly incorrect incorrectly unexpected unexpectedly strange weird odd empty blank null undefined missing broken breaks broke invalid unknown duplicate duplicates duplicated twice stuck hang hangs freeze freezes infinite forever disappears disappear vanishes lost ignored ignores ignore skips skipped corrupt garbage problem problems issue issues trouble mistake mistakes gone grey behaves behavior behaviour stops stopped stays resets',
  expect:
    'expect expected expects expecting instead supposed thought assumed desired actual actually although suddenly still even',
  but: 'but however though yet except whereas',
  tried: 'tried attempt attempted attempts attempting googled searched checked reinstalled restarted',
  since:
    'after since until before yesterday today upgrade upgraded upgrading updated updating update migrated switched anymore longer previously locally production',
  cause: 'cause causes caused causing reason reasons happen happens happened happening',
  understand:
    'understand understanding difference differences differ mean means meaning purpose explain explains explanation concept conceptually confused confusing confuses clarify clarification curious wonder wondering internally hood exactly really actually theory behind describe intuition works point benefit benefits example terms term called stand stands',
  better:
    'better best preferred preferable recommended practice practices good bad advantage advantages disadvantage disadvantages pros cons vs versus compare compared comparison choose choice worse tradeoff tradeoffs drawback drawbacks over rather',
  fast: 'fast faster fastest slow slower slowly speed quick quicker quickly performance performant efficient efficiently efficiency optimize optimise optimized optimization optimisation optimal memory seconds minutes hours takes took complexity bottleneck laggy vectorize vectorized scale',
  clean:
    'cleaner clean simplify simplified simpler shorter shorten short readable readability elegant elegantly pythonic idiomatic concise concisely repetitive repeated repeating repeat duplication redundant dry refactor refactoring refactored maintainable maintain nicer neater compact improve improved improving improvement ugly verbose reduce avoid',
  make: 'create creating add adding write writing implement implementing make making build building generate generating convert converting parse parsing read reading display find finding sort sorting filter filtering remove removing replace replacing extract extracting count counting send sending save saving load loading insert inserting select group merge combine split join check format set change call use using pass draw calculate compute download upload open delete update iterate loop retrieve store access append configure setup run execute handle validate detect determine render plot rename move copy import export print map search sum query fetch apply assign define declare',
  given:
    'given input desired wanted below following above like so such sample data format structure table list array dataframe dictionary column columns rows',
  fixit:
    'fix fixed fixing solve solved solving resolve resolved resolving rid prevent avoid workaround debug debugging troubleshoot correct corrected correctly overcome repair',
  my: 'my mine our',
  works: 'work works worked working fine ok okay succeeds successful successfully correctly properly',
  some: 'only sometimes always every each time once again randomly intermittently constantly immediately',
  learn: 'beginner new newbie learning learn homework exercise assignment tutorial book course student',
  code: 'code snippet function method class script program line file query',
  secret:
    'secret secrets password passwords credential credentials key keys token tokens encrypt encryption secure securely safe safely security attack attacker vulnerable vulnerability injection xss csrf leak hash sensitive',
  design:
    'architecture architectural design pattern patterns layer layers structure structured microservice microservices monolith domain responsibility coupling decouple ddd modular boundaries tier scalable',
  judge: 'review feedback critique opinion thoughts reasonable correct right approach overlooked',
} as const;

let table: ReadonlyMap<number, number> | undefined;

/** The kinds of a word as bits in the order above, by the word's hash. */
export function cueTable(): ReadonlyMap<number, number> {
  if (table) return table;
  const found = new Map<number, number>();
  Object.values(cues).forEach((words, place) => {
    for (const word of words.split(' ')) {
      const hash = hashOf(word);
      found.set(hash, (found.get(hash) ?? 0) | (1 << place));
    }
  });
  table = found;
  return found;
}

/** The cues among the words of one zone, in a buffer that is used again. */
export class CueRow {
  readonly kinds = new Int32Array(280);
  count = 0;
  /** How the zone begins: its first word's kinds, else its second's. */
  form = 0;

  /** @param words hashes of the zone's words, `length` of them */
  note(words: Int32Array, length: number): void {
    const table = cueTable();
    this.count = 0;
    for (let at = 0; at < length; at += 1) {
      const own = table.get(words[at] ?? 0) ?? 0;
      if (own === 0) continue;
      this.kinds[this.count] = own;
      this.count += 1;
    }
    const first = length > 0 ? (table.get(words[0] ?? 0) ?? 0) : 0;
    this.form = first === 0 && length > 1 ? (table.get(words[1] ?? 0) ?? 0) ^ 0x1111 : first;
  }
}
