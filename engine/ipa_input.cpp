#include "engine/ipa_input.h"

#include <algorithm>

namespace tts {
namespace {

constexpr char kSpace[] = " \t\r\n";
constexpr char kMarks[] = ",.?!;:";

class Marker {
 public:
  explicit Marker(std::string_view ipa) : ipa_(ipa) {}

  MarkedIpa run() {
    for (size_t at = 0; at < ipa_.size();) at = piece(at);
    out_.origins.push_back(ipa_.size());
    return std::move(out_);
  }

 private:
  size_t piece(size_t at) {
    if (ipa_.compare(at, 2, "[[") == 0) {  // a pause, or already marked
      const size_t end = ipa_.find("]]", at);
      return copy(at, end == std::string_view::npos ? ipa_.size() : end + 2);
    }
    const size_t word_end =
        std::min({ipa_.find_first_of(kSpace, at), ipa_.find("[[", at), ipa_.size()});
    if (word_end == at) return copy(at, at + 1);
    const size_t last = ipa_.find_last_not_of(kMarks, word_end - 1);
    const size_t marks = last == std::string_view::npos || last < at ? at : last + 1;
    if (marks > at) {
      insert("[[", at);
      copy(at, marks);
      insert("]]", marks);
    }
    return copy(marks, word_end);
  }

  size_t copy(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) out_.origins.push_back(i);
    out_.text += ipa_.substr(begin, end - begin);
    return end;
  }

  void insert(const char* brackets, size_t origin) {
    out_.text += brackets;
    out_.origins.insert(out_.origins.end(), 2, origin);
  }

  std::string_view ipa_;
  MarkedIpa out_;
};

}  // namespace

MarkedIpa mark_ipa(std::string_view ipa) {
  return Marker(ipa).run();
}

void restore_spans(const MarkedIpa& marked, std::string_view ipa, Document& document) {
  const auto restore = [&](ByteSpan& span) {
    span.begin = marked.origins.at(std::min(span.begin, marked.origins.size() - 1));
    span.end = marked.origins.at(std::min(span.end, marked.origins.size() - 1));
  };
  for (auto& sentence : document.sentences) {
    restore(sentence.span);
    for (auto& word : sentence.words) {
      restore(word.span);
      word.written = ipa.substr(word.span.begin, word.span.end - word.span.begin);
    }
  }
  for (auto& warning : document.warnings) restore(warning.span);
}

}  // namespace tts
