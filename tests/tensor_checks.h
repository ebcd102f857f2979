// CHECK for tensors: what differs is said, not only that something does.
//
//   CHECK_TENSOR_EQ(made, truth);            // same type and shape, same numbers
//   CHECK_TENSOR_CLOSE(made, truth, 1e-5);   // … to within so much, absolutely
#pragma once
#include <sstream>
#include <string>

#include "tests/test.h"

namespace tts {

// "" when a and b have one shape and no number differs by more than `tolerance` (or is none).
// Else "at [1, 4]: 0.5 and 0.25; 3 of 20 differ", or both shapes.
// A tolerance of 0 asks for one type, too.
inline std::string tensor_difference(const torch::Tensor& a,
                                     const torch::Tensor& b,
                                     double tolerance) {
  std::ostringstream out;
  if (!a.defined() || !b.defined()) {
    if (a.defined() != b.defined()) out << (a.defined() ? "the second" : "the first") << " is none";
    return out.str();
  }
  if (a.sizes() != b.sizes()) {
    out << "shapes are " << a.sizes() << " and " << b.sizes();
    return out.str();
  }
  if (tolerance == 0 && a.scalar_type() != b.scalar_type()) {
    out << "types are " << a.scalar_type() << " and " << b.scalar_type();
    return out.str();
  }
  const torch::Tensor x = a.detach().to(torch::kCPU).to(torch::kDouble).flatten();
  const torch::Tensor y = b.detach().to(torch::kCPU).to(torch::kDouble).flatten();
  // Infinities of one sign are equal, though their difference is no number.
  const torch::Tensor wrong = ~(x.eq(y) | (x - y).abs().le(tolerance)).flatten();
  const torch::Tensor places = wrong.nonzero();
  if (places.size(0) == 0) return "";
  const int64_t first = places[0][0].item<int64_t>();
  std::vector<int64_t> index(static_cast<size_t>(a.dim()));
  int64_t rest = first;
  for (int64_t axis = a.dim() - 1; axis >= 0; rest /= a.size(axis), --axis)
    index[static_cast<size_t>(axis)] = rest % a.size(axis);
  out.precision(9);
  out << "at " << torch::IntArrayRef(index) << ": " << x[first].item<double>() << " and "
      << y[first].item<double>() << "; " << places.size(0) << " of " << x.numel() << " differ";
  return out.str();
}

}  // namespace tts

#define CHECK_TENSOR_CLOSE(a, b, tolerance)                                     \
  do {                                                                          \
    const std::string difference = tts::tensor_difference((a), (b), tolerance); \
    CHECK_MESSAGE(difference.empty(), #a ", " #b ": ", difference);             \
  } while (false)
#define CHECK_TENSOR_EQ(a, b) CHECK_TENSOR_CLOSE(a, b, 0)
