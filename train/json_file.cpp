#include "train/json_file.h"

#include <fstream>
#include <iterator>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/json_text.h"

namespace tts {

nlohmann::json read_json(const std::string& path) {
  std::ifstream in(path);
  if (!in) fail(ErrorCode::kInput, path, ": is not there; train that stage first");
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  try {
    return parse_json(text);
  } catch (const JsonError& e) {
    fail(ErrorCode::kInput, path, ": ", e.what());
  }
}

void write_json(const std::string& path, const nlohmann::json& json) {
  AtomicFile file(path);
  file.write(json.dump(1) + "\n");
  file.commit();
}

}  // namespace tts
