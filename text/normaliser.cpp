#include "text/normaliser.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "text/normalise/abbreviations.h"
#include "text/normalise/capitals.h"
#include "text/normalise/emoji.h"
#include "text/normalise/item_list.h"
#include "text/normalise/markup.h"
#include "text/normalise/rules/context.h"
#include "text/normalise/rules/rule_set.h"
#include "text/normalise/scripts.h"
#include "text/normalise/signs.h"
#include "text/normalise/spoken_words.h"
#include "text/tokeniser.h"

namespace tts {
namespace {

constexpr int32_t kLongestShortForm = 7;

class Run {
 public:
  Run(const CleanText& clean,
      const RuleSet& rules,
      const std::string& code,
      const Lexicon& lexicon,
      std::vector<TextWarning>& warnings)
      : clean_(clean),
        text_(clean.text),
        language_(rules.language()),
        code_(code),
        rule_set_(rules),
        rules_(rules, clean.text),
        lexicon_(lexicon),
        warnings_(warnings),
        items_(clean.text) {}

  std::vector<Item> run() {
    int32_t at = 0;
    while (at < text_.length()) {
      const Token token = next_token(text_, at);
      if (const auto end = try_lexicon(token)) {
        at = *end;
        continue;
      }
      switch (token.kind) {
        case TokenKind::kSpace:
          items_.space();
          at = token.end;
          break;
        case TokenKind::kParagraph:
          items_.paragraph(token.begin, token.end);
          at = token.end;
          break;
        case TokenKind::kMarkup:
          at = markup(token);
          break;
        case TokenKind::kEmoji:
          emoji(token);
          at = token.end;
          break;
        case TokenKind::kWord:
          at = word(token);
          break;
        case TokenKind::kNumber:
          at = number(token);
          break;
        case TokenKind::kSymbol:
          at = sign(token);
          break;
      }
    }
    items_.space();
    return items_.take();
  }

 private:
  void warn(const std::string& message, int32_t begin, int32_t end) {
    warnings_.push_back({message, clean_.span(begin, end)});
  }

  // Once in a text whose language has no tables.
  void warn_of_no_rules(const Token& token) {
    if (!language_.code.empty() || warned_of_no_rules_) return;
    warned_of_no_rules_ = true;
    warn("no number rules for \"" + code_ +
             "\": espeak-ng reads digits and signs its own way; there are rules for " +
             languages_with_tables(),
         token.begin,
         token.end);
    warnings_.back().of_whole_text = true;
  }

  std::vector<SpokenWord> words_of(const std::string& expansion) const {
    return spoken_words(expansion, language_);
  }

  std::string written(const Token& token) const {
    return to_utf8(text_.tempSubStringBetween(token.begin, token.end));
  }

  // "vs", "xii", "a": small letters that rules and tables know.
  bool is_short_form(const Token& token) const {
    const int32_t length = token.end - token.begin;
    if (length > kLongestShortForm + 2) return false;
    const std::string word = written(token);
    if (language_.month_of.count(word) || language_.streets.count(word)) return true;
    if (length > kLongestShortForm) return false;
    return length == 1 || language_.bare_abbreviations.count(word) ||
           language_.weekdays.count(word) || word.find('-') != word.npos ||
           word.find_first_not_of("ivxlc") == word.npos;
  }

  // Most words are plain small letters, which no rule is about.
  bool is_plain(const Token& token) const {
    if (is_short_form(token)) return false;
    for (int32_t i = token.begin; i < token.end; ++i) {
      if (u_isupper(text_[i])) return false;
    }
    if (token.end >= text_.length() || u_isspace(text_[token.end])) return true;
    const char16_t next = text_[token.end];
    return next == ',' || next == '"' || next == ')' || next == '!' || next == '?' || next == ';';
  }

  std::optional<int32_t> try_lexicon(const Token& token) {
    const bool white = token.kind == TokenKind::kSpace || token.kind == TokenKind::kParagraph;
    if (white || token.kind == TokenKind::kMarkup) return std::nullopt;
    const auto place = lexicon_.match(text_, token.begin, code_);
    if (!place) return std::nullopt;
    std::vector<SpokenWord> spoken = {{place->entry->word, place->entry->ipa, ""}};
    if (!place->entry->alias.empty()) spoken = words_of_alias(place->entry->alias);
    Item& item = items_.word(token.begin, place->end, std::move(spoken));
    item.may_end_sentence = text_[place->end - 1] == '.';
    item.decided_by = "lexicon";
    return place->end;
  }

  // As a text of its own would be read, but for other entries of the lexicon's own kind: aliases
  // cannot go in circles.
  std::vector<SpokenWord> words_of_alias(const std::string& alias) {
    const CleanText clean = clean_text(alias);
    std::vector<TextWarning> ignored;
    std::vector<SpokenWord> out;
    for (Item& item : Run(clean, rule_set_, code_, Lexicon(), ignored).run()) {
      if (item.kind == ItemKind::kMark && !out.empty()) out.push_back({",", "", ""});
      for (SpokenWord& word : item.spoken) out.push_back(std::move(word));
    }
    if (!out.empty() && out.back().text == ",") out.pop_back();
    return out;
  }

  bool try_rules(int32_t at, char kind, int32_t* end) {
    auto hit = rules_.match(at, kind);
    if (!hit) return false;
    *end = hit->end;
    std::vector<SpokenWord> words = words_of(hit->spoken);
    if (words.empty()) return true;
    Item& item = items_.word(at, hit->end, std::move(words));
    item.decided_by = std::string("rule \"") + hit->rule + "\"";
    // The dot of "5 p.m." may also be a full stop, that of "3. Oktober" not, that of "der 3. Dann"
    // is.
    const bool dot = hit->end - at > 1 && text_[hit->end - 1] == '.';
    item.may_end_sentence = dot && (u_islower(text_[hit->end - 2]) ||
                                    ends_sentence(neighbours_of(text_, at, hit->end), language_));
    return true;
  }

  // espeak-ng goes wrong on words of several scripts (docs/measured/hardening.md): one at a time.
  int32_t word(const Token& whole) {
    const Token token = {
        whole.kind, whole.begin, end_of_script(text_, whole.begin, whole.end, code_)};
    const auto first = static_cast<char32_t>(text_.char32At(token.begin));
    if (!is_readable_script(first, code_)) return foreign(token);
    int32_t end = token.end;
    if (!is_plain(token)) {
      if (try_rules(token.begin, 'l', &end)) return end;
      if (auto hit = match_abbreviation(text_, token.begin, language_)) {
        Item& item = items_.word(token.begin, hit->end, words_of(hit->spoken));
        item.may_end_sentence = hit->may_end_sentence;
        item.decided_by = "abbreviation";
        return hit->end;
      }
      const std::string text = written(token);
      if (!language_.code.empty()) {
        const auto around = neighbours_of(text_, token.begin, token.end);
        if (auto spoken = capitals_in_words(text, around, language_)) {
          items_.word(token.begin, token.end, words_of(*spoken)).decided_by = "capitals";
          return token.end;
        }
      }
    }
    items_.word(token.begin, token.end, as_written(written(token)));
    return token.end;
  }

  int32_t foreign(const Token& token) {
    const auto first = static_cast<char32_t>(text_.char32At(token.begin));
    const bool alone = text_.moveIndex32(token.begin, 1) == token.end;
    const std::string name = alone ? letter_name(first) : "";
    if (!name.empty()) {
      items_.word(token.begin, token.end, words_of(name)).decided_by = "letter's name";
    } else {
      const int32_t count = text_.countChar32(token.begin, token.end - token.begin);
      warn("skipped " + code_point_name(first) +
               (count > 1 ? " and " + std::to_string(count - 1) + " more" : "") + " (" +
               script_name(first) + "): no phonemes in language " + code_,
           token.begin,
           token.end);
    }
    return token.end;
  }

  int32_t number(const Token& token) {
    int32_t end = token.end;
    if (try_rules(token.begin, 'd', &end)) return end;
    // espeak-ng reads the numbers of other languages: "3,5", "1 000" go to it in one piece.
    warn_of_no_rules(token);
    const auto digit_at = [&](int32_t i) { return i < text_.length() && u_isdigit(text_[i]); };
    while (digit_at(end) ||
           (end < text_.length() && (text_[end] == ',' || text_[end] == '.') && digit_at(end + 1)))
      ++end;
    items_.word(
        token.begin, end, as_written(to_utf8(text_.tempSubStringBetween(token.begin, end))));
    return end;
  }

  int32_t markup(const Token& token) {
    const auto parsed =
        parse_markup(to_utf8(text_.tempSubStringBetween(token.begin + 2, token.end - 2)));
    if (!parsed) {
      warn("skipped [[ ]] that is neither phonemes nor a pause such as [[pause 400ms]]",
           token.begin,
           token.end);
    } else if (parsed->pause_s >= 0) {
      items_.pause(token.begin, token.end, std::min(parsed->pause_s, kMaxPauseS));
      if (parsed->pause_s > kMaxPauseS)
        warn("pause cut to " + std::to_string(static_cast<int>(kMaxPauseS)) + " s, the longest",
             token.begin,
             token.end);
    } else {
      Item& item = items_.word(token.begin, token.end, {{parsed->ipa, parsed->ipa, ""}});
      item.starts_lower = false;
      item.decided_by = "[[ ]]";
    }
    return token.end;
  }

  void emoji(const Token& token) {
    const icu::UnicodeString written = text_.tempSubStringBetween(token.begin, token.end);
    const bool repeated = token.begin == emoji_end_ && written == last_emoji_;
    emoji_end_ = token.end;
    last_emoji_ = written;
    if (repeated) return;  // a row of the same one is read once
    const std::string words = emoji_in_words(written, language_);
    if (words.empty()) {
      const auto c = static_cast<char32_t>(written.char32At(0));
      warn("skipped emoji " + code_point_name(c) + ": it has no name in language " + code_,
           token.begin,
           token.end);
    } else {
      items_.word(token.begin, token.end, words_of(words)).decided_by = "emoji";
    }
  }

  int32_t sign(const Token& token) {
    int32_t end = token.end;
    if (try_rules(token.begin, 's', &end)) return end;
    const bool start = token.begin == 0 || u_isspace(text_[token.begin - 1]);
    const bool stop = token.end >= text_.length() || u_isspace(text_[token.end]);
    const bool joined =
        !start && !stop && u_isalnum(text_[token.begin - 1]) && u_isalnum(text_[token.end]);
    const auto c = static_cast<char32_t>(text_.char32At(token.begin));
    if (c == '.' && text_.tempSubString(token.begin, 3) == u"...") return ellipsis(token.begin);
    const Sign read = read_sign(c, start && stop, joined, language_);
    switch (read.role) {
      case SignRole::kMark:
        if (!read.text.empty()) items_.mark(token.begin, token.end, read.text);
        break;
      case SignRole::kSpoken:
        warn_of_no_rules(token);
        items_.word(token.begin, token.end, words_of(read.text)).decided_by = "sign";
        break;
      case SignRole::kQuote:
        if (!start) items_.closing_quote();
        break;
      case SignRole::kSilent:
        if (c == '\'' && !start) items_.closing_quote();
        break;
      case SignRole::kUnknown:
        warn("skipped " + code_point_name(c) + ": it has no name in language " + code_,
             token.begin,
             token.end);
    }
    return token.end;
  }

  int32_t ellipsis(int32_t begin) {
    int32_t end = begin;
    while (end < text_.length() && text_[end] == '.') ++end;
    items_.mark(begin, end, "…");
    return end;
  }

  const CleanText& clean_;
  const icu::UnicodeString& text_;
  const Language& language_;
  const std::string& code_;
  const RuleSet& rule_set_;
  RuleRun rules_;
  const Lexicon& lexicon_;
  std::vector<TextWarning>& warnings_;
  ItemList items_;
  icu::UnicodeString last_emoji_;
  int32_t emoji_end_ = -1;
  bool warned_of_no_rules_ = false;
};

}  // namespace

Normaliser::Normaliser(const std::string& language)
    : code_(language),
      language_(language_for(language)),
      rules_(std::make_unique<RuleSet>(language_)) {}

Normaliser::~Normaliser() = default;

std::vector<Item> Normaliser::run(const CleanText& clean,
                                  const Lexicon& lexicon,
                                  std::vector<TextWarning>& warnings) const {
  return Run(clean, *rules_, code_, lexicon, warnings).run();
}

}  // namespace tts
