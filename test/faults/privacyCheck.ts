import { isTrustedHost } from '../../src/vocabulary/trustedHost.ts';
import type { Exchange } from './memoryNetwork.ts';
import type { Ran } from './play.ts';
import type { Verdict } from './verdict.ts';
import { asksModel, modelOf } from './wire.ts';
import type { World } from './world.ts';

/** Canaries in bytes that arrived at a server that plays a model whose boundary is not `machine`. */
export function checkPrivacy(world: World, ran: readonly Ran[], verdict: Verdict): void {
  const arrived = world.network.exchanges.filter(({ arrival }) => arrival !== undefined);
  for (const { canary, placed, request, outcome } of ran) {
    if (!canary) continue;
    verdict.met('canary in a request');
    const held = arrived.filter(({ body }) => body.includes(canary.core));
    if (outcome?.end === 'answered' && held.some(asksModel)) verdict.met('canary answered on this machine');
    for (const exchange of held)
      if (!mayHold(exchange, world))
        verdict.broken(
          'privacy',
          `a ${canary.kind} secret of ${placed} arrived at ${exchange.origin} for ${modelOf(exchange)}`,
          request.id,
        );
  }
}

/** This machine, or a host of the network that the user trusts; never what runs in the cloud behind either. */
export function mayHold(
  exchange: Exchange,
  { scenario, settings }: Pick<World, 'scenario' | 'settings'>,
): boolean {
  const host = new URL(exchange.origin).host;
  const model = modelOf(exchange);
  const remote = scenario.models.some(({ name, remoteModel }) => name === model && remoteModel !== undefined);
  if (remote) return false;
  const trusted = (settings['maia.privacy.trustedHosts'] ?? []) as readonly string[];
  return host.startsWith('127.') || isTrustedHost(host, trusted);
}
