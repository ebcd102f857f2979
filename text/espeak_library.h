// espeak-ng at run time: opened with dlopen, never linked, its headers never included (it is
// GPL-3.0).
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tts {

// espeak-ng's state is global, so there is one library per process with one lock around every call.
class EspeakLibrary {
 public:
  // Opens the library on first use and keeps it for the process.
  // `library` empty: libespeak-ng.so.1; `data` empty: the library's own, or what it was opened
  // with. Throws Error(kVoice), which says how to install it (a later call tries again),
  // Error(kUsage) when it is open with another data folder, which it cannot change.
  static EspeakLibrary& instance(const std::string& library, const std::string& data);

  // Phonemes of a text without punctuation: one IPA string per word that espeak-ng pronounced, its
  // phonemes separated by kSeparator. Language switches "(en)…(de)" are taken out.
  // Throws Error(kUsage) for a language that espeak-ng does not know.
  std::vector<std::string> phonemise(const std::string& language, const std::string& text);

  static constexpr char kSeparator = '_';

 private:
  EspeakLibrary(const std::string& library, const std::string& data);
  void set_language(const std::string& language);

  std::string data_;

  using Initialize = int (*)(int output, int buffer_ms, const char* path, int options);
  using SetVoiceByName = int (*)(const char* name);
  using TextToPhonemes = const char* (*)(const void** text, int text_mode, int phoneme_mode);
  // espeak-ng's espeak_VOICE, as documented.
  struct Voice {
    const char* name = nullptr;
    const char* languages = nullptr;
    const char* identifier = nullptr;
    unsigned char gender = 0, age = 0, variant = 0, unused = 0;
    int score = 0;
    void* spare = nullptr;
  };
  using SetVoiceByProperties = int (*)(Voice* wanted);
  using Synth = int (*)(const void* text,
                        size_t size,
                        unsigned position,
                        int position_type,
                        unsigned end_position,
                        unsigned flags,
                        unsigned* identifier,
                        void* user_data);
  Initialize initialize_ = nullptr;
  SetVoiceByName set_voice_by_name_ = nullptr;
  TextToPhonemes text_to_phonemes_ = nullptr;
  SetVoiceByProperties set_voice_by_properties_ = nullptr;
  Synth synth_ = nullptr;

  std::mutex mutex_;
  std::string language_;
};

// "(en)_w_iː_k" → "w_iː_k", with the spaces between words kept.
std::string without_language_switches(const std::string& phonemes);

}  // namespace tts
