import * as l10n from '@vscode/l10n';
import type { Failure, FailureCodes } from '../vocabulary/failure.ts';
import { findingSentence } from './findings.ts';
import { money } from './money.ts';
import { taskName } from './names.ts';
import type { FailureWords } from './phrases.ts';
import { list, plainText, readable, readableBytes } from './plainText.ts';
import { reasonSentence } from './reasons.ts';

type Words<Codes> = { readonly [Code in keyof Codes]: (params: Readonly<Codes[Code]>) => FailureWords };

const capabilityWords = {
  chat: () => l10n.t('answer messages'),
  tools: () => l10n.t('call tools'),
  thinking: () => l10n.t('think'),
  images: () => l10n.t('read images'),
};

const words: Words<FailureCodes> = {
  nothingLeft: ({ because }) => {
    // That a tier waits for its name tells nothing where another rule closed the rest.
    const telling = because.filter(({ code }) => code !== 'tierNotAllowed');
    const seen = [...new Set((telling.length > 0 ? telling : because).map(reasonSentence))].slice(0, 4);
    return {
      text: [
        because.some(isProtected) ? l10n.t('Nothing was sent.') : l10n.t('No model can answer this.'),
        ...seen,
      ].join(' '),
      next: nextOfNothingLeft(because.map((reason) => reason.code)),
    };
  },
  nothingSetUp: () => ({
    text: l10n.t('Neither Ollama nor Claude is set up.'),
    next: l10n.t(
      'Start Ollama and pull a model, or run "Maia: Set Claude API Key" (in a shell: set ANTHROPIC_API_KEY).',
    ),
  }),
  noModelsInstalled: ({ host }) => ({
    text: l10n.t('Ollama at {host} has no models yet.', { host: plainText(host) }),
    next: l10n.t('Pull one, for example llama3.2:3b, with "Maia: Pull a Local Model".'),
  }),
  pinnedModelMissing: ({ model, installed }) => ({
    text: l10n.t('{model} is not installed.', { model: plainText(model) }),
    next:
      installed.length > 0
        ? l10n.t('Pull it, or ask for one that is installed: {installed}.', { installed: list(installed) })
        : l10n.t('Pull it with "Maia: Pull a Local Model".'),
  }),
  ollamaUnreachable: ({ host }) => ({
    text: l10n.t('Ollama does not answer at {host}.', { host: plainText(host) }),
    next: l10n.t('Start Ollama, or set maia.ollama.host.'),
  }),
  notOllama: ({ host }) => ({
    text: l10n.t('What answers at {host} is not Ollama.', { host: plainText(host) }),
    next: l10n.t('Set maia.ollama.host to the address of Ollama.'),
  }),
  redirectRefused: ({ host }) => ({
    text: l10n.t('{host} wanted to send the request elsewhere, which Maia refuses.', {
      host: plainText(host),
    }),
    next: l10n.t('Set the address that really answers.'),
  }),
  modelMissing: ({ model }) => ({
    text: l10n.t('{model} is no longer installed.', { model: plainText(model) }),
    next: l10n.t('Pull it again, or ask again without naming it.'),
  }),
  modelLoadFailed: ({ model, detail }) => ({
    text: l10n.t('{model} could not be loaded: {detail}', {
      model: plainText(model),
      detail: plainText(detail),
    }),
    next: l10n.t('Free memory from the Maia menu, or pull a smaller model.'),
  }),
  modelLacks: ({ model, capability }) => ({
    text: l10n.t('{model} cannot {ability}.', {
      model: plainText(model),
      ability: capabilityWords[capability](),
    }),
    next: l10n.t('Ask again without naming a model.'),
  }),
  queueFull: ({ model }) => ({
    text: l10n.t('Ollama has too many requests waiting for {model}.', { model: plainText(model) }),
    next: l10n.t('Wait a moment and ask again.'),
  }),
  contextTooLong: ({ model, needed, window }) => ({
    text: l10n.t('This needs {needed} tokens; {model} holds {window}.', {
      needed: readable(needed),
      model: plainText(model),
      window: readable(window),
    }),
    next: l10n.t('Select less, or attach fewer files.'),
  }),
  engineCrashed: ({ model }) => ({
    text: l10n.t('Ollama crashed while running {model}.', { model: plainText(model) }),
    next: l10n.t('Ask again; if it happens again, pull a smaller model.'),
  }),
  cut: ({ model }) => ({
    text: l10n.t('The connection broke while {model} was answering.', { model: plainText(model) }),
    next: l10n.t('Ask again.'),
  }),
  stalled: ({ model, seconds }) => ({
    text: l10n.t('{model} sent nothing for {seconds} seconds.', {
      model: plainText(model),
      seconds: readable(seconds),
    }),
    next: l10n.t('Ask again, or ask another model.'),
  }),
  noKey: () => ({
    text: l10n.t('There is no key for Claude.'),
    next: l10n.t('Run "Maia: Set Claude API Key" (in a shell: set ANTHROPIC_API_KEY).'),
  }),
  badKey: () => ({
    text: l10n.t('Anthropic does not accept the key.'),
    next: l10n.t('Set a valid one with "Maia: Set Claude API Key" (in a shell: in ANTHROPIC_API_KEY).'),
  }),
  outOfCredit: () => ({
    text: l10n.t('The Anthropic account is out of credit.'),
    next: l10n.t('Add credit in the Anthropic Console, or ask with /local.'),
  }),
  spendLimit: () => ({
    text: l10n.t("The Anthropic account's spending limit is reached."),
    next: l10n.t('Raise the limit in the Anthropic Console, or ask with /local.'),
  }),
  rateLimited: ({ retryAfterSeconds }) => ({
    text: l10n.t('Claude gets too many requests from this account.'),
    next:
      retryAfterSeconds === undefined
        ? l10n.t('Wait a moment and ask again, or ask with /local.')
        : l10n.t('Ask again in {seconds} seconds, or ask with /local.', {
            seconds: readable(Math.ceil(retryAfterSeconds)),
          }),
  }),
  overloaded: ({ model }) => ({
    text: l10n.t('{model} is overloaded at the moment.', { model: plainText(model) }),
    next: l10n.t('Ask again in a minute, or ask with /local.'),
  }),
  refused: ({ model }) => ({
    text: l10n.t('{model} refused to answer this.', { model: plainText(model) }),
    next: l10n.t('Word it differently.'),
  }),
  claudeUnreachable: ({ host }) => ({
    text: l10n.t('Claude does not answer at {host}.', { host: plainText(host) }),
    next: l10n.t('Check the network and the proxy settings, or ask with /local.'),
  }),
  modelNotAvailable: ({ model }) => ({
    text: l10n.t('This Anthropic account cannot use {model}.', { model: plainText(model) }),
    next: l10n.t('Choose another model in the settings under maia.claude.'),
  }),
  tooLarge: ({ model }) => ({
    text: l10n.t('The request is too large for {model}.', { model: plainText(model) }),
    next: l10n.t('Select less, or attach fewer files.'),
  }),
  badRequest: ({ provider, detail }) => ({
    text: l10n.t('{provider} did not accept the request: {detail}', {
      provider: plainText(provider),
      detail: plainText(detail),
    }),
    next: l10n.t('Ask again; if it happens again, report it with the Maia log.'),
  }),
  serverError: ({ provider, status }) => ({
    text: l10n.t('{provider} answered with an error ({status}).', {
      provider: plainText(provider),
      status: String(status),
    }),
    next: l10n.t('Ask again in a moment.'),
  }),
  answerCut: ({ model }) => ({
    text: l10n.t('The answer of {model} hit its length limit and is not whole.', { model: plainText(model) }),
    next: l10n.t('Ask for less at once.'),
  }),
  emptyAnswer: ({ model }) => ({
    text: l10n.t('{model} gave an empty answer.', { model: plainText(model) }),
    next: l10n.t('Ask again, or ask another model.'),
  }),
  leftForClaude: ({ model }) => ({
    text: l10n.t('{model} was stopped: you asked for Claude.', { model: plainText(model) }),
    next: '',
  }),
  runsInCircles: ({ model }) => ({
    text: l10n.t('{model} said the same thing over and over, so Maia stopped it.', {
      model: plainText(model),
    }),
    next: l10n.t('Ask again, or ask another model.'),
  }),
  nothingSelected: ({ languageId }) => ({
    text: l10n.t('Maia does not know where functions begin in this language ({language}).', {
      language: plainText(languageId),
    }),
    next: l10n.t('Select the code first.'),
  }),
  nothingToWorkOn: ({ task }) => ({
    text: l10n.t('There is no code here to work on ({task}).', { task: taskName(task) }),
    next: l10n.t('Put the cursor into a function, or select code.'),
  }),
  fileTooLarge: ({ bytes, limit }) => ({
    text: l10n.t('The file is too large ({size}; the limit is {limit}).', {
      size: readableBytes(bytes),
      limit: readableBytes(limit),
    }),
    next: l10n.t('Select the part that matters.'),
  }),
  binaryFile: ({ name }) => ({
    text: l10n.t('{name} is not a text file.', { name: plainText(name) }),
    next: l10n.t('Open a source file.'),
  }),
  readOnlyFile: ({ name }) => ({
    text: l10n.t('{name} is read-only.', { name: plainText(name) }),
    next: l10n.t('Make it writable, then ask again.'),
  }),
  fileGone: ({ name }) => ({
    text: l10n.t('{name} is gone, so nothing was applied.', { name: plainText(name) }),
    next: l10n.t('The proposed text is still in the diff.'),
  }),
  sameLinesChanged: ({ name }) => ({
    text: l10n.t('You changed the same lines of {name} meanwhile, so nothing was applied.', {
      name: plainText(name),
    }),
    next: l10n.t('The diff shows both texts.'),
  }),
  mergeUnchecked: ({ name }) => ({
    text: l10n.t('{name} changed meanwhile, and no check says that both changes fit together.', {
      name: plainText(name),
    }),
    next: l10n.t('Nothing was applied; the diff shows both texts.'),
  }),
  fileChanged: ({ name }) => ({
    text: l10n.t('{name} changed while the answer was written, so nothing was applied.', {
      name: plainText(name),
    }),
    next: l10n.t('Ask again.'),
  }),
  noFolder: ({ task }) => ({
    text: l10n.t('No folder is open, so there is no place for {task}.', { task: taskName(task) }),
    next: l10n.t('Open the project folder and ask again.'),
  }),
  virtualWorkspace: ({ task }) => ({
    text: l10n.t('This workspace is not on a disk, so Maia cannot write {task} here.', {
      task: taskName(task),
    }),
    next: l10n.t('Ask in the chat, or open the folder on a disk.'),
  }),
  noRepository: () => ({
    text: l10n.t('No open folder belongs to a git repository.'),
    next: l10n.t('Open one, or switch git on in the settings.'),
  }),
  nothingChanged: ({ name }) => ({
    text: l10n.t('Nothing has changed in {name}.', { name: plainText(name) }),
    next: l10n.t('Change or stage something first.'),
  }),
  untrustedFolder: () => ({
    text: l10n.t('This folder is not trusted, and git would run what its settings say.'),
    next: l10n.t('Trust the folder, then ask again.'),
  }),
  gitFailed: ({ detail }) => ({
    text: l10n.t('Git could not be asked: {detail}', { detail: plainText(detail, 120) }),
    next: l10n.t('See whether git is installed, then ask again.'),
  }),
  notExported: ({ name }) => ({
    text: l10n.t('{name} is private to its file or class, so no test can reach it.', {
      name: plainText(name),
    }),
    next: l10n.t('Export it, or ask for tests of a function that uses it.'),
  }),
  testFrameworkUnknown: ({ framework }) => ({
    text: l10n.t('This project tests with {framework}, which Maia cannot write for yet.', {
      framework: plainText(framework),
    }),
    next: l10n.t('Ask for the tests in the chat and paste them yourself.'),
  }),
  checkFailed: ({ findings }) => ({
    text: l10n.t('The answer failed its check: {findings}', {
      findings: findings.slice(0, 3).map(findingSentence).join(' '),
    }),
    next: l10n.t('Take over what holds, or ask again.'),
  }),
  noPermit: ({ reason }) => ({
    text: l10n.t('Nothing was sent. {reason}', { reason: reasonSentence(reason) }),
    next: nextOfBudget(reason.code) ?? l10n.t('Take the protected part out, or ask with /local.'),
  }),
  budgetNear: ({ period, usedUsd, limitUsd }) => {
    const used = money({ low: usedUsd, high: usedUsd });
    const limit = money({ low: limitUsd, high: limitUsd });
    return {
      text:
        period === 'day'
          ? l10n.t("{used} of today's budget of {limit} are taken.", { used, limit })
          : l10n.t("{used} of this month's budget of {limit} are taken.", { used, limit }),
      next: l10n.t('When it is spent, everything stays local; raise it under maia.budget if you want.'),
    };
  },
  ledgerUnavailable: ({ detail }) => ({
    text: l10n.t('The savings cannot be written down right now: {detail}', { detail: plainText(detail) }),
    next: l10n.t('Answers go on; check the disk of the Maia folder.'),
  }),
  ledgerSetAside: ({ file }) => ({
    text: l10n.t('The savings file was damaged; it was set aside as {file}, and a fresh one was started.', {
      file: plainText(file),
    }),
    next: l10n.t('Nothing to do; keep the old file if you want its figures.'),
  }),
  ledgerNewer: () => ({
    text: l10n.t('A newer Maia wrote the savings file, so this one leaves it as it is.'),
    next: l10n.t('Update Maia here too; answers go on.'),
  }),
  unexpected: ({ detail }) => ({
    text: l10n.t('Something went wrong in Maia: {detail}', { detail: plainText(detail) }),
    next: l10n.t('Ask again; if it happens again, report it with the Maia log.'),
  }),
};

function nextOfBudget(code: string): string | undefined {
  if (code === 'budgetSpent') return l10n.t('Raise the limit under maia.budget, or ask with /local.');
  if (code === 'budgetUnknown') return l10n.t('Check the disk of the Maia folder, or ask with /local.');
  if (code === 'noPrice')
    return l10n.t('Give the model a price under maia.savings.prices, or ask with /local.');
  return undefined;
}

const protectedCodes: readonly string[] = [
  'protectedPath',
  'protectedSecret',
  'protectedLines',
  'protectedMark',
  'scanTimeout',
];

function isProtected({ code }: { readonly code: string }): boolean {
  return protectedCodes.includes(code);
}

function nextOfNothingLeft(codes: readonly string[]): string {
  const any = (...wanted: string[]) => codes.some((code) => wanted.includes(code));
  if (any(...protectedCodes)) {
    if (any('providerUnreachable'))
      return l10n.t('Start Ollama so that a local model can do it, or take the protected part out.');
    if (any('noLocalModel'))
      return l10n.t('Pull a local model with "Maia: Pull a Local Model", or take the protected part out.');
    if (any('modeClaudeOnly'))
      return l10n.t(
        'Change the mode in the Maia menu so that a local model can do it, or take the protected part out.',
      );
    if (
      codes.includes('protectedSecret') &&
      !any('protectedPath', 'protectedLines', 'protectedMark', 'scanTimeout')
    )
      return l10n.t('Mask the secret, take it out, or let a local model do it with /local.');
    return l10n.t('Take the protected part out, or let a local model do it with /local.');
  }
  if (any('providerUnreachable')) return l10n.t('Start Ollama, or set maia.ollama.host.');
  if (any('contextTooLong')) return l10n.t('Select less, or attach fewer files.');
  if (any('modeLocalOnly', 'modeClaudeOnly')) return l10n.t('Change the mode in the Maia menu.');
  for (const code of codes) {
    const next = nextOfBudget(code);
    if (next !== undefined) return next;
  }
  if (any('noKey'))
    return l10n.t(
      'Run "Maia: Set Claude API Key" (in a shell: set ANTHROPIC_API_KEY), or pull a local model.',
    );
  if (any('offline')) return l10n.t('Turn maia.offline off, or pull a local model.');
  if (any('doesNotFitMemory')) return l10n.t('Pull a smaller model.');
  return l10n.t('Check the models in the Maia menu.');
}

/** What happened and what the developer can do, in the display language. */
export function failureWords(failure: Failure): FailureWords {
  const make = words[failure.code] as (params: Failure['params']) => FailureWords;
  return make(failure.params);
}
