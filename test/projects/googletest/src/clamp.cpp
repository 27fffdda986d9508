#include "shapes/clamp.h"

namespace shapes::limits {

namespace {
int larger(int one, int other) { return one < other ? other : one; }
}  // namespace

int clamp_to(int value, int low, int high) {
  const int raised = larger(value, low);
  return raised > high ? high : raised;
}

}  // namespace shapes::limits
