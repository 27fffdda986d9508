/** Words that point at what is on the screen, in the languages that people ask in. */
const pointing =
  /\b(?:th[ie]s|this|these|here|it|selected|selection|current|my|our|above|below|code|function|method|class|file|line|dies\w*|hier|mein\w*|funktion|est[aeo]s?|aquí|mi|función|cett?e|ces?|ici|mon|ma|fonction|ess[ae]s?|aqui|função)\b|[эЭ]т\p{L}+|здесь|функц\p{L}+|这|這|此|代码|代碼|函数|函數|これ|この|ここ|コード|関数|이|여기|코드|함수/iu;

/** A name of fewer letters is a word of the language more often than one of the code. */
const shortestName = 4;

/**
 * Whether a question is about the code that happens to be open: it points at it, or names something in it.
 * "What does SIGTERM do?" is not, whatever function the cursor stands in.
 */
export function speaksOf(asked: string, code: string): boolean {
  if (pointing.test(asked)) return true;
  const names = new Set(
    asked.match(new RegExp(`[\\p{L}_$][\\p{L}\\p{N}_$]{${shortestName - 1},}`, 'gu')) ?? [],
  );
  return (code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []).some((name) => names.has(name));
}
