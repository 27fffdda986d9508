/** Longer than the opening that is held back, in sentences that do not repeat. */
export const longAnswer = [
  'A queue keeps what has arrived in the order of its arrival, so that the oldest entry is served first.',
  'A producer puts an entry at the back and goes on at once; a consumer takes the one at the front when it is ready.',
  'Between the two lies a buffer, which is what lets each of them work at a speed of its own for a while.',
  'Where the buffer is full, somebody has to wait or to lose something: that choice is the first to make.',
].join(' ');
