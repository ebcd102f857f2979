#include "speech_dispatcher/settings.h"

#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>

namespace tts {
namespace {

using Set = std::function<bool(Settings&, const std::string&)>;

Set level(int Settings::*member) {
  return [=](Settings& settings, const std::string& value) {
    char* end = nullptr;
    const long number = std::strtol(value.c_str(), &end, 10);
    if (value.empty() || *end != '\0' || number < -100 || number > 100) return false;
    settings.*member = static_cast<int>(number);
    return true;
  };
}

template <typename Value>
Set choice(Value Settings::*member, std::map<std::string, Value> known) {
  return [=](Settings& settings, const std::string& value) {
    const auto found = known.find(value);
    if (found == known.end()) return false;
    settings.*member = found->second;
    return true;
  };
}

Set name(std::string Settings::*member) {
  return [=](Settings& settings, const std::string& value) {
    settings.*member = value == "NULL" ? "" : value;
    return true;
  };
}

// The voices say nothing of range, gender and age.
bool not_followed(Settings&, const std::string&) {
  return true;
}

const std::map<std::string, Set>& table() {
  static const std::map<std::string, Set> table = {
      {"rate", level(&Settings::rate)},
      {"pitch", level(&Settings::pitch)},
      {"volume", level(&Settings::volume)},
      {"language", name(&Settings::language)},
      {"synthesis_voice", name(&Settings::voice)},
      {"punctuation_mode",
       choice<Punctuation>(&Settings::punctuation,
                           {{"none", Punctuation::kNone},
                            {"some", Punctuation::kSome},
                            {"most", Punctuation::kMost},
                            {"all", Punctuation::kAll}})},
      {"cap_let_recogn",
       choice<Capitals>(
           &Settings::capitals,
           {{"none", Capitals::kNone}, {"spell", Capitals::kSpell}, {"icon", Capitals::kIcon}})},
      {"spelling_mode", choice<bool>(&Settings::spelling, {{"on", true}, {"off", false}})},
      {"pitch_range", not_followed},
      {"voice", not_followed},
  };
  return table;
}

}  // namespace

bool set_setting(Settings& settings, const std::string& name, const std::string& value) {
  const auto found = table().find(name);
  return found != table().end() && found->second(settings, value);
}

void apply_settings(const Settings& settings, SpeakOptions& options) {
  options.speed_ratio = std::exp2(settings.rate / 100.0);
  options.pitch_semitones = 0.12 * settings.pitch;
  options.volume = (settings.volume + 100) / 200.0;
}

}  // namespace tts
