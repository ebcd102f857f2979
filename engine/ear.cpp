#include "engine/ear.h"

#include <algorithm>
#include <filesystem>

#include "codec/codec.h"
#include "core/error.h"
#include "engine/voice_search.h"

namespace tts {
namespace {

constexpr int64_t kShortestHeard = static_cast<int64_t>(kShortestRecordingS * kSampleRateHz);
constexpr int64_t kLongestHeard = static_cast<int64_t>(kLongestRecordingS) * kSampleRateHz;

bool is_file(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

// "": there is none.
std::string ear_of_path() {
  for (const auto& folder : voice_path()) {
    if (is_file(folder + "/ear/recogniser.json")) return folder + "/ear";
  }
  return "";
}

std::string find_ear() {
  const std::string found = ear_of_path();
  if (!found.empty()) return found;
  const auto folders = voice_path();
  fail(ErrorCode::kVoice,
       "no recogniser: there is no ear/recogniser.json in ",
       folders.empty() ? "the search path" : folders.front(),
       "; train one (`tts train recogniser`) and name its folder with --ear");
}

Ear::Decisions decisions_of(const std::string& folder) {
  Ear::Decisions out;
  const std::string path = folder + "/check.json";
  if (!is_file(path)) return out;
  Config config = Config::from_file(path);
  for (const auto& language : config.json().items())
    out.emplace(language.key(), WordDecision::from(config.section(language.key())));
  return out;
}

// First frame of each symbol, and the end.
std::vector<int64_t> edges_of(const std::vector<int64_t>& durations) {
  std::vector<int64_t> edges = {0};
  for (const int64_t d : durations) edges.push_back(edges.back() + d);
  return edges;
}

}  // namespace

std::shared_ptr<const Ear> Ear::open(const std::string& folder) {
  const std::string place = folder.empty() ? find_ear() : folder;
  return std::make_shared<const Ear>(load_recogniser(place), decisions_of(place));
}

std::shared_ptr<const Ear> Ear::open_if_there() {
  const std::string place = ear_of_path();
  return place.empty() ? nullptr : open(place);
}

const WordDecision* Ear::decision(const std::string& language) const {
  const auto found = decisions_.find(language);
  return found == decisions_.end() ? nullptr : &found->second;
}

HeardFrames Ear::hear(const std::vector<float>& samples) const {
  const auto count = static_cast<int64_t>(samples.size());
  if (count < kShortestHeard || count > kLongestHeard) {
    fail(ErrorCode::kInput,
         "the recording lasts ",
         static_cast<double>(count) / kSampleRateHz,
         " s; a recogniser hears 0.1 to ",
         kLongestRecordingS,
         " s at a time");
  }
  torch::NoGradGuard no_grad;
  // A last frame that is not full is filled with silence.
  const int64_t frames = (count + kFrameSamples - 1) / kFrameSamples;
  Tensor wave = torch::zeros({1, frames * kFrameSamples});
  std::copy(samples.begin(), samples.end(), wave.data_ptr<float>());
  Recogniser recogniser = recogniser_;
  const Hearing heard = recogniser->forward(recogniser->features(wave));
  return {heard.ctc[0].contiguous(), heard.frames[0].contiguous()};
}

int64_t Ear::output_of(const Symbol& symbol) const {
  return recogniser_output(recogniser_->options().phones, symbol);
}

std::string Ear::phones_of(const Outputs& outputs) const {
  std::string out;
  for (const int64_t k : outputs) {
    if (!out.empty()) out += ' ';
    out += k > 0 ? recogniser_->options().phones.at(k - 1) : "?";
  }
  return out;
}

PhoneAlignment Ear::align(const HeardFrames& heard, const std::vector<Symbol>& symbols) const {
  Outputs outputs;
  for (const auto& symbol : symbols) outputs.push_back(output_of(symbol));
  return align_phones(heard.frame_rows(), symbols, outputs);
}

TextCheck Ear::check(const HeardFrames& heard, const Sentence& text, const Outputs& phones) const {
  TextCheck out;
  const CtcRows rows = heard.ctc_rows();
  out.heard = phones;
  std::vector<size_t> before = {0};  // phones before each symbol
  for (const auto& symbol : text.symbols) {
    const int64_t output = output_of(symbol);
    if (output != 0) out.expected.push_back(output);
    before.push_back(out.expected.size());
  }
  out.edits = count_edits(out.expected, out.heard);
  out.phone_error_rate = static_cast<double>(out.edits.total()) /
                         static_cast<double>(std::max<size_t>(1, out.expected.size()));
  out.fit = ctc_fit(rows, out.expected, 0, out.expected.size());
  const PhoneAlignment alignment = align(heard, text.symbols);
  if (!alignment.possible) return out;
  const auto edges = edges_of(alignment.durations);
  for (const Word& word : text.words) {
    const size_t first = word.first_symbol, behind = first + word.symbol_count;
    if (before[behind] == before[first]) continue;  // nothing is said of it
    out.words.push_back({word,
                         {edges[first] * kFrameSamples, edges[behind] * kFrameSamples},
                         ctc_fit(rows, out.expected, before[first], before[behind])});
  }
  return out;
}

Sentence joined_sentences(const Document& document) {
  Sentence out;
  Symbol silence;
  silence.phone = kSilence;
  out.symbols.push_back(silence);
  for (const Sentence& sentence : document.sentences) {
    if (out.language.empty()) out.language = sentence.language;
    const auto words = static_cast<int>(out.words.size());
    std::vector<size_t> place;  // of the sentence's symbols in `out`
    for (Symbol symbol : sentence.symbols) {
      place.push_back(out.symbols.size());
      if (symbol.phone == kSilence) continue;
      if (symbol.phone == kPause) symbol.phone = kWordBoundary;
      if (symbol.word >= 0) symbol.word += words;
      out.symbols.push_back(symbol);
    }
    place.push_back(out.symbols.size());
    for (Word word : sentence.words) {
      const size_t first = word.first_symbol;
      word.first_symbol = place.at(first);
      word.symbol_count = place.at(first + word.symbol_count) - word.first_symbol;
      out.words.push_back(std::move(word));
    }
  }
  out.symbols.push_back(silence);
  return out;
}

}  // namespace tts
