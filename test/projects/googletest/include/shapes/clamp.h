#pragma once

namespace shapes::limits {

int clamp_to(int value, int low, int high);

}  // namespace shapes::limits
