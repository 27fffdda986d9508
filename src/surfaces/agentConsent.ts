import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import { money } from '../phrases/money.ts';
import type { Request } from '../vocabulary/request.ts';
import type { SurfaceParts } from './surfaceParts.ts';

const agreedKey = 'maia.agentCostAgreed';

/**
 * Asks once before an agent's turn costs money, with an estimate. True where it costs nothing, was agreed to before,
 * or is agreed to now.
 */
export async function mayCostMoney(
  request: Request,
  engine: Engine,
  parts: SurfaceParts,
  signal: AbortSignal,
): Promise<boolean> {
  const { globalState } = parts.context;
  if (request.tools.length === 0 || parts.practice || globalState.get(agreedKey) === true) return true;
  const decided = await engine.decide(request, signal);
  // Where nobody can be asked the run itself says why.
  if (!decided.ok || decided.value.route === 'local') return true;
  const { model, promptTokens } = decided.value;
  const estimate = engine.estimate(decided.value);
  const tokens = promptTokens.toLocaleString(vscode.env.language);
  const sentence = estimate
    ? vscode.l10n.t(
        'Agent mode needs {0} for this: about {1} for this turn ({2} tokens). An agent takes several turns.',
        model.name,
        money(estimate),
        tokens,
      )
    : vscode.l10n.t(
        'Agent mode needs {0} for this: {1} tokens for this turn, billed to your key. An agent takes several turns.',
        model.name,
        tokens,
      );
  const goOn = vscode.l10n.t('Go On');
  const chosen = await Promise.race([
    vscode.window.showWarningMessage(sentence, goOn, vscode.l10n.t('Not Now')),
    new Promise<undefined>((resolve) =>
      signal.addEventListener('abort', () => resolve(undefined), { once: true }),
    ),
  ]);
  if (chosen !== goOn) return false;
  await globalState.update(agreedKey, true);
  return true;
}
