// A front end for each language that a text is in, made when it is first met.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "text/front_end.h"

namespace tts {

class FrontEnds {
 public:
  // `options` but for the language hold for all; its language is that of a text that names none.
  explicit FrontEnds(const FrontEndOptions& options);
  // Thread-safe; lives as long as this. "de-AT" is read as "de" where espeak-ng knows no other.
  // Throws Error(kUsage) for a language that espeak-ng does not have.
  const FrontEnd& of(const std::string& language);
  const FrontEnd& usual() const { return *usual_; }

 private:
  FrontEndOptions options_;
  std::unique_ptr<FrontEnd> usual_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<FrontEnd>> others_;
};

}  // namespace tts
