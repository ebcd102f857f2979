#include "train/code_store.h"

#include <filesystem>

#include "nn/safetensors.h"

namespace tts {

CodeStore::CodeStore(std::string path, std::string codec_identity)
    : path_(std::move(path)), codec_identity_(std::move(codec_identity)) {
  if (path_.empty() || !std::filesystem::exists(path_)) return;
  const SafeTensors file = SafeTensors::open(path_);
  const auto made_by = file.metadata().find("codec");
  if (made_by == file.metadata().end() || made_by->second != codec_identity_) return;
  for (const auto& name : file.names()) codes_[name] = file.get(name);
}

torch::Tensor CodeStore::get(const std::string& id,
                             int64_t frames,
                             const std::function<torch::Tensor()>& encode) {
  const auto found = codes_.find(id);
  if (found != codes_.end() && found->second.size(0) == frames) return found->second;
  grown_ = true;
  return codes_[id] = encode().to(torch::kShort);
}

void CodeStore::save() {
  if (path_.empty() || !grown_) return;
  const auto parent = std::filesystem::path(path_).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent);
  save_safetensors(path_, {codes_.begin(), codes_.end()}, {{"codec", codec_identity_}});
  grown_ = false;
}

}  // namespace tts
