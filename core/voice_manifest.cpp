#include "core/voice_manifest.h"

#include <algorithm>
#include <set>

#include "core/ascii.h"
#include "core/error.h"
#include "core/join.h"
#include "core/text_types.h"

namespace tts {
namespace {

void check_name(const Config& config, const std::string& key, const std::string& name) {
  if (is_voice_name(name)) return;
  fail(ErrorCode::kVoice,
       config.where(),
       ": \"",
       key,
       "\" is \"",
       name,
       "\"; it must be 1 to 64 letters, digits, - or _");
}

void read_format(Config& config) {
  const int64_t format = config.integer("format", 1, INT64_MAX);
  if (format > kManifestFormat) {
    fail(ErrorCode::kVoice,
         config.where(),
         ": \"format\" is ",
         format,
         "; this program reads up to ",
         kManifestFormat,
         " and is too old for it");
  }
}

std::vector<std::string> read_languages(Config& config) {
  auto languages = config.texts("languages");
  if (languages.empty()) {
    fail(ErrorCode::kVoice,
         config.where(),
         ": \"languages\" is empty; name at least one, e.g. \"en-us\"");
  }
  return languages;
}

std::vector<std::string> read_symbols(Config& config) {
  auto symbols = config.texts("symbols");
  if (symbols.empty() || symbols[0] != kSilence) {
    fail(ErrorCode::kVoice,
         config.where(),
         ": \"symbols\" must begin with \"",
         kSilence,
         "\", the silence");
  }
  std::set<std::string> seen;
  for (const auto& symbol : symbols) {
    if (symbol.empty() || !seen.insert(symbol).second) {
      fail(ErrorCode::kVoice,
           config.where(),
           ": \"symbols\" holds \"",
           symbol,
           "\"; each must be there once and not be empty");
    }
  }
  return symbols;
}

std::string read_identity(Config& config) {
  const std::string identity = config.text("identity");
  if (identity.size() != 16 ||
      identity.find_first_not_of("0123456789abcdef") != std::string::npos) {
    fail(ErrorCode::kVoice,
         config.where(),
         ": \"identity\" is \"",
         identity,
         "\"; it must be 16 hexadecimal digits");
  }
  return identity;
}

void read_durations(Config& config, VoiceManifest& manifest) {
  if (!config.has("durations")) {
    manifest.duration = config.section("duration").json();
    return;
  }
  if (config.has("duration")) {
    fail(ErrorCode::kVoice,
         config.where(),
         ": has \"duration\" and \"durations\"; give one model or several by name");
  }
  Config durations = config.section("durations");
  const nlohmann::json listed = durations.json();
  for (const auto& item : listed.items()) {
    check_name(durations, "durations", item.key());
    manifest.durations[item.key()] = durations.section(item.key()).json();
  }
  manifest.default_duration = config.choice("default_duration", manifest.duration_names());
}

void read_stages(Config& config, VoiceManifest& manifest) {
  Config codec = config.section("codec");
  manifest.codec_folder = codec.text("folder");
  manifest.codec_identity = read_identity(codec);
  codec.finish();
  if (config.has("speaker_encoder")) {
    Config encoder = config.section("speaker_encoder");
    manifest.encoder_folder = encoder.text("folder");
    manifest.encoder_identity = read_identity(encoder);
    encoder.finish();
  }
  manifest.statistics = statistics_from(config.section("statistics"));
  if (config.has("speaker")) manifest.speaker = config.numbers("speaker");
  read_durations(config, manifest);
  manifest.frame_encoder = config.section("frame_encoder").json();
  Config generators = config.section("generators");
  const nlohmann::json listed = generators.json();
  for (const auto& item : listed.items()) {
    check_name(generators, "generators", item.key());
    manifest.generators[item.key()] = generators.section(item.key()).json();
  }
  manifest.default_generator = config.choice("default_generator", manifest.generator_names());
}

}  // namespace

bool is_voice_name(const std::string& name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return is_ascii_alnum(c) || c == '-' || c == '_';
  });
}

VoiceStatistics statistics_from(Config config) {
  VoiceStatistics s;
  s.energy_mean = config.number("energy_mean", -100, 100);
  s.energy_deviation = config.number("energy_deviation", 1e-6, 100);
  s.log_f0_mean = config.number("log_f0_mean", 0, 10);
  s.log_f0_deviation = config.number("log_f0_deviation", 1e-6, 10);
  config.finish();
  return s;
}

nlohmann::json to_json(const VoiceStatistics& s) {
  return {{"energy_mean", s.energy_mean},
          {"energy_deviation", s.energy_deviation},
          {"log_f0_mean", s.log_f0_mean},
          {"log_f0_deviation", s.log_f0_deviation}};
}

VoiceManifest VoiceManifest::from(Config config) {
  VoiceManifest manifest;
  manifest.where = config.where();
  read_format(config);
  manifest.name = config.text("name");
  check_name(config, "name", manifest.name);
  manifest.dummy = config.has("type") && config.choice("type", {"dummy"}) == "dummy";
  manifest.languages = read_languages(config);
  manifest.language = config.has("language") ? config.choice("language", manifest.languages)
                                             : manifest.languages.front();
  manifest.sample_rate_hz = config.integer("sample_rate_hz", 24000, 24000);
  manifest.gain_db = config.number("gain_db", -60, 60);
  manifest.symbols = read_symbols(config);
  if (!manifest.dummy) read_stages(config, manifest);
  config.finish();
  return manifest;
}

VoiceManifest VoiceManifest::from_file(const std::string& path) {
  return from(Config::from_file(path));
}

nlohmann::json VoiceManifest::to_json() const {
  nlohmann::json out = {{"format", kManifestFormat},
                        {"name", name},
                        {"languages", languages},
                        {"sample_rate_hz", sample_rate_hz},
                        {"gain_db", gain_db},
                        {"symbols", symbols}};
  if (!language.empty() && language != languages.at(0)) out["language"] = language;
  if (dummy) {
    out["type"] = "dummy";
    return out;
  }
  out["codec"] = {{"folder", codec_folder}, {"identity", codec_identity}};
  out["statistics"] = tts::to_json(statistics);
  if (!speaker.empty()) out["speaker"] = speaker;
  if (!encoder_folder.empty())
    out["speaker_encoder"] = {{"folder", encoder_folder}, {"identity", encoder_identity}};
  if (durations.empty()) {
    out["duration"] = duration;
  } else {
    out["durations"] = durations;
    out["default_duration"] = default_duration;
  }
  out["frame_encoder"] = frame_encoder;
  out["generators"] = generators;
  out["default_generator"] = default_generator;
  return out;
}

Config VoiceManifest::generator_config(const std::string& generator) const {
  const auto found = generators.find(generator);
  if (found == generators.end()) {
    fail(ErrorCode::kUsage,
         "voice \"",
         name,
         "\" has no generator \"",
         generator,
         "\"; it has: ",
         join(generator_names()));
  }
  return {found->second, where + ": generators: " + generator};
}

std::vector<std::string> VoiceManifest::duration_names() const {
  if (durations.empty()) {
    const auto type = duration.find("type");
    return {type != duration.end() && type->is_string() ? type->get<std::string>() : "duration"};
  }
  std::vector<std::string> names;
  for (const auto& item : durations) names.push_back(item.first);
  return names;
}

std::string VoiceManifest::default_duration_name() const {
  return durations.empty() ? duration_names().front() : default_duration;
}

std::string VoiceManifest::duration_stem(const std::string& model) const {
  return durations.empty() ? "duration" : "duration-" + model;
}

Config VoiceManifest::duration_config(const std::string& model) const {
  const std::string wanted = model.empty() ? default_duration_name() : model;
  if (!contains(duration_names(), wanted)) {
    fail(ErrorCode::kUsage,
         "voice \"",
         name,
         "\" has no durations \"",
         wanted,
         "\"; it has: ",
         join(duration_names()));
  }
  if (durations.empty()) return {duration, where + ": duration"};
  return {durations.at(wanted), where + ": durations: " + wanted};
}

std::vector<std::string> VoiceManifest::generator_names() const {
  std::vector<std::string> names;
  for (const auto& item : generators) names.push_back(item.first);
  return names;
}

int64_t VoiceManifest::symbol_id(const std::string& phone) const {
  const auto found = std::find(symbols.begin(), symbols.end(), phone);
  return found == symbols.end() ? -1 : found - symbols.begin();
}

int64_t VoiceManifest::language_id(const std::string& language) const {
  const auto exact = std::find(languages.begin(), languages.end(), language);
  if (exact != languages.end()) return exact - languages.begin();
  const std::string family = language.substr(0, language.find('-'));
  for (size_t i = 0; i < languages.size(); ++i) {
    if (languages[i].substr(0, languages[i].find('-')) == family) return static_cast<int64_t>(i);
  }
  return -1;
}

nlohmann::json VoiceManifest::duration_section() const {
  return durations.empty() ? duration : nlohmann::json(durations);
}

CodecManifest CodecManifest::from(Config config) {
  CodecManifest manifest;
  manifest.where = config.where();
  read_format(config);
  manifest.codec = config.section("codec").json();
  manifest.vocoder = config.section("vocoder").json();
  config.finish();
  return manifest;
}

CodecManifest CodecManifest::from_file(const std::string& path) {
  return from(Config::from_file(path));
}

nlohmann::json CodecManifest::to_json() const {
  return {{"format", kManifestFormat}, {"codec", codec}, {"vocoder", vocoder}};
}

}  // namespace tts
