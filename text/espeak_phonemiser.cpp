#include "text/espeak_phonemiser.h"

#include <algorithm>

#include "text/normalise/scripts.h"
#include "text/symbols.h"

namespace tts {
namespace {

constexpr size_t kMaxCachedWords = 50000;
constexpr size_t kMaxCachedBytes = 64;  // of a word: the cache must not grow with hostile text

std::vector<Phones> groups_from_ipa(const std::string& ipa, const std::string& language) {
  std::vector<Phones> groups;
  for (size_t begin = 0; begin < ipa.size();) {
    const size_t end = std::min(ipa.find(' ', begin), ipa.size());
    Phones phones = symbols_from_ipa(ipa.substr(begin, end - begin), language);
    if (!phones.empty()) groups.push_back(std::move(phones));
    begin = end + 1;
  }
  return groups;
}

bool has_override(const std::vector<ClauseWord>& clause, const PhonemeRun& run) {
  const auto begin = clause.begin() + run.first_word;
  return std::any_of(
      begin, begin + run.word_count, [](const ClauseWord& word) { return !word.ipa.empty(); });
}

}  // namespace

EspeakPhonemiser::EspeakPhonemiser(std::string language, std::string library, std::string data)
    : language_(std::move(language)), library_(std::move(library)), data_(std::move(data)) {}

std::vector<Phones> EspeakPhonemiser::groups_of(const std::string& text) const {
  std::vector<Phones> groups;
  for (const std::string& ipa :
       EspeakLibrary::instance(library_, data_).phonemise(language_, text)) {
    Phones phones = symbols_from_ipa(ipa, language_, EspeakLibrary::kSeparator);
    if (!phones.empty()) groups.push_back(std::move(phones));
  }
  return groups;
}

Phones EspeakPhonemiser::alone(const std::string& word) const {
  if (word.empty()) return {};
  {
    const std::lock_guard<std::mutex> lock(cache_mutex_);
    const auto found = cache_.find(word);
    if (found != cache_.end()) return found->second;
  }
  Phones phones;
  for (const Phones& group : groups_of(word))
    phones.insert(phones.end(), group.begin(), group.end());
  if (word.size() > kMaxCachedBytes) return phones;
  const std::lock_guard<std::mutex> lock(cache_mutex_);
  if (cache_.size() >= kMaxCachedWords) cache_.clear();
  return cache_.emplace(word, std::move(phones)).first->second;
}

std::vector<PhonemeRun> EspeakPhonemiser::from_espeak(const std::vector<ClauseWord>& clause) const {
  std::string text;
  std::vector<Phones> words;
  for (const ClauseWord& word : clause) {
    // Rules may pass on what they met ("@ϜϜ"); espeak-ng goes wrong on it
    // (docs/measured/hardening.md).
    const std::string readable = readable_part(word.text, language_);
    text += (text.empty() ? "" : " ") + readable;
    words.push_back(alone(readable));
  }
  const std::vector<Phones> groups = groups_of(text);
  std::vector<PhonemeRun> runs;
  for (const AlignedRun& aligned : align_groups(words, groups)) {
    PhonemeRun run{aligned.first_word, aligned.word_count, {}};
    const auto first = groups.begin() + aligned.first_group;
    run.groups.assign(first, first + aligned.group_count);
    if (run.word_count == 1 || run.groups.size() != 1 || !has_override(clause, run)) {
      runs.push_back(std::move(run));
      continue;
    }
    // A merged word of which one part is pronounced otherwise: cut it.
    const std::vector<Phones> parts(words.begin() + run.first_word,
                                    words.begin() + run.first_word + run.word_count);
    const Phones& group = run.groups[0];
    const std::vector<size_t> starts = split_group(parts, group);
    for (size_t i = 0; i < parts.size(); ++i) {
      const size_t end = i + 1 < starts.size() ? starts[i + 1] : group.size();
      PhonemeRun cut{run.first_word + i, 1, {}};
      if (starts[i] < end) cut.groups = {Phones(group.begin() + starts[i], group.begin() + end)};
      runs.push_back(std::move(cut));
    }
  }
  return runs;
}

std::vector<PhonemeRun> EspeakPhonemiser::phonemise(const std::vector<ClauseWord>& clause) const {
  const bool all_given = std::all_of(
      clause.begin(), clause.end(), [](const ClauseWord& word) { return !word.ipa.empty(); });
  std::vector<PhonemeRun> runs;
  if (all_given) {
    for (size_t i = 0; i < clause.size(); ++i) runs.push_back({i, 1, {}});
  } else {
    runs = from_espeak(clause);
  }
  for (PhonemeRun& run : runs) {
    if (run.word_count == 1 && !clause[run.first_word].ipa.empty()) {
      run.groups = groups_from_ipa(clause[run.first_word].ipa, language_);
    }
  }
  return runs;
}

}  // namespace tts
