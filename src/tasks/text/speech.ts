import type { Finding } from '../../vocabulary/verdict.ts';
import type { TextPlan } from '../plan.ts';

/** Words that stand in almost every text of a language and in few texts of another, by BCP 47. */
const commonWords: Readonly<Record<string, ReadonlySet<string>>> = {
  en: words('the of and to is that it for with this be are you from which by on not how what does if'),
  de: words(
    'der die das und ist nicht ein eine zu den mit für auf dem wird werden sie es von wie auch oder wenn',
  ),
  fr: words('le les des et est une du dans pour que qui sur pas ce cette avec sont il elle vous par au ou'),
  es: words('el los las y es una del para que con por se esta este como su al lo más si función no'),
  it: words('il gli che è una del della per con non di sono questo questa come si nel alla le funzione'),
  pt: words('o os as e é uma do da para que com não por se esta este como em no na função um'),
  nl: words('de het een en is niet van voor met die dat op wordt worden deze zijn als of aan naar ook'),
  pl: words('i w na jest nie się do z że to jako dla funkcja jeśli który przez oraz lub po'),
  sv: words('och att det som en är för på med av inte den till om ett eller från funktionen'),
  da: words('og at det som en er for på med af ikke den til om et eller fra funktionen'),
  cs: words('a je se na v že to pro s není jako který nebo ve do funkce pokud'),
  ro: words('și este la o un cu pentru care nu din în pe sau funcția dacă'),
  hu: words('a az és hogy nem egy is van ez vagy ha függvény'),
  tr: words('ve bir bu için ile olarak değil da de fonksiyon eğer veya olan'),
  id: words('yang dan di untuk dengan ini dari adalah tidak fungsi pada itu atau jika'),
  fi: words('ja on ei se että tämä jos tai joka funktio'),
  vi: words('là và của các một được cho này không trong với để hàm'),
};
/** Scripts that name a language, or a few that are told apart no further. */
const scripts: readonly (readonly [language: string, script: RegExp])[] = [
  ['ja', /[\p{scx=Hiragana}\p{scx=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
];
/** Who asks for a translation, or in which language to answer, knows what they want. */
const namesALanguage =
  /\b(?:translat\w*|übersetz\w*|tradu\w*|vertaal\w*|english|german|french|spanish|italian|portuguese|dutch|polish|swedish|danish|czech|russian|chinese|mandarin|japanese|korean|arabic|hebrew|turkish|hindi|englisch\w*|deutsch\w*|anglais|inglés|inglese|inglês|engels|language|sprache|langue|idioma)\b|перев|англ|翻[译譯]|英[语語文]|中文|日本語|한국어|영어/iu;

/** As much of a text as it takes to know its language, in characters. */
const enough = 12_000;

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

interface Speech {
  readonly language: string;
  /** Words, or letters of a script of its own, that speak for it. */
  readonly evidence: number;
  /** How many speak for the next one. */
  readonly against: number;
}

/** The human language that a text is mostly in; undefined where nothing speaks for one. */
export function speechOf(text: string): Speech | undefined {
  const sample = text.slice(0, enough);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  for (const [language, script] of scripts) {
    const count = sample.match(script)?.length ?? 0;
    // A text in Japanese has Chinese letters as well, and every text some of the language that programs are in.
    if (count >= 4 && count >= letters * (language === 'ja' ? 0.1 : 0.3))
      return { language, evidence: count, against: 0 };
  }
  const said = sample.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  const counts = Object.entries(commonWords)
    .map(([language, common]) => [language, said.filter((word) => common.has(word)).length] as const)
    .toSorted(([, a], [, b]) => b - a);
  const [first, second] = counts;
  if (!first || first[1] === 0) return undefined;
  return { language: first[0], evidence: first[1], against: second?.[1] ?? 0 };
}

/**
 * An answer in another language than the developer's, where both are plain.
 * @param prose the answer, or its beginning, without code
 */
export function speechFault(plan: TextPlan, prose: string): Finding | undefined {
  if (namesALanguage.test(plan.asked.slice(0, 4_000))) return undefined;
  const answered = speechOf(prose);
  if (!answered) return undefined;
  const isScript = scripts.some(([language]) => language === answered.language);
  if (!isScript && (answered.evidence < 5 || answered.evidence < answered.against * 2)) return undefined;
  if (isScript && answered.evidence < 12) return undefined;
  if (plan.locale && new Intl.Locale(plan.locale).language === answered.language) return undefined;
  // What came along may be what is spoken of.
  if (
    isScript &&
    [...plan.given.map(({ text }) => text), ...plan.earlier].some((text) => holds(text, answered.language))
  )
    return undefined;
  const asked = speechOf(withoutCode(plan.asked));
  if (!asked) {
    if (!isScript || !/\p{Script=Latin}/u.test(plan.asked)) return undefined;
  } else {
    if (asked.language === answered.language) return undefined;
    const sure = scripts.some(([language]) => language === asked.language) || asked.evidence > asked.against;
    if (!sure && !isScript) return undefined;
  }
  const language = new Intl.DisplayNames(['en'], { type: 'language' }).of(answered.language);
  return { code: 'otherSpeech', params: { language: language ?? answered.language } };
}

function holds(text: string, script: string): boolean {
  const known = scripts.find(([language]) => language === script)?.[1];
  return known !== undefined && (text.slice(0, 40_000).match(known)?.length ?? 0) >= 4;
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?(?:```|$)/g, ' ').replace(/`[^`\n]*`|https?:\S+/g, ' ');
}
