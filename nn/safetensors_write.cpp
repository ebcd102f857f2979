#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/hash.h"
#include "nn/safetensors.h"
#include "nn/safetensors_format.h"

namespace tts {
namespace {

namespace fs = std::filesystem;

constexpr char kExtension[] = ".safetensors";

// A tensor as it lies in the file: contiguous, on the CPU, of its final type.
struct Stored {
  std::string name;
  Tensor tensor;
  const StoredType* type;
  size_t bytes() const { return static_cast<size_t>(tensor.numel()) * type->bytes; }
};

Stored stored(const std::string& name, const Tensor& tensor) {
  const StoredType* type = find_stored_type(tensor.scalar_type());
  if (type == nullptr) {
    fail(ErrorCode::kOutput,
         "tensor \"",
         name,
         "\" has type ",
         c10::toString(tensor.scalar_type()),
         ", which weight files cannot hold; convert it");
  }
  return {name, tensor.contiguous(), type};
}

// Symmetric: each row of the first axis has its own scale, its largest value becomes 127.
std::vector<Stored> quantise(const std::string& name, const Tensor& value) {
  const Tensor rows = value.reshape({value.size(0), -1});  // [C, K]
  const Tensor scale = (rows.abs().amax(1) / 127).clamp_min(1e-12);
  const Tensor codes = (rows / scale.unsqueeze(1)).round().to(torch::kInt8);
  return {stored(name, codes.view(value.sizes())), stored(name + ".scale", scale)};
}

std::vector<Stored> convert(const std::string& name, const Tensor& given, SaveType type) {
  if (!given.defined()) fail(ErrorCode::kOutput, "tensor \"", name, "\" is undefined");
  const Tensor tensor = given.detach().cpu();
  if (!tensor.is_floating_point()) return {stored(name, tensor)};
  const Tensor value = tensor.to(torch::kFloat32);
  if (type == SaveType::kFloat32) return {stored(name, value)};
  if (!torch::isfinite(value).all().item<bool>()) {
    fail(ErrorCode::kOutput, "tensor \"", name, "\" has NaN or infinite values");
  }
  if (type == SaveType::kInt8PerChannel && value.dim() >= 2 && value.numel() > 0) {
    return quantise(name, value);
  }
  if (value.numel() > 0 && value.abs().max().item<float>() > 65504) {
    fail(ErrorCode::kOutput,
         "tensor \"",
         name,
         "\" has values beyond 65504, the largest of half precision");
  }
  return {stored(name, value.to(torch::kFloat16))};
}

std::vector<Stored> convert_all(const NamedTensors& tensors, SaveType type) {
  torch::NoGradGuard no_grad;
  std::vector<Stored> out;
  std::set<std::string> names;
  for (const auto& [name, tensor] : tensors) {
    for (auto& item : convert(name, tensor, type)) {
      if (!names.insert(item.name).second || item.name == "__metadata__") {
        fail(ErrorCode::kOutput, "two tensors are called \"", item.name, "\"");
      }
      out.push_back(std::move(item));
    }
  }
  return out;
}

// Wide types first keeps every tensor aligned without holes, which the format forbids.
void order_for_alignment(std::vector<Stored>& items) {
  std::stable_sort(items.begin(), items.end(), [](const Stored& a, const Stored& b) {
    return a.type->bytes > b.type->bytes;
  });
}

std::string header_of(const std::vector<Stored>& items, const Metadata& metadata) {
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!metadata.empty()) header["__metadata__"] = metadata;
  size_t begin = 0;
  for (const auto& item : items) {
    header[item.name] = {{"dtype", item.type->name},
                         {"shape", item.tensor.sizes().vec()},
                         {"data_offsets", {begin, begin + item.bytes()}}};
    begin += item.bytes();
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  return text;
}

void write_file(const std::string& path, std::vector<Stored> items, const Metadata& metadata) {
  order_for_alignment(items);
  const std::string header = header_of(items, metadata);
  const uint64_t length = header.size();
  AtomicFile file(path);
  file.write(&length, sizeof(length));
  file.write(header);
  for (const auto& item : items) file.write(item.tensor.data_ptr(), item.bytes());
  file.commit();
}

// Fills files in order; a tensor's scale may land in the next one, which merging permits.
std::vector<std::vector<Stored>> split(const std::vector<Stored>& items,
                                       const Metadata& metadata,
                                       size_t max_bytes) {
  const size_t empty_file = 8 + header_of({}, metadata).size() + 8;
  std::vector<std::vector<Stored>> out(1);
  size_t used = empty_file;
  for (const auto& item : items) {
    const size_t needed = header_of({item}, {}).size() + 32 + item.bytes();  // 32: longer offsets
    if (empty_file + needed > max_bytes) {
      fail(ErrorCode::kOutput,
           "tensor \"",
           item.name,
           "\" has ",
           item.bytes(),
           " bytes; a weight file holds at most ",
           max_bytes);
    }
    if (used + needed > max_bytes) {
      out.emplace_back();
      used = empty_file;
    }
    out.back().push_back(item);
    used += needed;
  }
  return out;
}

std::string shard_path(const std::string& stem, size_t index, size_t count) {
  char numbers[64];
  std::snprintf(numbers, sizeof(numbers), "-%05zu-of-%05zu", index + 1, count);
  return stem + numbers + kExtension;
}

// "-00001-of-00003.safetensors" behind the stem; true with both numbers.
bool is_shard_suffix(const std::string& suffix, size_t* index, size_t* count) {
  int end = 0;
  return std::sscanf(suffix.c_str(), "-%5zu-of-%5zu.safetensors%n", index, count, &end) == 2 &&
         end == static_cast<int>(suffix.size()) && suffix.size() == 27;
}

// All files that a save under this stem may have left, the single one included.
std::vector<std::string> files_of_stem(const std::string& stem) {
  const fs::path whole(stem);
  const fs::path folder = whole.has_parent_path() ? whole.parent_path() : fs::path(".");
  const std::string name = whole.filename().string();
  std::vector<std::string> out;
  std::error_code ignored;
  for (const auto& item : fs::directory_iterator(folder, ignored)) {
    const std::string file = item.path().filename().string();
    size_t index = 0, count = 0;
    if (file.compare(0, name.size(), name) != 0) continue;
    const std::string suffix = file.substr(name.size());
    if (suffix == kExtension || is_shard_suffix(suffix, &index, &count))
      out.push_back(stem + suffix);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

void save_safetensors(const std::string& path,
                      const NamedTensors& tensors,
                      const Metadata& metadata,
                      SaveType type) {
  write_file(path, convert_all(tensors, type), metadata);
}

void save_sharded(const std::string& stem,
                  const NamedTensors& tensors,
                  const Metadata& metadata,
                  SaveType type,
                  size_t max_bytes) {
  const auto shards = split(convert_all(tensors, type), metadata, max_bytes);
  std::set<std::string> written;
  for (size_t i = 0; i < shards.size(); ++i) {
    const std::string path =
        shards.size() == 1 ? stem + kExtension : shard_path(stem, i, shards.size());
    write_file(path, shards[i], metadata);
    written.insert(path);
  }
  for (const auto& path : files_of_stem(stem)) {
    if (!written.count(path)) fs::remove(path);
  }
}

SafeTensors SafeTensors::open_sharded(const std::string& stem) {
  const auto files = files_of_stem(stem);
  if (files.empty()) {
    fail(ErrorCode::kVoice,
         stem,
         kExtension,
         ": does not exist, nor do ",
         shard_path(stem, 0, 2),
         " …");
  }
  std::vector<SafeTensors> parts;
  for (size_t i = 0; i < files.size(); ++i) {
    const std::string expected =
        files.size() == 1 ? stem + kExtension : shard_path(stem, i, files.size());
    if (files[i] != expected) {
      fail(ErrorCode::kVoice,
           files[i],
           ": is there, but ",
           expected,
           " is missing: some weight files were not copied, or two sets are mixed");
    }
    parts.push_back(open(files[i]));
  }
  return merge(parts);
}

std::string stored_fingerprint(const std::string& name,
                               const std::string& dtype,
                               const std::vector<int64_t>& shape,
                               const void* data,
                               size_t bytes) {
  return name + '\0' + dtype + shape_text(shape) + to_hex(xxh64(data, bytes)) + '\n';
}

std::string content_hash(const SafeTensors& weights, const std::string& prefix) {
  std::string all;
  for (const auto& [name, entry] : weights.entries_) {
    if (name.compare(0, prefix.size(), prefix) != 0) continue;
    all += stored_fingerprint(name, entry.dtype, entry.shape, entry.data, entry.bytes);
  }
  return to_hex(xxh64(all.data(), all.size()));
}

std::string content_hash(const NamedTensors& tensors) {
  std::vector<Stored> items = convert_all(tensors, SaveType::kFloat32);
  std::sort(
      items.begin(), items.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  std::string all;
  for (const auto& item : items) {
    all += stored_fingerprint(item.name,
                              item.type->name,
                              item.tensor.sizes().vec(),
                              item.tensor.data_ptr(),
                              item.bytes());
  }
  return to_hex(xxh64(all.data(), all.size()));
}

}  // namespace tts
