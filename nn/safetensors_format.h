// What reading and writing safetensors share: types and the header. Not for use outside
// nn/safetensors*.
#pragma once
#include <torch/torch.h>

#include <map>
#include <string>
#include <utility>
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
    {"I16", torch::kInt16, 2, false},
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

// One tensor as the header describes it. Its bytes are [begin, end) behind the header.
struct StoredTensor {
  const StoredType* type = nullptr;
  std::vector<int64_t> shape;
  uint64_t begin = 0, end = 0;
};

struct StoredHeader {
  std::map<std::string, std::string> metadata;
  std::vector<std::pair<std::string, StoredTensor>> tensors;
  size_t data_begin = 0;
};

// Throws Error(kVoice) unless the whole file of `bytes` bytes is a sound safetensors file.
StoredHeader read_stored_header(const char* data, size_t bytes, const std::string& where);

// The hash of one stored tensor's description and bytes, as content_hash combines them.
std::string stored_fingerprint(const std::string& name,
                               const std::string& dtype,
                               const std::vector<int64_t>& shape,
                               const void* data,
                               size_t bytes);

}  // namespace tts
