import type { Model, Tier } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { DeveloperWord } from '../vocabulary/request.ts';
import { mayNameModel, modelNamed } from './modelName.ts';
import { ownWords } from './ownWords.ts';

type Said = { readonly word: DeveloperWord; readonly reasons: readonly Reason[] };

/** Courtesy and address that may stand before an order. */
const courtesy =
  /^(?:(?:please|pls|plz|hey|hi|hello|ok|okay|so|now|then|also|but|maia|@maia|(?:can|could|would|will) you|i (?:want|need|would like|'d like) you to|i'd like you to|you should|just|bitte|kannst du|könntest du|por favor|puedes|s'il te plaît|peux-tu|请|帮我)[,:]?\s*)+/i;

/** Orders that name who is to answer; what follows is the name. */
const orders: readonly { readonly start: RegExp; readonly before: 'purpose' | 'anything' }[] = [
  {
    start:
      /^(?:use|using|with|via|try|switch to|go with|run (?:this|it|that) (?:on|with|through)|send (?:this|it|that) to|nutze|verwende|benutze|nimm|mit|usa|utiliza|con|utilise|avec)\s+/i,
    before: 'purpose',
  },
  { start: /^(?:ask|frag|frage|pregunta a|pregúntale a|demande à)\s+/i, before: 'anything' },
  { start: /^(?:let|have|get|make|lass|lasse|haz que|fais que)\s+/i, before: 'anything' },
  { start: /^(?:使用|用|请教|问|让)\s*/, before: 'anything' },
];

/** A sentence that asks about something orders nothing. */
const question =
  /^(?:how|what|why|when|which|who|where|does|do|is|are|was|should|explain|describe|wie|was|warum|welche|cómo|qué|por qué|comment|pourquoi|qu'est-ce|为什么|什么|怎么|如何|解释)(?:\s|\p{Script=Han}|$)/iu;

/** Words that own the "with" behind them, and things that are built with a model inside. */
const ownsWith =
  /(?:compar|integrat|work|compatib|deal|talk|connect|replac|communicat|interact|migrat|familiar|experienc|problem|issue|trouble|\b(?:app|bot|chatbot|client|wrapper|sdk|plugin|agent|assistant|integration|backend|server)\b)/i;

const audio = /\b(?:audio|codec|ffmpeg|ogg|webm|bitrate|encode|decode)/i;

const localName =
  /^(?:(?:the|a|an|my|our|das|dem|ein|einem|el|un|mi|le|mon)\s+)?(?:local(?:ly running)? (?:llm|model|ai|one|machine)s?|ollama|lokale[snm]? (?:llm|modell|ki)|(?:llm|modelo) local|modèle local|本地(?:的)?(?:模型|大模型|llm))(?![\w-])/i;

const claudeName =
  /^(?:(?:the|anthropic'?s?)\s+)?(?:claude(?:[\s-]+(?<tier>sonnet|haiku|opus)(?:[\s-]+[\d.]+(?![\w]))?)?|(?<bare>sonnet|haiku|opus)(?:[\s-]+[\d.]+(?![\w]))?)(?![\w-]|\.\w)/i;

/** What may follow a name that is meant: a purpose, or nothing more. A noun ("the Claude API") may not. */
const purpose =
  /^\s*(?:$|[,:;.!?。，]|(?:to|for|please|pls|plz|instead|here|now|again|on this|on it|and|um|für|bitte|para|pour|por favor|\p{Script=Han})(?![\p{L}\p{N}-]))/iu;
const purposeAfterHan = /^\s*\p{Script=Han}/u;
const endOfThought =
  /^\s*(?:$|[,;!。，]|(?:for|please|pls|plz|instead|now|bitte|für|para|pour|por favor)(?![\p{L}\p{N}-]))/iu;
/** Nouns that turn a name into something else. */
const thing =
  /^\s*(?:api|apis|sdk|code\b(?! review)|client|parser|key|tokens?|tokenizer|models?\s+list|config|docs?|documentation|response|wrapper|library|package|integration|plugin|be\b|=|\()/i;

const notCloud =
  /\b(?:don'?t|do not|never|without)\s+(?:(?:use|using|ask|asking|call|calling|involve|send(?:ing)? (?:this|it|that|anything) to)\s+)?(?:the )?(?:claude|cloud|anthropic)(?![\w-])(?!\s+(?:api|sdk|code))/i;
const notLocal =
  /\b(?:don'?t|do not|never|without)\s+(?:use|using|ask|asking)\s+(?:the |a |my )?(?:local (?:llm|model|ai|one)|ollama)(?![\w-])/i;
const keepHere =
  /^(?:(?:keep|answer|do|handle) (?:this|it|that) (?:local(?:ly)?|on (?:my|this) machine)|stay local|answer locally)(?![\w-])/i;

/** Without one of these, and without a model's name, a text names nobody. */
const anybody = /claude|cloud|anthropic|sonnet|haiku|opus|lo[ck]al|ollama|machine|本地/i;

interface Meant {
  readonly said: Said;
  /** UTF-16 units of the name, articles included. */
  readonly length: number;
}

function route(to: 'local' | 'claude', tier?: Tier): Said {
  return {
    word: { route: to, ...(tier ? { tier } : {}), said: 'prose' },
    reasons: [{ code: 'wordRoute', params: { route: to } }],
  };
}

/** Who is named at the beginning of a text. */
function nameAt(text: string, installed: readonly Model[]): Meant | undefined {
  const local = localName.exec(text);
  if (local) return { said: route('local'), length: local[0].length };
  const claude = claudeName.exec(text);
  if (claude) {
    const tier = (claude.groups?.tier ?? claude.groups?.bare)?.toLowerCase() as Tier | undefined;
    return { said: route('claude', tier), length: claude[0].length };
  }
  const article = /^(?:(?:the|a|an|my|our|local|model|das|dem|el|le|la)\s+){0,3}/i.exec(text)?.[0] ?? '';
  const rest = text.slice(article.length);
  const words = [...rest.slice(0, 120).matchAll(/(?<=^|\s)[A-Za-z0-9][\w./:+-]*/g)].slice(0, 4);
  for (let count = words.length; count > 0; count--) {
    const last = words[count - 1];
    if (!last) continue;
    const spoken = rest.slice(0, last.index + last[0].length).replace(/[.,:;]+$/, '');
    if (/[,;!?]/.test(spoken)) continue;
    const named = modelNamed(spoken, installed);
    if (!named) continue;
    const model = / model(?![\w-])/i.exec(rest.slice(spoken.length, spoken.length + 6))?.[0] ?? '';
    const reason: Reason =
      named.exact || !named.installed
        ? { code: 'wordModel', params: { model: named.model } }
        : { code: 'wordModelNearest', params: { asked: spoken, model: named.model } };
    return {
      said: { word: { model: named.model, said: 'prose' }, reasons: [reason] },
      length: article.length + spoken.length + model.length,
    };
  }
  return undefined;
}

function ordered(sentence: string, installed: readonly Model[]): Said | undefined {
  for (const { start, before } of orders) {
    const verb = start.exec(sentence);
    if (!verb) continue;
    const meant = nameAt(sentence.slice(verb[0].length), installed);
    if (!meant) continue;
    const rest = sentence.slice(verb[0].length + meant.length);
    if (thing.test(rest)) continue;
    if (
      before === 'anything'
        ? /^(?:$|[\s,:;.!?]|\p{Script=Han})/u.test(rest)
        : purpose.test(rest) || purposeAfterHan.test(rest)
    )
      return meant.said;
  }
  return undefined;
}

/** "… with codellama", "… using the local model for this": the name ends the thought. */
function inPassing(sentence: string, installed: readonly Model[]): Said | undefined {
  for (const found of sentence.matchAll(/(?<=[\s,])(?:with|using|via|mit|con|usando|avec)\s+/gi)) {
    if (ownsWith.test(sentence.slice(0, found.index))) continue;
    const meant = nameAt(sentence.slice(found.index + found[0].length), installed);
    if (!meant) continue;
    const rest = sentence.slice(found.index + found[0].length + meant.length);
    if (!endOfThought.test(rest)) continue;
    if (meant.said.word.tier && audio.test(sentence)) continue;
    return meant.said;
  }
  return undefined;
}

/**
 * What the developer says in words of their own about who is to answer: an order ("use CodeLlama to …", "ask
 * Claude"), or a name that ends a thought ("write tests with the local LLM"). Not what is pasted or quoted, no
 * question, and no mere mention ("explain how the Claude API works"). The first one counts.
 */
export function readWord(text: string, installed: readonly Model[]): Said | undefined {
  const own = ownWords(text).replaceAll('’', "'");
  if (!anybody.test(own) && !mayNameModel(own, installed)) return undefined;
  const sentences = own.split(/[.!?;](?=\s|$)|\n|[。！？；]/).slice(0, 200);
  for (const [place, written] of sentences.entries()) {
    const sentence = written.trim().replace(courtesy, '');
    if (sentence === '') continue;
    const told = /^(?:explain|describe|解释)/i.test(sentence);
    const asks = question.test(sentence);
    if ((told || !asks) && (notCloud.test(sentence) || keepHere.test(sentence))) return route('local');
    if (asks) {
      const last = /[,，]\s*((?:but|and|bitte|please)?\s*(?:use|ask|nutze|frag|usa|utilise|用)\s.*)$/i.exec(
        sentence,
      )?.[1];
      const said =
        (last && ordered(last.replace(courtesy, ''), installed)) ||
        (told ? inPassing(sentence, installed) : undefined);
      if (said) return said;
      continue;
    }
    if (notLocal.test(sentence)) return route('claude');
    const called = place === 0 ? /^(?:@(claude)(?![\w-])|(claude),)\s/i.exec(`${sentence} `) : null;
    const said = called ? route('claude') : (ordered(sentence, installed) ?? inPassing(sentence, installed));
    if (said) return said;
  }
  return undefined;
}
