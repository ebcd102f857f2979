#include "server/speech_request.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "audio/file.h"
#include "core/ascii.h"
#include "core/error.h"
#include "core/join.h"
#include "core/json_text.h"
#include "core/known_names.h"
#include "engine/empty_text.h"
#include "engine/options.h"
#include "server/api_error.h"
#include "server/base64.h"
#include "server/client_habits.h"
#include "text/lexicon.h"

namespace tts {
namespace {

using nlohmann::json;

constexpr double kLongestPromptS = 300;
constexpr size_t kMostPrompts = 32;

[[noreturn]] void refuse(const std::string& key, const std::string& message) {
  throw ApiError(400, message, key, "invalid_value");
}

json parse_object(const std::string& body) {
  json out;
  try {
    out = parse_json(without_lone_surrogates(body));
  } catch (const JsonError& e) {
    const std::string why = e.what();  // "[json.exception…] parse error at line 1, column 2: …"
    const size_t place = why.find("at line ");
    throw ApiError(400,
                   "the body is not JSON (" + (place == why.npos ? why : why.substr(place)) + ")",
                   "",
                   "invalid_json");
  }
  if (!out.is_object())
    throw ApiError(
        400, "the body must be a JSON object such as {\"input\": \"Hello.\"}", "", "invalid_json");
  return out;
}

std::string text_of(const std::string& key, const json& value) {
  if (!value.is_string())
    refuse(key, "\"" + key + "\" is of type " + value.type_name() + "; it must be a string");
  return value.get<std::string>();
}

bool switch_of(const std::string& key, const json& value) {
  if (!value.is_boolean()) refuse(key, "\"" + key + "\" must be true or false");
  return value.get<bool>();
}

std::string choice_of(const std::string& key,
                      const json& value,
                      const std::vector<std::string>& known) {
  const std::string chosen = text_of(key, value);
  if (!contains(known, chosen))
    refuse(key, "\"" + key + "\" is \"" + chosen + "\"; known: " + join(known));
  return chosen;
}

void set_voice(SpeechRequest& request, const json& value, const VoiceNames& voices) {
  // OpenAI's custom voices are objects {"id": …}.
  const bool is_object = value.is_object() && value.contains("id");
  const std::string name = text_of("voice", is_object ? value.at("id") : value);
  request.voice = voices.find(name);
  if (!request.voice.empty()) return;
  throw ApiError(404,
                 "unknown voice \"" + name + "\"; known: " + join(voices.known) +
                     " (the server's --voice-alias gives them other names)",
                 "voice",
                 "voice_not_found");
}

void set_format(SpeechRequest& request, const json& value) {
  std::vector<std::string> known;
  for (const SoundFormat& format : sound_formats()) known.push_back(format.name);
  const json lower = value.is_string() ? json(ascii_lower(value.get<std::string>())) : value;
  const std::string name = choice_of("response_format", lower, known);
  request.format = *std::find_if(sound_formats().begin(),
                                 sound_formats().end(),
                                 [&](const SoundFormat& format) { return format.name == name; });
}

void add_prompt(SpeechRequest& request, const json& value) {
  const std::string name = "prompt_wav " + std::to_string(request.speak.prompts.size() + 1);
  const auto bytes = from_base64(text_of("prompt_wav", value));
  if (!bytes) refuse("prompt_wav", name + ": is not base64 of a sound file");
  try {
    request.speak.prompts.push_back({name,
                                     std::make_shared<Waveform>(read_audio(
                                         bytes->data(), bytes->size(), name, kLongestPromptS))});
  } catch (const Error& e) {
    refuse("prompt_wav", e.what());
  }
}

void set_prompts(SpeechRequest& request, const json& value) {
  if (!value.is_array()) return add_prompt(request, value);
  if (value.size() > kMostPrompts)
    refuse("prompt_wav", "more than " + std::to_string(kMostPrompts) + " recordings");
  for (const json& entry : value) add_prompt(request, entry);
}

void set_prompt_texts(SpeechRequest& request, const json& value) {
  const json list = value.is_array() ? value : json::array({value});
  for (const json& entry : list)
    request.speak.prompt_texts.push_back(text_of("prompt_text", entry));
}

// Entries, or the text of a lexicon: a client's files are not the server's.
void set_lexicon(SpeechRequest& request, const json& value) {
  auto lexicon = std::make_shared<Lexicon>();
  try {
    if (value.is_object()) {
      for (const auto& [word, ipa] : value.items())
        lexicon->add_ipa(word, text_of("lexicon", ipa), "lexicon: \"" + word + "\": ");
    } else {
      lexicon->read(text_of("lexicon", value), "lexicon");
    }
  } catch (const Error& e) {
    refuse(
        "lexicon",
        std::string(e.what()) +
            "; \"lexicon\" is an object {\"word\": \"ipa\"} or the text of a TSV or PLS lexicon, "
            "not a file, which requests cannot name");
  }
  request.speak.lexicon = std::move(lexicon);
}

void set_kind(SpeechRequest& request, const std::string& name, const json& value) {
  if (!switch_of(name, value)) return;
  if (request.kind != InputKind::kPlain)
    refuse(name, "give \"" + name_of(request.kind) + "\" or \"" + name + "\", not both");
  request.kind = input_kind(name);
}

using SetKey = void (*)(SpeechRequest&, const json&);
const std::map<std::string, SetKey>& keys() {
  using Request = SpeechRequest&;
  using Value = const json&;
  static const std::map<std::string, SetKey> table = {
      {"input", [](Request request, Value value) { request.input = text_of("input", value); }},
      {"response_format", set_format},
      {"stream_format",
       [](Request request, Value value) {
         request.events = choice_of("stream_format", value, {"audio", "sse"}) == "sse";
       }},
      {"strict", [](Request request, Value value) { request.strict = switch_of("strict", value); }},
      {"words", [](Request request, Value value) { request.words = switch_of("words", value); }},
      {"ssml", [](Request request, Value value) { set_kind(request, "ssml", value); }},
      {"markdown", [](Request request, Value value) { set_kind(request, "markdown", value); }},
      {"html", [](Request request, Value value) { set_kind(request, "html", value); }},
      {"verbatim", [](Request request, Value value) { set_kind(request, "verbatim", value); }},
      {"prompt-wav", set_prompts},
      {"prompt-text", set_prompt_texts},
      {"lexicon", set_lexicon}};
  return table;
}

// Options of the engine as a person would type them: "1.5", 1.5 and 3 alike.
void set_engine_option(SpeechRequest& request,
                       const std::string& name,
                       const std::string& written,
                       const json& value) {
  std::string text;
  if (value.is_string()) {
    text = value.get<std::string>();
  } else if (value.is_number()) {
    text = value.dump();
  } else if (value.is_boolean()) {
    text = value.get<bool>() ? "1" : "0";
  } else {
    refuse(written,
           "\"" + written + "\" is of type " + value.type_name() +
               "; it must be a string, a number or true or false");
  }
  try {
    set_option(request.speak, name, text);
  } catch (const Error& e) {
    refuse(written, e.what());
  }
}

[[noreturn]] void refuse_key(const std::string& written) {
  std::vector<std::string> known = {"voice", "model", "user", "stream", "instructions"};
  for (const auto& [name, set] : keys()) known.push_back(name);
  for (const OptionInfo& option : option_table()) known.push_back(option.name);
  for (std::string& name : known) std::replace(name.begin(), name.end(), '-', '_');
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  try {
    fail_unknown("key", written, known);
  } catch (const Error& e) {
    throw ApiError(400, e.what(), written, "unknown_key");
  }
}

void set_key(SpeechRequest& request, const std::string& written, const json& value) {
  std::string name = written;
  std::replace(name.begin(), name.end(), '_', '-');
  if (name == "ref-audio") name = "prompt-wav";  // as other engines call them
  if (name == "ref-text") name = "prompt-text";
  if (take_habit(request, name, value)) return;
  for (const std::string& key : {written, name}) {
    const auto own = keys().find(key);
    if (own != keys().end()) return own->second(request, value);
  }
  for (const OptionInfo& option : option_table()) {
    if (option.name != name) continue;
    const json& meant = name == "speed" ? speed_within(request, value) : value;
    return set_engine_option(request, name, written, meant);
  }
  refuse_key(written);
}

}  // namespace

const std::vector<std::string>& model_names() {
  static const std::vector<std::string> names = {"tts", "tts-1", "tts-1-hd", "gpt-4o-mini-tts"};
  return names;
}

SpeechRequest parse_speech_request(const std::string& body, const VoiceNames& voices) {
  json object = parse_object(body);
  for (auto item = object.begin(); item != object.end();)
    item = item.value().is_null() ? object.erase(item) : std::next(item);
  SpeechRequest request;
  request.voice = voices.known.front();
  request.format = sound_formats().front();
  if (object.contains("strict")) set_key(request, "strict", object["strict"]);  // of all others
  for (const auto& [key, value] : object.items()) {
    if (key == "voice") {
      set_voice(request, value, voices);
    } else {
      set_key(request, key, value);
    }
  }
  if (!object.contains("input")) refuse("input", "\"input\", the text to speak, is missing");
  if (request.input.empty() || (request.strict && is_blank(request.input)))
    throw api_error_of(std::make_exception_ptr(EmptyText()));
  if (request.words && !request.events)
    refuse("words", "\"words\" are events: give \"stream_format\": \"sse\" with it");
  if (!request.speak.seed) request.speak.seed = random_seed();
  return request;
}

}  // namespace tts
