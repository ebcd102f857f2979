// LibTorch's c10 logging defines CHECK and aborts in it. Include this instead of doctest: it puts
// torch first (where the target has it) and gives CHECK back to doctest, or a test would compile
// and never count.
#pragma once
#if __has_include(<torch/torch.h>)
#include <torch/torch.h>
#endif
#undef CHECK
#undef CHECK_EQ
#undef CHECK_NE
#undef CHECK_LT
#undef CHECK_LE
#undef CHECK_GT
#undef CHECK_GE
#include <doctest/doctest.h>
