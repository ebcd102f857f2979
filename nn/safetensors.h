// Weight files in the safetensors format: 8 bytes header length (little-endian), a JSON header
// {name: {dtype, shape, data_offsets}, "__metadata__": {string: string}}, then the bytes.
// https://github.com/huggingface/safetensors#format
//
// Files are memory-mapped and checked completely when they are opened; no code runs on load.
// An I8 tensor "x" with an F32 tensor "x.scale" of [C] beside it is a float tensor quantised per
// output channel (its first axis): get("x") gives x * scale, and "x.scale" is not listed.
#pragma once
#include <torch/torch.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tts {

using torch::Tensor;
using NamedTensors = std::vector<std::pair<std::string, Tensor>>;
using Metadata = std::map<std::string, std::string>;

class SafeTensors {
 public:
  // Throw Error(kVoice) naming the file and what is wrong with it.
  static SafeTensors open(const std::string& path);
  // `stem`.safetensors, or all of `stem`-00001-of-0000N.safetensors.
  static SafeTensors open_sharded(const std::string& stem);
  // `where` stands for the file's name in messages. Keeps a copy of the bytes.
  static SafeTensors from_memory(const void* data, size_t bytes, const std::string& where);
  static SafeTensors from_memory(std::string bytes, const std::string& where);
  // One set of tensors from several; a name in two of them is an error.
  static SafeTensors merge(const std::vector<SafeTensors>& parts);

  std::vector<std::string> names() const;  // sorted
  bool has(const std::string& name) const { return entries_.count(name) != 0; }

  // On the CPU. F32, F16, BF16, I64, I32, U8 and I8 as stored, without copying: the tensor keeps
  // the mapping alive and writing to it changes this process's copy only. Quantised: float32.
  Tensor get(const std::string& name) const;
  std::vector<int64_t> shape(const std::string& name) const;
  bool is_float(const std::string& name) const;   // F32, F16, BF16 or quantised
  bool is_finite(const std::string& name) const;  // no NaN, no infinity
  const std::string& file_of(const std::string& name) const;

  const Metadata& metadata() const { return metadata_; }
  const std::string& where() const { return where_; }

 private:
  friend std::string content_hash(const SafeTensors&, const std::string&);
  struct Entry {
    std::string dtype;
    std::vector<int64_t> shape;
    const char* data = nullptr;
    size_t bytes = 0;
    std::shared_ptr<const void> storage;  // the mapping or the buffer
    std::string file;
    bool is_scale = false;  // belongs to a quantised tensor
  };
  const Entry& entry(const std::string& name) const;
  const Entry* scale_of(const std::string& name) const;
  void parse(const char* data, size_t bytes, std::shared_ptr<const void> storage);
  void add_entry(const std::string& name, Entry entry);
  void mark_scales();
  static Tensor wrap(const Entry& entry);

  std::map<std::string, Entry> entries_;
  Metadata metadata_;
  std::string where_;
};

enum class SaveType {
  kFloat32,         // float tensors as F32
  kHalf,            // float tensors as F16; a value beyond 65504 is an error
  kInt8PerChannel,  // float tensors of two or more axes as I8 + scale, the other float tensors as
                    // F16
};

// Written under a temporary name, flushed and renamed. Integer tensors keep their type.
// Throws Error(kOutput) when the file cannot be written, a name is used twice, a type is none of
// the above or a value does not fit.
void save_safetensors(const std::string& path,
                      const NamedTensors& tensors,
                      const Metadata& metadata = {},
                      SaveType type = SaveType::kFloat32);

// The same in files of at most `max_bytes` (`stem`.safetensors if one is enough, otherwise
// `stem`-00001-of-0000N.safetensors); removes the files of an earlier save that no longer belong.
inline constexpr size_t kMaxShardBytes = 15 << 20;
void save_sharded(const std::string& stem,
                  const NamedTensors& tensors,
                  const Metadata& metadata = {},
                  SaveType type = SaveType::kFloat32,
                  size_t max_bytes = kMaxShardBytes);

// Every parameter and buffer of the module as prefix + name ("encoder." + "conv1.weight").
NamedTensors module_tensors(const torch::nn::Module& module, const std::string& prefix = "");

// Fills every parameter and buffer of the module from prefix + name. Missing and unexpected names
// (those that begin with `prefix`), wrong shapes, integers for floats and NaN or infinite weights
// are Error(kVoice) naming `where`, the file, the tensor, what was expected and what was found; the
// module is changed only when everything fits.
void load_into(torch::nn::Module& module,
               const SafeTensors& weights,
               const std::string& prefix = "",
               const std::string& where = "");

// 16 hexadecimal digits over names, types, shapes and bytes as stored, in name order: the identity
// of a codec. `prefix` restricts it to some tensors. The hash of a list of tensors is that of the
// file which save_safetensors(kFloat32) makes of it, so half precision changes it: hash what was
// saved.
std::string content_hash(const SafeTensors& weights, const std::string& prefix = "");
std::string content_hash(const NamedTensors& tensors);

}  // namespace tts
