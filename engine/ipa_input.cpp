#include "engine/ipa_input.h"

#include <algorithm>

namespace tts {
namespace {

constexpr char kSpace[] = " \t\r\n";
constexpr char kMarks[] = ",.?!;:";

class Marker {
 public:
  explicit Marker(std::string_view ipa) : ipa_(ipa) {}

  RewrittenText run() {
    for (size_t at = 0; at < ipa_.size();) at = piece(at);
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
    for (size_t i = begin; i < end; ++i) out_.origins.push_back({i, i + 1});
    out_.text += ipa_.substr(begin, end - begin);
    return end;
  }

  void insert(const char* brackets, size_t origin) {
    out_.text += brackets;
    out_.origins.insert(out_.origins.end(), 2, {origin, origin});
  }

  std::string_view ipa_;
  RewrittenText out_;
};

}  // namespace

RewrittenText mark_ipa(std::string_view ipa) {
  return Marker(ipa).run();
}

}  // namespace tts
