#include "nn/safetensors.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/hash.h"
#include "nn/safetensors_format.h"

namespace tts {
namespace {

using nlohmann::json;

constexpr uint64_t kMaxHeaderBytes = 100'000'000;  // the limit of the reference implementation
constexpr uint64_t kMaxElements = 1ull << 40;
constexpr size_t kMaxAxes = 16;
constexpr char kScaleSuffix[] = ".scale";

// A private mapping: writing to a tensor changes this process's copy only.
std::shared_ptr<const void> map_file(const std::string& path, size_t* bytes) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info {};
  if (file < 0 || fstat(file, &info) != 0) {
    const int reason = errno;
    if (file >= 0) close(file);
    fail(ErrorCode::kVoice, path, ": cannot be opened (", std::strerror(reason), ")");
  }
  const size_t size = S_ISREG(info.st_mode) ? static_cast<size_t>(info.st_size) : 0;
  void* data =
      size > 0 ? mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0) : MAP_FAILED;
  close(file);
  if (size == 0) fail(ErrorCode::kVoice, path, ": is empty or not a regular file");
  if (data == MAP_FAILED) fail(ErrorCode::kVoice, path, ": cannot be mapped into memory");
  *bytes = size;
  return {data, [size](const void* p) { munmap(const_cast<void*>(p), size); }};
}

// nlohmann::json keeps the last of two equal keys; here a name used twice is an error.
json parse_header(const char* text, size_t bytes, const std::string& where) {
  std::vector<std::string> seen;
  const auto on_event = [&](int depth, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::key && depth == 1) seen.push_back(value.get<std::string>());
    return true;
  };
  json header;
  try {
    header = json::parse(text, text + bytes, on_event);
  } catch (const json::exception& e) {
    fail(ErrorCode::kVoice, where, ": the header is not valid JSON (", e.what(), ")");
  }
  if (!header.is_object()) fail(ErrorCode::kVoice, where, ": the header is not a JSON object");
  std::sort(seen.begin(), seen.end());
  const auto twice = std::adjacent_find(seen.begin(), seen.end());
  if (twice != seen.end()) {
    fail(ErrorCode::kVoice, where, ": the header has \"", *twice, "\" twice");
  }
  return header;
}

Metadata read_metadata(const json& object, const std::string& where) {
  Metadata out;
  if (!object.is_object()) fail(ErrorCode::kVoice, where, ": __metadata__ is not a JSON object");
  for (const auto& [key, value] : object.items()) {
    if (!value.is_string()) {
      fail(ErrorCode::kVoice,
           where,
           ": __metadata__: \"",
           key,
           "\" is ",
           value.dump(),
           "; it must be a string");
    }
    out[key] = value.get<std::string>();
  }
  return out;
}

// The description of one tensor in the header, checked as far as it can be without the others.
struct Described {
  const StoredType* type = nullptr;
  std::vector<int64_t> shape;
  uint64_t begin = 0, end = 0;
};

std::vector<uint64_t> read_counts(const json& object, const char* key, const std::string& where) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) {
    fail(ErrorCode::kVoice, where, ": \"", key, "\" must be a list of sizes");
  }
  std::vector<uint64_t> out;
  for (const auto& item : *found) {
    if (!item.is_number_unsigned()) {
      fail(ErrorCode::kVoice,
           where,
           ": \"",
           key,
           "\" holds ",
           item.dump(),
           "; each must be an integer from 0");
    }
    out.push_back(item.get<uint64_t>());
  }
  return out;
}

const StoredType* read_type(const json& object, const std::string& where) {
  const auto found = object.find("dtype");
  const std::string name =
      found != object.end() && found->is_string() ? found->get<std::string>() : "";
  if (const auto* type = find_stored_type(name)) return type;
  std::string known;
  for (const auto& type : kStoredTypes)
    known += (known.empty() ? "" : ", ") + std::string(type.name);
  fail(ErrorCode::kVoice, where, ": dtype is \"", name, "\"; known: ", known);
}

// The number of bytes that type and shape ask for. An empty axis must not hide an absurd one.
uint64_t needed_bytes(const Described& tensor, const std::string& where) {
  uint64_t bound = 1;
  bool empty = false;
  for (const int64_t size : tensor.shape) {
    empty |= size == 0;
    if (__builtin_mul_overflow(bound, std::max<uint64_t>(size, 1), &bound) ||
        bound > kMaxElements) {
      fail(ErrorCode::kVoice, where, ": the shape has too many elements");
    }
  }
  return empty ? 0 : bound * tensor.type->bytes;
}

Described describe(const json& object, const std::string& where) {
  if (!object.is_object()) fail(ErrorCode::kVoice, where, ": is not a JSON object");
  Described out;
  out.type = read_type(object, where);
  for (const uint64_t size : read_counts(object, "shape", where)) {
    if (size > kMaxElements) fail(ErrorCode::kVoice, where, ": the shape has too many elements");
    out.shape.push_back(static_cast<int64_t>(size));
  }
  if (out.shape.size() > kMaxAxes) {
    fail(ErrorCode::kVoice, where, ": has ", out.shape.size(), " axes; at most ", kMaxAxes);
  }
  const auto offsets = read_counts(object, "data_offsets", where);
  if (offsets.size() != 2 || offsets[0] > offsets[1]) {
    fail(ErrorCode::kVoice, where, ": \"data_offsets\" must be [begin, end] with begin <= end");
  }
  out.begin = offsets[0];
  out.end = offsets[1];
  const uint64_t needed = needed_bytes(out, where);
  if (out.end - out.begin != needed) {
    fail(ErrorCode::kVoice,
         where,
         ": ",
         out.type->name,
         " ",
         shape_text(out.shape),
         " needs ",
         needed,
         " bytes, data_offsets give ",
         out.end - out.begin);
  }
  return out;
}

// The format has neither overlaps nor holes: in order of offset each tensor begins where the one
// before it ended, and the last ends with the file.
void check_layout(std::vector<std::pair<std::string, Described>> tensors,
                  uint64_t data_bytes,
                  const std::string& where) {
  std::sort(tensors.begin(), tensors.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second.begin, a.second.end) < std::pair(b.second.begin, b.second.end);
  });
  uint64_t end = 0;
  for (const auto& [name, tensor] : tensors) {
    if (tensor.begin != end) {
      fail(ErrorCode::kVoice,
           where,
           ": tensor \"",
           name,
           "\" begins at byte ",
           tensor.begin,
           tensor.begin < end ? " and overlaps the one before it, which ends at "
                              : "; the one before it ends at ",
           end);
    }
    end = tensor.end;
  }
  if (end != data_bytes) {
    fail(ErrorCode::kVoice,
         where,
         ": the header describes ",
         end,
         " bytes of weights, the file has ",
         data_bytes,
         end > data_bytes ? " (is it truncated?)" : "");
  }
}

uint64_t header_bytes(const char* data, size_t bytes, const std::string& where) {
  if (bytes < 8) fail(ErrorCode::kVoice, where, ": ", bytes, " bytes are no safetensors file");
  uint64_t length = 0;
  std::memcpy(&length, data, 8);
  if (length > kMaxHeaderBytes || length > bytes - 8) {
    fail(ErrorCode::kVoice,
         where,
         ": the header is to have ",
         length,
         " bytes, the file has ",
         bytes,
         " (no safetensors file, or truncated)");
  }
  return length;
}

}  // namespace

SafeTensors SafeTensors::open(const std::string& path) {
  SafeTensors out;
  out.where_ = path;
  size_t bytes = 0;
  const auto mapping = map_file(path, &bytes);
  out.parse(static_cast<const char*>(mapping.get()), bytes, mapping);
  return out;
}

SafeTensors SafeTensors::from_memory(std::string bytes, const std::string& where) {
  SafeTensors out;
  out.where_ = where;
  const auto buffer = std::make_shared<const std::string>(std::move(bytes));
  out.parse(buffer->data(), buffer->size(), buffer);
  return out;
}

SafeTensors SafeTensors::from_memory(const void* data, size_t bytes, const std::string& where) {
  return from_memory(std::string(static_cast<const char*>(data), bytes), where);
}

SafeTensors SafeTensors::merge(const std::vector<SafeTensors>& parts) {
  SafeTensors out;
  for (const auto& part : parts) {
    if (out.where_.empty()) out.where_ = part.where_;
    out.metadata_.insert(part.metadata_.begin(), part.metadata_.end());
    for (const auto& [name, entry] : part.entries_) out.add_entry(name, entry);
  }
  out.mark_scales();
  return out;
}

void SafeTensors::parse(const char* data, size_t bytes, std::shared_ptr<const void> storage) {
  const uint64_t header_size = header_bytes(data, bytes, where_);
  const json header = parse_header(data + 8, header_size, where_);
  std::vector<std::pair<std::string, Described>> described;
  for (const auto& [name, value] : header.items()) {
    if (name == "__metadata__") {
      metadata_ = read_metadata(value, where_);
    } else {
      described.emplace_back(name, describe(value, where_ + ": tensor \"" + name + "\""));
    }
  }
  check_layout(described, bytes - 8 - header_size, where_);
  for (const auto& [name, tensor] : described) {
    const char* begin = data + 8 + header_size + tensor.begin;
    add_entry(name,
              {tensor.type->name,
               tensor.shape,
               begin,
               tensor.end - tensor.begin,
               storage,
               where_,
               false});
  }
  mark_scales();
}

void SafeTensors::add_entry(const std::string& name, Entry entry) {
  const auto [place, added] = entries_.emplace(name, std::move(entry));
  if (!added) fail(ErrorCode::kVoice, where_, ": tensor \"", name, "\" is in more than one file");
}

// "x.scale" belongs to "x" when x is I8; then its shape must fit.
void SafeTensors::mark_scales() {
  for (auto& [name, quantised] : entries_) {
    const auto found = entries_.find(name + kScaleSuffix);
    if (quantised.dtype != "I8" || found == entries_.end()) continue;
    Entry& scale = found->second;
    const bool fits = scale.dtype == "F32" && scale.shape.size() == 1 && !quantised.shape.empty() &&
                      scale.shape[0] == quantised.shape[0];
    if (!fits) {
      fail(ErrorCode::kVoice,
           scale.file,
           ": tensor \"",
           found->first,
           "\" is ",
           scale.dtype,
           " ",
           shape_text(scale.shape),
           "; a scale of I8 ",
           shape_text(quantised.shape),
           " must be F32 with one value for each entry of the first axis");
    }
    scale.is_scale = true;
  }
}

std::vector<std::string> SafeTensors::names() const {
  std::vector<std::string> out;
  for (const auto& [name, entry] : entries_) {
    if (!entry.is_scale) out.push_back(name);
  }
  return out;
}

const SafeTensors::Entry& SafeTensors::entry(const std::string& name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end())
    fail(ErrorCode::kVoice, where_, ": tensor \"", name, "\" is missing");
  return found->second;
}

const SafeTensors::Entry* SafeTensors::scale_of(const std::string& name) const {
  const auto found = entries_.find(name + kScaleSuffix);
  return found != entries_.end() && found->second.is_scale ? &found->second : nullptr;
}

Tensor SafeTensors::wrap(const Entry& entry) {
  const StoredType* type = find_stored_type(entry.dtype);
  const auto options = torch::TensorOptions().dtype(type->scalar);
  if (entry.bytes == 0) return torch::empty(entry.shape, options);
  if (reinterpret_cast<uintptr_t>(entry.data) % type->bytes !=
      0) {  // a foreign file may be unaligned
    Tensor copy = torch::empty(entry.shape, options);
    std::memcpy(copy.data_ptr(), entry.data, entry.bytes);
    return copy;
  }
  const auto storage = entry.storage;
  return torch::from_blob(
      const_cast<char*>(entry.data), entry.shape, [storage](void*) {}, options);
}

Tensor SafeTensors::get(const std::string& name) const {
  const Tensor stored = wrap(entry(name));
  const Entry* scale = scale_of(name);
  if (scale == nullptr) return stored;
  std::vector<int64_t> per_channel(static_cast<size_t>(stored.dim()), 1);
  per_channel[0] = -1;
  return stored.to(torch::kFloat32).mul_(wrap(*scale).view(per_channel));
}

std::vector<int64_t> SafeTensors::shape(const std::string& name) const {
  return entry(name).shape;
}

const std::string& SafeTensors::file_of(const std::string& name) const {
  return entry(name).file;
}

bool SafeTensors::is_float(const std::string& name) const {
  return find_stored_type(entry(name).dtype)->is_float || scale_of(name) != nullptr;
}

}  // namespace tts
