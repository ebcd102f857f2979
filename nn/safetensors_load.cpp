// From a weight file into a module: everything is checked before anything is changed.
#include <algorithm>
#include <cstring>
#include <set>

#include "core/error.h"
#include "nn/safetensors.h"
#include "nn/safetensors_format.h"

namespace tts {
namespace {

// NaN and infinity have all exponent bits set; looking for them as integers is one fast pass.
template <typename Word>
bool all_finite(const char* data, size_t count, Word exponent) {
  bool bad = false;
  for (size_t i = 0; i < count; ++i) {
    Word word;
    std::memcpy(&word, data + i * sizeof(Word), sizeof(Word));
    bad |= (word & exponent) == exponent;
  }
  return !bad;
}

bool begins_with(const std::string& text, const std::string& prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

// "voices/x/voice.json: acoustic: voices/x/acoustic.safetensors: tensor "a.b": "
std::string place(const SafeTensors& weights, const std::string& name, const std::string& where) {
  const std::string& file = weights.has(name) ? weights.file_of(name) : weights.where();
  return (where.empty() || where == file ? "" : where + ": ") + file + ": tensor \"" + name + "\" ";
}

void check_one(const SafeTensors& weights,
               const std::string& name,
               const Tensor& target,
               const std::string& where) {
  const std::string expected = shape_text(target.sizes().vec());
  if (!weights.has(name)) {
    fail(ErrorCode::kVoice,
         place(weights, name, where),
         "is missing; the module needs it with shape ",
         expected);
  }
  if (weights.shape(name) != target.sizes().vec()) {
    fail(ErrorCode::kVoice,
         place(weights, name, where),
         "has shape ",
         shape_text(weights.shape(name)),
         "; the module needs ",
         expected);
  }
  if (weights.is_float(name) != target.is_floating_point()) {
    const char* kinds[] = {"integers", "floating-point numbers"};
    fail(ErrorCode::kVoice,
         place(weights, name, where),
         "holds ",
         kinds[weights.is_float(name)],
         "; the module needs ",
         kinds[target.is_floating_point()]);
  }
  if (!weights.is_finite(name)) {
    fail(ErrorCode::kVoice, place(weights, name, where), "has NaN or infinite values");
  }
}

void check_unexpected(const SafeTensors& weights,
                      const NamedTensors& targets,
                      const std::string& prefix,
                      const std::string& where) {
  std::set<std::string> wanted;
  for (const auto& target : targets) wanted.insert(target.first);
  for (const auto& name : weights.names()) {
    if (begins_with(name, prefix) && !wanted.count(name)) {
      fail(ErrorCode::kVoice,
           place(weights, name, where),
           shape_text(weights.shape(name)),
           " is unexpected: the module has no weight of that name");
    }
  }
}

}  // namespace

bool SafeTensors::is_finite(const std::string& name) const {
  const Entry* scale = scale_of(name);
  const Entry& checked = scale != nullptr ? *scale : entry(name);
  if (checked.dtype == "F32")
    return all_finite<uint32_t>(checked.data, checked.bytes / 4, 0x7F800000u);
  if (checked.dtype == "F16") return all_finite<uint16_t>(checked.data, checked.bytes / 2, 0x7C00u);
  if (checked.dtype == "BF16")
    return all_finite<uint16_t>(checked.data, checked.bytes / 2, 0x7F80u);
  return true;
}

NamedTensors module_tensors(const torch::nn::Module& module, const std::string& prefix) {
  NamedTensors out;
  for (const auto& item : module.named_parameters())
    out.emplace_back(prefix + item.key(), item.value());
  for (const auto& item : module.named_buffers())
    out.emplace_back(prefix + item.key(), item.value());
  return out;
}

void load_into(torch::nn::Module& module,
               const SafeTensors& weights,
               const std::string& prefix,
               const std::string& where) {
  const NamedTensors targets = module_tensors(module, prefix);
  for (const auto& [name, target] : targets) check_one(weights, name, target, where);
  check_unexpected(weights, targets, prefix, where);
  torch::NoGradGuard no_grad;
  for (const auto& [name, target] : targets) Tensor(target).copy_(weights.get(name));
}

}  // namespace tts
