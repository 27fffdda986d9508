import * as l10n from '@vscode/l10n';
import type { Failure } from '../vocabulary/failure.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { CommandId } from './commandTable.ts';

/** What the developer can do about a failure, as a button. */
export interface Step {
  readonly title: string;
  readonly command: CommandId;
  readonly arguments?: readonly string[];
}

const setKey = (): Step => ({ title: l10n.t('Set Claude API Key'), command: 'maia.setClaudeKey' });
const checkAgain = (): Step => ({ title: l10n.t('Check Again'), command: 'maia.checkAgain' });
const pull = (): Step => ({ title: l10n.t('Pull a Model'), command: 'maia.pullModel' });
const begin = (): Step => ({ title: l10n.t('Get Started'), command: 'maia.openWalkthrough' });
const chooseMode = (): Step => ({ title: l10n.t('Choose Mode'), command: 'maia.chooseMode' });
const testModel = (): Step => ({ title: l10n.t('Test a Local Model'), command: 'maia.probeModel' });
const openSetting = (name: string): Step => ({
  title: l10n.t('Open Setting'),
  command: 'maia.openSettings',
  arguments: [name],
});
const openLog = (): Step => ({ title: l10n.t('Open Log'), command: 'maia.openLog' });

/** At most two buttons for a failure, the likeliest first. */
export function stepsFor(failure: Failure): readonly Step[] {
  switch (failure.code) {
    case 'nothingSetUp':
      return [begin(), setKey()];
    case 'nothingLeft':
      return unique(likeliestFirst(failure.params.because).flatMap(stepsForReason)).slice(0, 2);
    case 'noKey':
    case 'badKey':
      return [setKey()];
    case 'ollamaUnreachable':
    case 'notOllama':
    case 'redirectRefused':
    case 'claudeUnreachable':
    case 'engineCrashed':
    case 'overloaded':
      return [checkAgain()];
    case 'noModelsInstalled':
    case 'modelMissing':
    case 'pinnedModelMissing':
      return [pull()];
    case 'budgetNear':
      return [openSetting('maia.budget')];
    case 'ledgerUnavailable':
    case 'ledgerSetAside':
    case 'unexpected':
      return [openLog()];
    default:
      return [];
  }
}

/** A server that is down is started sooner than a key is bought. */
function likeliestFirst(because: readonly Reason[]): readonly Reason[] {
  const isDown = ({ code }: Reason) => code === 'providerUnreachable' || code === 'providerFailing';
  return [...because.filter(isDown), ...because.filter((reason) => !isDown(reason))];
}

function stepsForReason(reason: Reason): readonly Step[] {
  switch (reason.code) {
    case 'noKey':
      return [setKey()];
    case 'modeLocalOnly':
    case 'modeClaudeOnly':
      return [chooseMode()];
    case 'providerUnreachable':
    case 'providerFailing':
    case 'offline':
      return [checkAgain()];
    case 'toolsNotProven':
    case 'chatNotProven':
      return [testModel()];
    case 'budgetSpent':
      return [openSetting('maia.budget')];
    case 'modelDenied':
    case 'modelNotAllowed':
    case 'originNotAllowed':
      return [openSetting('maia.models')];
    case 'noTools':
    case 'doesNotFitMemory':
    case 'contextTooLong':
      return [pull()];
    default:
      return [];
  }
}

function unique(steps: readonly Step[]): readonly Step[] {
  return steps.filter((step, at) => steps.findIndex((other) => other.command === step.command) === at);
}
