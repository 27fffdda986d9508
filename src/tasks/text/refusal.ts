/** What cannot be done, in so many words; it has to follow an apology closely. */
const apology = new RegExp(
  [
    String.raw`(?:i'?m|i am|we'?re)\s+(?:very |really |so |terribly )?(?:sorry|afraid|unable)`,
    String.raw`(?:sorry|apologies|unfortunately|regrettably)\b`,
    String.raw`as an? (?:ai|language model|large language model)\b`,
    'es tut mir (?:sehr )?leid|tut mir leid|leider',
    'lo siento|lamento|desafortunadamente',
    'je suis (?:vraiment )?désolée?|je regrette|désolée?|malheureusement',
    'mi dispiace|spiacente|purtroppo',
    'desculpe|sinto muito|infelizmente|lamento',
    'het spijt me|helaas',
    'извините|простите|к сожалению|przepraszam|niestety',
  ].join('|'),
  'iy',
);
const inability = new RegExp(
  [
    String.raw`\b(?:can(?:'?t|not| not)|unable|won'?t|will not|not able|don'?t have|do not have|no (?:access|information|way)|not (?:allowed|permitted|capable)|refuse)\b`,
    'kann (?:ich )?(?:\\p{L}+ ){0,4}nicht|nicht in der lage|no puedo|je ne peux|je ne suis pas|non posso|não posso|kan (?:ik )?niet',
    'не могу|не в состоянии|nie mogę',
  ].join('|'),
  'iu',
);
const outright = [
  /^i (?:can'?t|cannot|can not|won'?t|will not|am not able to|'?m not able to|am unable to)\b[^.\n]{0,60}\b(?:help|assist|provide|fulfil|fulfill|comply|generate|create|write|answer|do that|complete|explain|review|see|access|view|read)\b/i,
  /^(?:很?抱歉|对不起|對不起|我无法|我無法|我不能|申し訳(?:ありません|ございません)|すみません|ごめんなさい|죄송(?:합니다|하지만)|미안하지만)/,
];
/** It asks for what it was given. */
const asksBack =
  /^(?:(?:sure|certainly|of course|okay|ok|yes|absolutely|i'?d be happy to[^.!\n]{0,40}|i can help[^.!\n]{0,40})[,.!:]?\s*(?:but\s+)?)?(?:could|can|would|will)?\s*(?:you\s+)?(?:please\s+)(?:provide|share|paste|send|give|post|show|upload)\b[^.\n]{0,40}\b(?:code|snippet|file|function|source|text)\b/i;

/**
 * Whether an answer begins by declining, or asks for the code that it has.
 * @param given whether code went along with what was asked
 */
export function refuses(answer: string, given: boolean): boolean {
  const text = answer.trimStart().slice(0, 240).replaceAll('’', "'");
  apology.lastIndex = 0;
  const sorry = apology.exec(text);
  if (sorry && inability.test(firstSentences(text.slice(sorry[0].length)))) return true;
  // "I'm unable to …" says both at once.
  if (sorry && /unable$/i.test(sorry[0])) return true;
  if (outright.some((pattern) => pattern.test(text))) return true;
  return given && asksBack.test(text);
}

function firstSentences(text: string): string {
  return text.slice(0, 120);
}
