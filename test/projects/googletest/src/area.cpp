#include "shapes/area.h"

namespace shapes {

int Rectangle::area() const { return width_ * height_; }

}  // namespace shapes
