#pragma once

namespace shapes {

class Rectangle {
 public:
  Rectangle(int width, int height) : width_(width), height_(height) {}
  int area() const;
  bool is_square() const { return width_ == height_; }

 private:
  int width_;
  int height_;
};

}  // namespace shapes
