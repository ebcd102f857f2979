#include "nn/safetensors.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/error.h"
#include "nn/safetensors_format.h"

namespace tts {
namespace {

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
  StoredHeader header = read_stored_header(data, bytes, where_);
  metadata_ = std::move(header.metadata);
  for (const auto& [name, item] : header.tensors) {
    const char* begin = data + header.data_begin + item.begin;
    add_entry(name,
              {item.type->name, item.shape, begin, item.end - item.begin, storage, where_, false});
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
