// include/tts/tts.h over voice.h and request.h: each function is a guard around a few lines.
#include <cstring>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "core/known_names.h"
#include "engine/c_api_guard.h"
#include "engine/c_api_handles.h"
#include "engine/log.h"
#include "engine/options.h"
#include "engine/version.h"
#include "engine/voice_search.h"
#include "nn/runtime.h"

namespace tts {
namespace {

VoiceOptions voice_options(const tts_option* options, size_t count) {
  require(count == 0 || options != nullptr, "options is null but count is not 0");
  VoiceOptions out;
  out.threads = 0;
  for (size_t i = 0; i < count; ++i) {
    require(options[i].name != nullptr && options[i].value != nullptr,
            "an option's name or value is null");
    const std::string name = options[i].name, value = options[i].value;
    if (name == "device") {
      out.device = value;
    } else if (name == "threads") {
      out.threads = static_cast<int>(parse_integer(threads_option(), value));
    } else {
      fail_unknown("voice option", name, {"device", threads_option().name});
    }
  }
  static std::once_flag configured;
  std::call_once(configured, [] {
    configure_runtime(1, [](const std::string& message) { log(LogLevel::kWarning, message); });
  });
  return out;
}

SpeakOptions speak_options(const tts_option* options, size_t count) {
  require(count == 0 || options != nullptr, "options is null but count is not 0");
  SpeakOptions out;
  out.first_clause_words = kFirstClauseWords;
  std::set<std::string> given;
  for (size_t i = 0; i < count; ++i) {
    require(options[i].name != nullptr && options[i].value != nullptr,
            "an option's name or value is null");
    const std::string name = options[i].name;
    if (!given.insert(name).second && !may_be_repeated(name))
      fail(ErrorCode::kUsage, name, " is given twice");
    set_option(out, name, options[i].value);
  }
  return out;
}

std::unique_ptr<tts_voice> wrap(std::shared_ptr<const Voice> voice) {
  auto out = std::make_unique<tts_voice>();
  const VoiceManifest& manifest = voice->manifest();
  out->info = nlohmann::json{{"name", manifest.name},
                             {"language", manifest.language},
                             {"languages", manifest.languages},
                             {"generators", voice->generator_names()},
                             {"default_generator", voice->default_generator()},
                             {"sample_rate_hz", manifest.sample_rate_hz}}
                  .dump();
  for (const auto& generator : voice->generator_names()) {
    for (const auto& option : voice->generator(generator).options()) {
      std::string& list = out->generators_with[option];
      list += (list.empty() ? "" : ", ") + generator;
    }
  }
  out->voice = std::move(voice);
  log(LogLevel::kInfo, "opened voice " + out->info);
  return out;
}

tts_event_kind kind_of(EventKind kind) {
  switch (kind) {
    case EventKind::kAudio:
      return TTS_AUDIO;
    case EventKind::kSentence:
      return TTS_SENTENCE;
    case EventKind::kWord:
      return TTS_WORD;
    case EventKind::kPhoneme:
      return TTS_PHONEME;
    case EventKind::kMark:
      return TTS_MARK;
    case EventKind::kWarning:
      return TTS_WARNING;
    case EventKind::kVerdict:
      return TTS_VERDICT;
    case EventKind::kDone:
      return TTS_DONE;
  }
  return TTS_DONE;
}

void show(const Event& event, tts_event& out) {
  const bool sound = event.kind == EventKind::kAudio;
  out.kind = kind_of(event.kind);
  out.audio = sound ? event.audio.data() : nullptr;
  out.audio_count = event.audio.size();
  out.first_sample = event.samples.begin;
  out.end_sample = event.samples.end;
  out.first_byte = event.bytes.begin;
  out.end_byte = event.bytes.end;
  out.text = sound || event.kind == EventKind::kDone ? nullptr : event.text.c_str();
}

tts_status next_event(tts_request* request,
                      std::optional<std::chrono::milliseconds> time,
                      const tts_event** event) {
  if (event != nullptr) *event = nullptr;
  return guard([&] {
    require(request != nullptr && event != nullptr, "request or event is null");
    switch (request->request->next(request->event, time)) {
      case Request::Pulled::kPending:
        return TTS_PENDING;
      case Request::Pulled::kEnd:
        return TTS_END;
      case Request::Pulled::kEvent:
        break;
    }
    show(request->event, request->seen);
    *event = &request->seen;
    return TTS_OK;
  });
}

}  // namespace

}  // namespace tts

using tts::guard;
using tts::require;

tts_status tts_voice_open(const char* path,
                          const tts_option* options,
                          size_t count,
                          tts_voice** out) {
  return guard([&] {
    require(out != nullptr, "out is null");
    *out = nullptr;
    const auto voice_options = tts::voice_options(options, count);
    *out = tts::wrap(tts::Voice::open(path == nullptr ? "" : path, voice_options)).release();
    return TTS_OK;
  });
}

tts_status tts_voice_open_memory(const tts_file* files,
                                 size_t file_count,
                                 const tts_option* options,
                                 size_t count,
                                 tts_voice** out) {
  return guard([&] {
    require(out != nullptr, "out is null");
    *out = nullptr;
    require(files != nullptr && file_count != 0, "there are no files");
    std::map<std::string, std::string> contents;
    for (size_t i = 0; i < file_count; ++i) {
      require(files[i].name != nullptr && (files[i].data != nullptr || files[i].bytes == 0),
              "a file is null");
      contents[files[i].name].assign(static_cast<const char*>(files[i].data), files[i].bytes);
    }
    const auto voice_options = tts::voice_options(options, count);
    *out = tts::wrap(tts::Voice::open_memory(std::move(contents), voice_options)).release();
    return TTS_OK;
  });
}

const char* tts_voice_info(const tts_voice* voice) {
  return voice == nullptr ? nullptr : voice->info.c_str();
}

tts_status tts_voices(const char** json) {
  if (json != nullptr) *json = nullptr;
  return guard([&] {
    require(json != nullptr, "json is null");
    nlohmann::json list = nlohmann::json::array();
    for (const tts::FoundVoice& found : tts::list_voices())
      list.push_back(tts::description_of(found));
    thread_local std::string listed;
    listed = list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    *json = listed.c_str();
    return TTS_OK;
  });
}

tts_status tts_voice_option(const tts_voice* voice, size_t index, tts_option_info* out) {
  return guard([&] {
    require(voice != nullptr && out != nullptr, "voice or out is null");
    if (index >= tts::option_table().size()) return TTS_END;
    const tts::OptionInfo& option = tts::option_table()[index];
    const auto with = voice->generators_with.find(option.name);
    const char* generators = with == voice->generators_with.end() ? "" : with->second.c_str();
    *out = {option.name,
            static_cast<tts_option_type>(option.type),
            option.lowest,
            option.highest,
            option.standard,
            option.help,
            option.of_generator ? generators : nullptr};
    return TTS_OK;
  });
}

void tts_voice_free(tts_voice* voice) {
  delete voice;
}

tts_status tts_request_new(tts_voice* voice,
                           const tts_option* options,
                           size_t count,
                           tts_request** out) {
  return guard([&] {
    require(out != nullptr, "out is null");
    *out = nullptr;
    require(voice != nullptr, "voice is null");
    auto request = std::make_unique<tts_request>();
    tts::SpeakOptions speak = tts::speak_options(options, count);
    if (speak.prompts.empty()) speak.prompts = voice->prompts;
    request->request = std::make_unique<tts::Request>(voice->voice, speak);
    *out = request.release();
    return TTS_OK;
  });
}

tts_status tts_request_push(tts_request* request,
                            const char* utf8,
                            size_t bytes,
                            tts_input_kind kind) {
  return guard([&] {
    require(request != nullptr && (utf8 != nullptr || bytes == 0), "request or text is null");
    unsigned number = 0;  // C may pass any number, which C++ must not read as the enumeration
    static_assert(sizeof number == sizeof kind);
    std::memcpy(&number, &kind, sizeof number);
    static_assert(static_cast<int>(tts::InputKind::kVerbatim) == TTS_VERBATIM);
    require(number < tts::input_kinds().size(),
            "this kind of input is not known; known: TTS_PLAIN, TTS_IPA, TTS_SSML, TTS_MARKDOWN, "
            "TTS_HTML, TTS_VERBATIM");
    request->request->push({utf8, bytes}, static_cast<tts::InputKind>(number));
    return TTS_OK;
  });
}

tts_status tts_request_finish(tts_request* request) {
  return guard([&] {
    require(request != nullptr, "request is null");
    request->request->finish();
    return TTS_OK;
  });
}

tts_status tts_request_next(tts_request* request, const tts_event** event) {
  return tts::next_event(request, std::nullopt, event);
}

tts_status tts_request_next_within(tts_request* request,
                                   uint32_t milliseconds,
                                   const tts_event** event) {
  return tts::next_event(request, std::chrono::milliseconds(milliseconds), event);
}

void tts_request_cancel(tts_request* request) {
  if (request != nullptr) request->request->cancel();
}

int tts_request_sample_rate(const tts_request* request) {
  return request == nullptr ? 0 : request->request->synthesizer().sample_rate_hz();
}

uint64_t tts_request_seed(const tts_request* request) {
  return request == nullptr ? 0 : request->request->synthesizer().seed();
}

void tts_request_free(tts_request* request) {
  delete request;
}

const char* tts_version(void) {
  return tts::kVersion;
}

void tts_set_log(tts_log_callback callback, void* user) {
  guard([&] {
    if (callback == nullptr) {
      tts::set_log({});
    } else {
      tts::set_log([callback, user](tts::LogLevel level, const std::string& message) {
        callback(static_cast<int>(level), message.c_str(), user);
      });
    }
    return TTS_OK;
  });
}
