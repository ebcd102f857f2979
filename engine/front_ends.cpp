#include "engine/front_ends.h"

#include "core/error.h"
#include "text/symbols.h"

namespace tts {
namespace {

bool reads(const FrontEnd& front_end) {
  try {
    front_end.process("a");
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kUsage) throw;
    return false;
  }
}

}  // namespace

FrontEnds::FrontEnds(const FrontEndOptions& options)
    : options_(options), usual_(std::make_unique<FrontEnd>(options)) {}

const FrontEnd& FrontEnds::of(const std::string& language) {
  const std::string name = canonical_language(language);
  if (name.empty() || name == usual_->options().language) return *usual_;
  const std::lock_guard<std::mutex> lock(mutex_);
  std::unique_ptr<FrontEnd>& found = others_[name];
  if (found) return *found;
  FrontEndOptions options = options_;
  options.language = name;
  auto made = std::make_unique<FrontEnd>(options);
  const size_t region = name.find('-');
  if (region != name.npos && !reads(*made)) {
    options.language = name.substr(0, region);
    made = std::make_unique<FrontEnd>(options);
  }
  made->process("a");
  found = std::move(made);
  return *found;
}

}  // namespace tts
