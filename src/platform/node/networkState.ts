import { networkInterfaces } from 'node:os';
import type { Network } from '../../engine/ports.ts';

/** Online while any interface beside loopback has an address. Costs under a millisecond. */
export const systemNetwork: Network = {
  online: () =>
    Object.values(networkInterfaces()).some((addresses) => addresses?.some((address) => !address.internal)),
};
