// What differs between Debian's LibTorch 1.13.1 and PyPI's 2.11 stands here and nowhere else.
#pragma once
#include <torch/torch.h>
#include <torch/version.h>

namespace tts {

#if TORCH_VERSION_MAJOR >= 2
template <typename T>
using Optional = std::optional<T>;
inline constexpr auto kNone = std::nullopt;
#else
template <typename T>
using Optional = c10::optional<T>;
inline constexpr auto kNone = c10::nullopt;
#endif

}  // namespace tts
