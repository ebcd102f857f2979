#include "text/sentence_builder.h"

#include <algorithm>
#include <utility>

#include "text/normalise/lexicon_words.h"

namespace tts {
namespace {

// From weakest to strongest; of several marks in a row the strongest is heard.
constexpr const char* kMarks[] = {",", "—", ":", ";", ".", "…", "!", "?"};

// Aligning takes the square of it; only numbers of hundreds of digits and the like come here.
constexpr size_t kMaxClauseWords = 80;
constexpr size_t kMaxClauseBytes = 600;  // espeak-ng cuts at 800, in the middle of words

int strength(const std::string& mark) {
  const auto found = std::find(std::begin(kMarks), std::end(kMarks), mark);
  return static_cast<int>(found - std::begin(kMarks));
}

// One spoken word of the clause and the item it came from.
struct Part {
  ClauseWord word;
  std::string text;  // as shown
  size_t item = 0;
  const char* ipa_from = "voice";  // what gave the phones
};

class Builder {
 public:
  Builder(const std::vector<Item>& items,
          const SentenceRange& range,
          const SentenceContext& context)
      : items_(items), range_(range), context_(context) {}

  Sentence run() {
    collect_words();
    out_.language = context_.language;
    push(kSilence);
    for (size_t i = range_.first; i < range_.last; ++i) add(i);
    flush_clause();
    // The dot of "etc." is also the full stop.
    if (mark_.empty() && items_[range_.last - 1].may_end_sentence) mark_ = ".";
    if (!out_.words.empty()) push_mark();
    push(kSilence);
    out_.span = {
        context_.clean.span(items_[range_.first].begin, items_[range_.first].end).begin,
        context_.clean.span(items_[range_.last - 1].begin, items_[range_.last - 1].end).end};
    return std::move(out_);
  }

 private:
  // The sentence's words for the homograph rules, which look left and right.
  void collect_words() {
    for (size_t i = range_.first; i < range_.last; ++i) {
      if (items_[i].kind == ItemKind::kMark) lower_.push_back(",");
      for (const SpokenWord& word : items_[i].spoken) lower_.push_back(lower_case(word.text));
    }
  }

  void add(size_t i) {
    const Item& item = items_[i];
    switch (item.kind) {
      case ItemKind::kMark:
        note_mark(item.mark);
        ++at_word_;
        break;
      case ItemKind::kPause:
        flush_clause();
        if (!out_.words.empty()) push_mark();
        push(kPause);
        out_.symbols.back().pause_s = item.pause_s;
        break;
      case ItemKind::kWord:
        for (const SpokenWord& word : item.spoken) add_word(word, i);
        break;
      case ItemKind::kParagraph:
        break;
    }
  }

  void add_word(const SpokenWord& word, size_t item) {
    if (word.text == ",") {
      note_mark(",");
      ++at_word_;
      return;
    }
    for (const SpokenWord& one : parts_of(word)) add_part(one, item);
    ++at_word_;
  }

  // "tomato-red" in two where the lexicon has one of them.
  std::vector<SpokenWord> parts_of(const SpokenWord& word) const {
    const bool whole =
        !word.ipa.empty() || !word.respelling.empty() || word.text.find('-') == std::string::npos;
    if (whole ||
        !has_part_in_lexicon(word.text, context_.lexicon, context_.language, context_.rules))
      return {word};
    std::vector<SpokenWord> out;
    for (size_t begin = 0; begin <= word.text.size();) {
      const size_t end = std::min(word.text.find('-', begin), word.text.size());
      if (end > begin) out.push_back({word.text.substr(begin, end - begin), "", ""});
      begin = end + 1;
    }
    return out;
  }

  void add_part(const SpokenWord& word, size_t item) {
    Part part{{word.respelling.empty() ? word.text : word.respelling, word.ipa}, word.text, item};
    if (!part.word.ipa.empty()) part.ipa_from = "given phones";
    if (part.word.ipa.empty()) look_up(word.text, part);
    if (word.ipa == word.text)
      part.word.text.clear();  // [[ipa]]: nothing that espeak-ng could read
    clause_bytes_ += word.text.size() + 1;
    if (clause_.size() >= kMaxClauseWords || clause_bytes_ > kMaxClauseBytes) flush_clause();
    clause_.push_back(std::move(part));
  }

  // In the caller's lexicon, by the homograph rules, in the language's own lexicon.
  void look_up(const std::string& word, Part& part) const {
    const Language& rules = context_.rules;
    part.word.ipa = ipa_in_lexicon(word, context_.lexicon, context_.language, rules);
    part.ipa_from = "lexicon";
    if (!part.word.ipa.empty()) return;
    if (rules.homograph)
      part.word.ipa =
          rules.homograph(lower_, at_word_, context_.language, items_[part.item].starts_capital);
    part.ipa_from = "homograph rule";
    if (!part.word.ipa.empty()) return;
    part.word.ipa = ipa_in_lexicon(word, context_.own_lexicon, context_.language, rules);
    part.ipa_from = part.word.ipa.empty() ? "voice" : "language's lexicon";
  }

  void note_mark(const std::string& mark) {
    flush_clause();
    if (mark_.empty() || strength(mark) > strength(mark_)) mark_ = mark;
  }

  // Before a word: the mark that was heard, or a word boundary.
  void separate() {
    if (out_.words.empty()) {
      mark_.clear();
    } else if (!mark_.empty()) {
      push_mark();
    } else if (out_.symbols.back().phone != kPause) {
      push(kWordBoundary);
    }
  }

  void push(const std::string& phone) {
    Symbol symbol;
    symbol.phone = phone;
    out_.symbols.push_back(std::move(symbol));
  }

  void push_mark() {
    if (mark_.empty()) return;
    out_.spoken += (mark_ == "—" ? " " : "") + mark_;
    push(std::exchange(mark_, ""));
  }

  void flush_clause() {
    std::vector<ClauseWord> words;
    for (const Part& part : clause_) words.push_back(part.word);
    if (words.empty()) return;
    for (const PhonemeRun& run : context_.phonemiser.phonemise(words)) add_run(run);
    clause_.clear();
    clause_bytes_ = 0;
  }

  void add_run(const PhonemeRun& run) {
    const Part& first = clause_[run.first_word];
    const Part& last = clause_[run.first_word + run.word_count - 1];
    const bool same_word = !out_.words.empty() && first.item == last_item_;
    bool started = same_word;
    for (const auto& group : run.groups) {
      const std::string inner = started ? mark_ : "";  // "March fifth, twenty …" is one word
      separate();
      if (started && !out_.words.empty()) out_.words.back().spoken += inner;
      if (!started) begin_word();
      started = true;
      for (Symbol symbol : group) {
        symbol.word = static_cast<int>(out_.words.size()) - 1;
        out_.symbols.push_back(std::move(symbol));
      }
      out_.symbols.back().word_end = true;
    }
    if (started) extend_word(run, first.item, last.item);
  }

  void begin_word() {
    Word word;
    word.first_symbol = out_.symbols.size();
    word.span = {std::string::npos, 0};
    out_.words.push_back(std::move(word));
  }

  void extend_word(const PhonemeRun& run, size_t first, size_t last) {
    Word& word = out_.words.back();
    word.symbol_count = out_.symbols.size() - word.first_symbol;
    const ByteSpan span = context_.clean.span(items_[first].begin, items_[last].end);
    word.span = {std::min(word.span.begin, span.begin), std::max(word.span.end, span.end)};
    word.written =
        std::string(context_.source.substr(word.span.begin, word.span.end - word.span.begin));
    for (size_t i = 0; i < run.word_count; ++i) {
      const Part& part = clause_[run.first_word + i];
      word.spoken += (word.spoken.empty() ? "" : " ") + part.text;
      note_decision(part, word);
      out_.spoken += (out_.spoken.empty() ? "" : " ") + part.text;
    }
    last_item_ = last;
  }

  void note_decision(const Part& part, Word& word) const {
    const std::string& rule = items_[part.item].decided_by;
    if (word.decided_by.empty()) word.decided_by = rule;
    const std::string phones = part.ipa_from;
    const std::string& known = word.decided_by;
    const bool there = known.size() >= phones.size() &&
                       known.compare(known.size() - phones.size(), phones.size(), phones) == 0;
    if (!there) word.decided_by += (known.empty() ? "" : "; ") + phones;
  }

  const std::vector<Item>& items_;
  const SentenceRange& range_;
  const SentenceContext& context_;
  Sentence out_;
  std::vector<Part> clause_;
  size_t clause_bytes_ = 0;
  std::string mark_;                // marks since the last word
  std::vector<std::string> lower_;  // see collect_words
  size_t at_word_ = 0;
  size_t last_item_ = std::string::npos;
};

}  // namespace

Sentence build_sentence(const std::vector<Item>& items,
                        const SentenceRange& range,
                        const SentenceContext& context) {
  return Builder(items, range, context).run();
}

}  // namespace tts
