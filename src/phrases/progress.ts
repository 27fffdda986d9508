import * as l10n from '@vscode/l10n';
import type { Progress, ProgressCodes } from '../vocabulary/event.ts';
import { briefSteps } from './briefFindings.ts';
import { plainText, readable, readableBytes } from './plainText.ts';

type Sentences<Codes> = { readonly [Code in keyof Codes]: (params: Readonly<Codes[Code]>) => string };

const sentences: Sentences<ProgressCodes> = {
  loading: ({ model, bytes }) =>
    bytes === undefined
      ? l10n.t('Loading {model}', { model: plainText(model) })
      : l10n.t('Loading {model}, {size}', { model: plainText(model), size: readableBytes(bytes) }),
  queued: ({ model }) => l10n.t('{model} is busy; waiting for its turn', { model: plainText(model) }),
  asking: ({ model }) => l10n.t('Asking {model}', { model: plainText(model) }),
  writing: ({ model, tokens }) =>
    l10n.t('{model} is writing ({tokens} tokens)', { model: plainText(model), tokens: readable(tokens) }),
  checking: (params) => {
    const steps = briefSteps(params);
    return steps === '' ? l10n.t('Checking the answer') : l10n.t('Checking: {steps}', { steps });
  },
  retrying: ({ model }) => l10n.t('Asking {model} again', { model: plainText(model) }),
  handedOver: ({ from, to }) =>
    l10n.t('{from} failed; asking {to}', { from: plainText(from), to: plainText(to) }),
  repairing: ({ model }) => l10n.t('The check failed; {model} mends it', { model: plainText(model) }),
  claudeWanted: ({ to }) => l10n.t('Asking {to}, as you said', { to: plainText(to) }),
  askingAsUnsure: ({ to }) => l10n.t('Not sure enough of it; asking {to}', { to: plainText(to) }),
  askingAfterCheck: ({ to }) => l10n.t('The check failed; asking {to}', { to: plainText(to) }),
};

/** A short line without a full stop, as progress is shown. */
export function progressLine(progress: Progress): string {
  const sentence = sentences[progress.code] as (params: Progress['params']) => string;
  return sentence(progress.params);
}
