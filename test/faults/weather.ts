import type { Random } from './random.ts';

/** What a network does to one request; `none` brings it there and the answer back. */
export type WireFault =
  | { readonly kind: 'none' }
  /** Nothing of the request arrives. */
  | { readonly kind: 'refused' | 'unknownHost' | 'unreachable' | 'badCertificate' | 'resetBefore' }
  /** The request arrived, nothing of the answer does. */
  | { readonly kind: 'resetAfter'; readonly afterMs: number }
  | { readonly kind: 'silent' }
  /** The connection breaks, or ends as if the answer were whole, after so many bytes of the body. */
  | { readonly kind: 'cut' | 'shortened'; readonly atBytes: number }
  /** Nothing more comes after so many bytes. */
  | { readonly kind: 'stalled'; readonly atBytes: number }
  /** Something that is not the server answers. */
  | { readonly kind: 'portal'; readonly status: number; readonly body: string }
  | { readonly kind: 'redirect'; readonly location: string };

/** One request's way through the network. */
export interface Passage {
  readonly fault: WireFault;
  /** Milliseconds before the request arrives, and before the headers do. */
  readonly thereMs: number;
  readonly backMs: number;
  /** The body comes in pieces of at most so many bytes, each after so many milliseconds at most; 0 = as it was sent. */
  readonly pieceBytes: number;
  readonly pieceMs: number;
}

const portals = [
  { kind: 'portal', status: 200, body: '<!doctype html><title>Welcome to the hotel</title>' },
  { kind: 'portal', status: 502, body: '<html><body>Bad Gateway</body></html>' },
  { kind: 'portal', status: 504, body: 'upstream request timeout' },
  { kind: 'portal', status: 407, body: '' },
  { kind: 'portal', status: 200, body: '' },
  { kind: 'portal', status: 200, body: '{}' },
] as const;

/** The network of one scenario: calm, or with so many faults among its requests. */
export class Weather {
  readonly #random: Random;
  /** 0 (no faults) .. 1 (nothing gets through whole). */
  roughness: number;
  /** Faults that were really handed out. */
  struck = 0;

  constructor(random: Random, roughness: number) {
    this.#random = random;
    this.roughness = roughness;
  }

  /** @param streamed a model's answer, where faults within the body matter most */
  next(streamed: boolean): Passage {
    const random = this.#random;
    const rough = random.chance(streamed ? Math.min(0.8, this.roughness * 2) : this.roughness);
    const fault = rough ? this.#fault(streamed) : ({ kind: 'none' } as const);
    if (fault.kind !== 'none') this.struck += 1;
    const split = random.chance(0.3);
    return {
      fault,
      thereMs: random.chance(0.2) ? random.int(1, 300) : 0,
      backMs:
        rough && random.chance(0.2) ? random.int(1, 20_000) : random.chance(0.2) ? random.int(1, 400) : 0,
      pieceBytes: split ? random.pick([1, 3, 7, 40, 300, 2_000]) : 0,
      pieceMs: split && random.chance(0.2) ? random.int(1, 200) : 0,
    };
  }

  #fault(streamed: boolean): WireFault {
    const random = this.#random;
    const kind = random.weighted({
      refused: 3,
      unknownHost: 1,
      unreachable: 1,
      badCertificate: 1,
      resetBefore: 2,
      resetAfter: 3,
      silent: 0.3,
      cut: streamed ? 8 : 2,
      shortened: streamed ? 5 : 1,
      stalled: streamed ? 0.5 : 0.2,
      portal: 1.5,
      redirect: 0.5,
    });
    switch (kind) {
      case 'resetAfter':
        return { kind, afterMs: random.int(0, 3_000) };
      case 'cut':
      case 'shortened':
      case 'stalled':
        return { kind, atBytes: random.chance(0.3) ? random.int(0, 300) : random.int(0, 12_000) };
      case 'silent':
        return { kind };
      case 'portal':
        return random.pick(portals);
      case 'redirect':
        return { kind, location: 'https://elsewhere.example/' };
      default:
        return { kind };
    }
  }
}
