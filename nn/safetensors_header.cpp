// Reading the header of a safetensors file: everything about it is checked before a tensor is
// touched.
#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/json_text.h"
#include "nn/safetensors_format.h"

namespace tts {
namespace {

using nlohmann::json;

constexpr uint64_t kMaxHeaderBytes = 100'000'000;  // the limit of the reference implementation
constexpr uint64_t kMaxElements = 1ull << 40;
constexpr size_t kMaxAxes = 16;

// nlohmann::json keeps the last of two equal keys; here a name used twice is an error.
json parse_header(const char* text, size_t bytes, const std::string& where) {
  std::vector<std::string> seen;
  const auto on_event = [&](int depth, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::key && depth == 1) seen.push_back(value.get<std::string>());
    return true;
  };
  json header;
  try {
    header = parse_json({text, bytes}, on_event);
  } catch (const JsonError& e) {
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

std::map<std::string, std::string> read_metadata(const json& object, const std::string& where) {
  std::map<std::string, std::string> out;
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
uint64_t needed_bytes(const StoredTensor& tensor, const std::string& where) {
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

StoredTensor describe(const json& object, const std::string& where) {
  if (!object.is_object()) fail(ErrorCode::kVoice, where, ": is not a JSON object");
  StoredTensor out;
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
void check_layout(std::vector<std::pair<std::string, StoredTensor>> tensors,
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

StoredHeader read_stored_header(const char* data, size_t bytes, const std::string& where) {
  const uint64_t length = header_bytes(data, bytes, where);
  const json header = parse_header(data + 8, length, where);
  StoredHeader out;
  out.data_begin = 8 + length;
  for (const auto& [name, value] : header.items()) {
    if (name == "__metadata__") {
      out.metadata = read_metadata(value, where);
    } else {
      out.tensors.emplace_back(name, describe(value, where + ": tensor \"" + name + "\""));
    }
  }
  check_layout(out.tensors, bytes - out.data_begin, where);
  return out;
}

}  // namespace tts
