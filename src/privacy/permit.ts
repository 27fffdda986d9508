import type { Boundary, Model } from '../vocabulary/model.ts';

const issued = Symbol('issued by src/privacy');

/**
 * Proof that these very bytes were scanned and may go to this model. Only `issue` makes one, and only `src/privacy/`
 * calls it; a provider sends `composed.body` and nothing else.
 */
export class Permit {
  readonly boundary: Exclude<Boundary, 'machine'>;
  readonly composed: { readonly model: Model; readonly host: string; readonly body: string };

  constructor(
    key: symbol,
    boundary: Exclude<Boundary, 'machine'>,
    composed: { readonly model: Model; readonly host: string; readonly body: string },
  ) {
    if (key !== issued) throw new TypeError('A permit is issued by src/privacy/ alone');
    this.boundary = boundary;
    this.composed = composed;
    Object.freeze(this);
  }
}

/** For `src/privacy/` alone (the linter sees to it). */
export function issue(
  boundary: Exclude<Boundary, 'machine'>,
  composed: { readonly model: Model; readonly host: string; readonly body: string },
): Permit {
  return new Permit(issued, boundary, composed);
}
