#include "text/espeak_library.h"

#include <dlfcn.h>
#include <locale.h>

#include <map>

#include "core/classic_stream.h"
#include "core/error.h"

namespace tts {
namespace {

// From espeak-ng's documented C interface (API revision 8 and later).
constexpr int kOutputSynchronous = 2;
constexpr int kDoNotExit = 0x8000;
constexpr int kCharsUtf8 = 1;
constexpr int kIpa = 0x02;
constexpr int kSeparatorShift = 8;

constexpr char kDefaultLibrary[] = "libespeak-ng.so.1";

template <typename Function>
Function symbol(void* handle, const char* name, const std::string& library) {
  void* address = dlsym(handle, name);
  if (!address)
    fail(
        ErrorCode::kVoice, library, " has no function ", name, "; install espeak-ng 1.49 or newer");
  return reinterpret_cast<Function>(address);
}

// espeak-ng 1.51 prints "??" for one German phoneme, the ur of "kurz" and "wurde".
std::string repaired(std::string phonemes, const std::string& language) {
  if (language.compare(0, 2, "de") != 0) return phonemes;
  const std::string vowel_and_r = "ʊ_ɾ";
  for (size_t at = 0; (at = phonemes.find("??", at)) != phonemes.npos; at += vowel_and_r.size()) {
    phonemes.replace(at, 2, vowel_and_r);
  }
  return phonemes;
}

// espeak-ng asks the C library which bytes are letters, and a host's locale answers: here it is
// asked in one locale, that of this thread while it is inside.
class OwnLocale {
 public:
  OwnLocale() : before_(uselocale(own())) {}
  ~OwnLocale() { uselocale(before_); }
  OwnLocale(const OwnLocale&) = delete;
  OwnLocale& operator=(const OwnLocale&) = delete;

 private:
  static locale_t own() {
    static const locale_t utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", nullptr);
    static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);
    return utf8 == nullptr ? plain : utf8;
  }
  const locale_t before_;
};

// espeak_Initialize sets the LC_CTYPE of the whole process, which is the host's.
class HostLocale {
 public:
  HostLocale() : type_(setlocale(LC_CTYPE, nullptr)) {}
  ~HostLocale() { setlocale(LC_CTYPE, type_.c_str()); }
  HostLocale(const HostLocale&) = delete;
  HostLocale& operator=(const HostLocale&) = delete;

 private:
  const std::string type_;
};

}  // namespace

EspeakLibrary& EspeakLibrary::instance(const std::string& library, const std::string& data) {
  static std::mutex opening;
  static std::map<std::string, std::unique_ptr<EspeakLibrary>> opened;
  const std::lock_guard<std::mutex> lock(opening);
  const std::string name = library.empty() ? kDefaultLibrary : library;
  auto found = opened.find(name);
  if (found == opened.end()) {
    std::unique_ptr<EspeakLibrary> fresh(new EspeakLibrary(name, data));
    found = opened.emplace(name, std::move(fresh)).first;
  }
  if (!data.empty() && data != found->second->data_) {
    fail(ErrorCode::kUsage,
         "espeak-ng is already open with other data than ",
         data,
         "; one process can use one data folder");
  }
  return *found->second;
}

EspeakLibrary::EspeakLibrary(const std::string& library, const std::string& data) : data_(data) {
  void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    fail(ErrorCode::kVoice,
         "espeak-ng, which pronounces words, cannot be loaded (",
         dlerror(),
         "); install it (Debian, Ubuntu: apt install espeak-ng). Without it [[ipa]] and words of a "
         "lexicon can still be spoken");
  }
  initialize_ = symbol<Initialize>(handle, "espeak_Initialize", library);
  set_voice_by_name_ = symbol<SetVoiceByName>(handle, "espeak_SetVoiceByName", library);
  set_voice_by_properties_ =
      symbol<SetVoiceByProperties>(handle, "espeak_SetVoiceByProperties", library);
  synth_ = symbol<Synth>(handle, "espeak_Synth", library);
  text_to_phonemes_ = symbol<TextToPhonemes>(handle, "espeak_TextToPhonemes", library);
  const char* path = data.empty() ? nullptr : data.c_str();
  const HostLocale host;
  const OwnLocale own;
  if (initialize_(kOutputSynchronous, 0, path, kDoNotExit) < 0) {
    fail(ErrorCode::kVoice,
         "espeak-ng does not find its data",
         data.empty() ? std::string() : " in " + data,
         "; install espeak-ng-data (Debian, Ubuntu: apt install espeak-ng-data)");
  }
}

void EspeakLibrary::set_language(const std::string& language) {
  if (language == language_) return;
  Voice wanted;
  wanted.languages = language.c_str();
  // Some languages go by the voice's name, some ("fr-fr") only by the language it speaks.
  const bool found = !language.empty() && (set_voice_by_name_(language.c_str()) == 0 ||
                                           set_voice_by_properties_(&wanted) == 0);
  if (!found) {
    language_.clear();
    fail(ErrorCode::kUsage,
         "espeak-ng has no language \"",
         language,
         "\"; known are those that espeak-ng --voices lists, e.g. en-us, en-gb, de, nl, fr-fr");
  }
  language_ = language;
  // Each change of voice queues a copy of it for the sound that would follow, which only the making
  // of sound frees: 1.3 KB are lost each time without this sound of nothing.
  synth_("", 1, 0, 0, 0, kCharsUtf8, nullptr, nullptr);
}

std::vector<std::string> EspeakLibrary::phonemise(const std::string& language,
                                                  const std::string& text) {
  std::string phonemes;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const OwnLocale own;
    set_language(language);
    const void* rest = text.c_str();
    while (rest) {  // one round for each clause that espeak-ng finds; it sets NULL at the end
      const char* part = text_to_phonemes_(&rest, kCharsUtf8, kIpa | kSeparator << kSeparatorShift);
      if (part) phonemes.append(part).push_back(' ');
    }
  }
  ClassicInput words(repaired(without_language_switches(phonemes), language));
  std::vector<std::string> out;
  for (std::string word; words >> word;) {
    if (word.find_first_not_of(kSeparator) != word.npos) out.push_back(std::move(word));
  }
  return out;
}

std::string without_language_switches(const std::string& phonemes) {
  std::string out;
  for (size_t i = 0; i < phonemes.size();) {
    const size_t close = phonemes[i] == '(' ? phonemes.find(')', i) : phonemes.npos;
    if (close == phonemes.npos) {
      out.push_back(phonemes[i++]);
    } else {
      i = close + 1;
    }
  }
  return out;
}

}  // namespace tts
