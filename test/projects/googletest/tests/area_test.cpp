#include "shapes/area.h"

#include <gtest/gtest.h>

using shapes::Rectangle;

TEST(RectangleTest, MultipliesItsSides) {
  EXPECT_EQ(Rectangle(2, 3).area(), 6);
}
