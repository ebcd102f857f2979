// What reading and writing safetensors share: the table of types. Not for use outside
// nn/safetensors*.
#pragma once
#include <torch/torch.h>

#include <string>
#include <vector>

namespace tts {

struct StoredType {
  const char* name;
  torch::ScalarType scalar;
  size_t bytes;
  bool is_float;
};

inline constexpr StoredType kStoredTypes[] = {
    {"F32", torch::kFloat32, 4, true},
    {"F16", torch::kFloat16, 2, true},
    {"BF16", torch::kBFloat16, 2, true},
    {"I64", torch::kInt64, 8, false},
    {"I32", torch::kInt32, 4, false},
    {"U8", torch::kUInt8, 1, false},
    {"I8", torch::kInt8, 1, false},
};

inline const StoredType* find_stored_type(const std::string& name) {
  for (const auto& type : kStoredTypes) {
    if (name == type.name) return &type;
  }
  return nullptr;
}

inline const StoredType* find_stored_type(torch::ScalarType scalar) {
  for (const auto& type : kStoredTypes) {
    if (scalar == type.scalar) return &type;
  }
  return nullptr;
}

// "[12, 384]"
inline std::string shape_text(const std::vector<int64_t>& shape) {
  std::string out = "[";
  for (const int64_t size : shape) out += (out.size() > 1 ? ", " : "") + std::to_string(size);
  return out + "]";
}

// The hash of one stored tensor's description and bytes, as content_hash combines them.
std::string stored_fingerprint(const std::string& name,
                               const std::string& dtype,
                               const std::vector<int64_t>& shape,
                               const void* data,
                               size_t bytes);

}  // namespace tts
