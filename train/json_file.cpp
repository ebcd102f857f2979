#include "train/json_file.h"

#include <fstream>

#include "core/atomic_file.h"
#include "core/error.h"

namespace tts {

nlohmann::json read_json(const std::string& path) {
  std::ifstream in(path);
  if (!in) fail(ErrorCode::kInput, path, ": is not there; train that stage first");
  return nlohmann::json::parse(in);
}

void write_json(const std::string& path, const nlohmann::json& json) {
  AtomicFile file(path);
  file.write(json.dump(1) + "\n");
  file.commit();
}

}  // namespace tts
