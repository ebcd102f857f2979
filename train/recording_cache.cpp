#include "train/recording_cache.h"

#include <filesystem>

#include "nn/safetensors.h"

namespace tts {

RecordingCache::RecordingCache(std::string path, std::string made_by)
    : path_(std::move(path)), made_by_(std::move(made_by)) {
  if (path_.empty() || !std::filesystem::exists(path_)) return;
  const SafeTensors file = SafeTensors::open(path_);
  const auto maker = file.metadata().find("made_by");
  if (maker == file.metadata().end() || maker->second != made_by_) return;
  for (const auto& name : file.names()) kept_[name] = file.get(name);
}

torch::Tensor RecordingCache::get(const std::string& id,
                                  int64_t size,
                                  const std::function<torch::Tensor()>& make) {
  const auto found = kept_.find(id);
  if (found != kept_.end() && found->second.size(0) == size) return found->second;
  grown_ = true;
  return kept_[id] = make().contiguous();
}

void RecordingCache::save() {
  if (path_.empty() || !grown_) return;
  const auto parent = std::filesystem::path(path_).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent);
  save_safetensors(path_, {kept_.begin(), kept_.end()}, {{"made_by", made_by_}});
  grown_ = false;
}

}  // namespace tts
