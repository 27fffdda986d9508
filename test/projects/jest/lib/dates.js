/** Whole days from one day to another. */
exports.daysBetween = function daysBetween(from, to) {
  return Math.round((to.getTime() - from.getTime()) / 86_400_000);
};
