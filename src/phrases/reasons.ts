import * as l10n from '@vscode/l10n';
import type { Reason, ReasonCodes } from '../vocabulary/reason.ts';
import { money } from './money.ts';
import { boundaryName, routeName, taskName, tierName } from './names.ts';
import { plainText, readable, readableBytes } from './plainText.ts';

/** The ledger keeps no pattern of the user's own, only a hash of it. */
function patternName(pattern: string): string {
  return /^#[0-9a-f]{8}$/.test(pattern) ? l10n.t('one of your patterns') : plainText(pattern);
}

type Sentences<Codes> = { readonly [Code in keyof Codes]: (params: Readonly<Codes[Code]>) => string };

const sentences: Sentences<ReasonCodes> = {
  offline: ({ model }) =>
    l10n.t('{model} needs the network, and Maia is offline.', { model: plainText(model) }),
  modeLocalOnly: () => l10n.t('The mode is "local only".'),
  modeClaudeOnly: () => l10n.t('The mode is "Claude only".'),
  protectedPath: ({ path, boundary }) =>
    l10n.t('A file that matches {path} is protected and may not go to {boundary}.', {
      path: patternName(path),
      boundary: boundaryName(boundary),
    }),
  protectedSecret: ({ kind, boundary }) =>
    l10n.t('A secret was found ({kind}); it may not go to {boundary}.', {
      kind: plainText(kind),
      boundary: boundaryName(boundary),
    }),
  protectedLines: ({ path, boundary }) =>
    l10n.t('The text holds lines of a file that matches {path}; they may not go to {boundary}.', {
      path: patternName(path),
      boundary: boundaryName(boundary),
    }),
  protectedMark: ({ boundary }) =>
    l10n.t('This conversation holds protected content, which may not go to {boundary}.', {
      boundary: boundaryName(boundary),
    }),
  scanTimeout: ({ boundary }) =>
    l10n.t('The scan for secrets did not finish, so nothing goes to {boundary}.', {
      boundary: boundaryName(boundary),
    }),
  noChat: ({ model }) => l10n.t('{model} does not answer messages.', { model: plainText(model) }),
  noTools: ({ model }) => l10n.t('{model} cannot call tools.', { model: plainText(model) }),
  toolsNotProven: ({ model }) =>
    l10n.t('{model} has not yet shown on this machine that it calls tools correctly.', {
      model: plainText(model),
    }),
  noImages: ({ model }) => l10n.t('{model} cannot read images.', { model: plainText(model) }),
  contextTooLong: ({ model, needed, window }) =>
    l10n.t('The request needs {needed} tokens; {model} holds {window}.', {
      needed: readable(needed),
      model: plainText(model),
      window: readable(window),
    }),
  providerUnreachable: ({ provider }) =>
    l10n.t('{provider} does not answer.', { provider: plainText(provider) }),
  providerFailing: ({ provider }) =>
    l10n.t('{provider} failed several times and is left alone for a moment.', {
      provider: plainText(provider),
    }),
  noKey: () => l10n.t('There is no key for Claude.'),
  noLocalModel: () => l10n.t('No local model is installed.'),
  doesNotFitMemory: ({ model, bytes }) =>
    l10n.t('{model} ({size}) does not fit the memory of this machine.', {
      model: plainText(model),
      size: readableBytes(bytes),
    }),
  cloudBehindOllama: ({ model }) =>
    l10n.t('{model} is listed by Ollama but runs in the cloud.', { model: plainText(model) }),
  tierNotAllowed: ({ tier }) =>
    l10n.t('Claude {tier} is used only when you ask for it.', { tier: tierName(tier) }),
  notPinned: ({ model }) => l10n.t('{model} is not the one you asked for.', { model: plainText(model) }),
  modelDenied: ({ model }) =>
    l10n.t('{model} is on your list of models that are not to be used.', { model: plainText(model) }),
  modelNotAllowed: ({ model }) =>
    l10n.t('{model} is not on your list of allowed models.', { model: plainText(model) }),
  originNotAllowed: ({ model, origin }) =>
    origin === ''
      ? l10n.t('Nobody knows where {model} comes from, and your list allows known origins only.', {
          model: plainText(model),
        })
      : l10n.t('{model} comes from {origin}, which your lists do not allow.', {
          model: plainText(model),
          origin: plainText(origin),
        }),
  chatNotProven: ({ model }) =>
    l10n.t('{model} has not shown on this machine that it follows a chat.', { model: plainText(model) }),
  budgetSpent: ({ period, limitUsd }) =>
    period === 'day'
      ? l10n.t("Today's budget of {limit} leaves no room for this.", {
          limit: money({ low: limitUsd, high: limitUsd }),
        })
      : l10n.t("This month's budget of {limit} leaves no room for this.", {
          limit: money({ low: limitUsd, high: limitUsd }),
        }),
  budgetUnknown: () =>
    l10n.t('A budget is set, and what was spent cannot be written down right now, so nothing paid is asked.'),
  noPrice: ({ model }) =>
    l10n.t('A budget is set, and {model} has no known price.', { model: plainText(model) }),
  tooSlow: ({ model, tokensPerSecond }) =>
    l10n.t('{model} is too slow for this on this machine ({speed} tokens/s).', {
      model: plainText(model),
      speed: readable(tokensPerSecond),
    }),
  wordRoute: ({ route }) => l10n.t('You asked for {route}.', { route: routeName(route) }),
  wordModel: ({ model }) => l10n.t('You asked for {model}.', { model: plainText(model) }),
  wordModelNearest: ({ asked, model }) =>
    l10n.t('You asked for {asked}; {model} is the nearest one installed.', {
      asked: plainText(asked),
      model: plainText(model),
    }),
  taskByCommand: ({ task }) => l10n.t('The command asks for {task}.', { task: taskName(task) }),
  taskByRule: ({ task, rule }) =>
    l10n.t('It reads like {task} ("{rule}").', { task: taskName(task), rule: plainText(rule) }),
  taskByText: ({ task, probability }) =>
    l10n.t('It reads like {task} ({percent} % sure).', {
      task: taskName(task),
      percent: Math.round(probability * 100),
    }),
  taskByContext: ({ task, because }) =>
    because === 'diagnostics'
      ? l10n.t('There are errors in what goes along, so it is more likely {task}.', { task: taskName(task) })
      : because === 'selection'
        ? l10n.t('Code is selected, so it is more likely {task}.', { task: taskName(task) })
        : l10n.t('By the language of the file it is more likely {task}.', { task: taskName(task) }),
  taskUnsure: ({ task }) =>
    l10n.t('It is not clear what is asked; it may be {task}.', { task: taskName(task) }),
  routineTask: ({ task }) => l10n.t('A local model is good enough for {task}.', { task: taskName(task) }),
  strategicTask: ({ task }) =>
    l10n.t('No local model is good enough for {task}, so Claude does it.', { task: taskName(task) }),
  roleOfModel: ({ model, task }) =>
    l10n.t('Of the local models, {model} suits {task} best.', {
      model: plainText(model),
      task: taskName(task),
    }),
  loaded: ({ model }) => l10n.t('{model} is already loaded.', { model: plainText(model) }),
  fasterHere: ({ model, tokensPerSecond }) =>
    l10n.t('{model} is the fastest here ({speed} tokens/s).', {
      model: plainText(model),
      speed: readable(tokensPerSecond),
    }),
  onlyOneLeft: ({ model }) => l10n.t('{model} is the only one left.', { model: plainText(model) }),
  toolsNeedClaude: () => l10n.t('Tools are needed, and no local model has proved that it can call them.'),
  fallbackToClaude: () => l10n.t('No local model can take this, so Claude does.'),
  fallbackToLocal: () => l10n.t('Claude cannot be asked, so a local model does it.'),
  sticky: ({ model }) => l10n.t('This conversation stays with {model}.', { model: plainText(model) }),
  goodEnough: ({ model, task, bound, bar }) =>
    l10n.t(
      '{model} is good enough for {task}: at least {bound} % of such answers should do; {bar} % are needed.',
      {
        model: plainText(model),
        task: taskName(task),
        bound: Math.floor(bound * 100),
        bar: Math.round(bar * 100),
      },
    ),
  notGoodEnough: ({ model, task, bound, bar }) => {
    const percent = Math.floor(bound * 100);
    const params = { model: plainText(model), task: taskName(task), percent, bar: Math.round(bar * 100) };
    return percent === 0
      ? l10n.t('{model} is not good enough for {task}: hardly any such answer can be counted on.', params)
      : l10n.t(
          '{model} may not be good enough for {task}: only {percent} % of such answers can be counted on; {bar} % are needed.',
          params,
        );
  },
  newToTask: ({ model, task }) =>
    l10n.t('{model} was not tried here for {task} yet, so Maia is careful.', {
      model: plainText(model),
      task: taskName(task),
    }),
  impatient: ({ model, seconds, patience }) =>
    l10n.t('With {model} you would wait about {seconds} s; your limit is {patience} s.', {
      model: plainText(model),
      seconds: readable(seconds),
      patience: readable(patience),
    }),
  taskSetTo: ({ task, route }) =>
    l10n.t('Your settings send {task} to {route}.', { task: taskName(task), route: routeName(route) }),
  busy: ({ model }) => l10n.t('{model} is answering another request.', { model: plainText(model) }),
  warmCache: ({ tokens }) =>
    l10n.t(
      'Claude still has {tokens} tokens of this conversation in its cache, so going on there is cheaper.',
      {
        tokens: readable(tokens),
      },
    ),
  stuckInLoop: ({ model }) => l10n.t('{model} made no progress with its tools.', { model: plainText(model) }),
  handedOver: ({ from, to }) =>
    l10n.t('{from} failed, so {to} took over.', { from: plainText(from), to: plainText(to) }),
  unsure: ({ model, bad }) =>
    l10n.t('{model} was little sure of this answer: here, {percent} % of such answers were no good.', {
      model: plainText(model),
      percent: Math.round(bad * 100),
    }),
  checkFailed: ({ model, finding }) =>
    l10n.t('The answer of {model} failed its check: {finding}', {
      model: plainText(model),
      finding: plainText(finding),
    }),
};

/** One sentence for a reason, in the display language, with names from outside made plain. */
export function reasonSentence(reason: Reason): string {
  const sentence = sentences[reason.code] as (params: Reason['params']) => string;
  return sentence(reason.params);
}
