#include "text/ssml.h"

#include <algorithm>
#include <pugixml.hpp>
#include <set>

#include "core/error.h"
#include "text/ssml_values.h"
#include "text/xml_text.h"

namespace tts {
namespace {

constexpr double kMostSemitones = 12, kLowestRate = 0.5, kHighestRate = 2, kLoudestDb = 12;
constexpr size_t kMaxReferenceBytes = 13;  // "&#x10FFFF;" and some zeros

class Reader {
 public:
  explicit Reader(std::string_view xml) : xml_(xml) {}

  Ssml run() {
    if (xml_.size() > kMaxSsmlBytes)
      fail(ErrorCode::kInput,
           "SSML of ",
           xml_.size(),
           " bytes; at most ",
           kMaxSsmlBytes,
           " are read");
    // Escapes are left as they are: only so do offsets lead back to the caller's bytes.
    const unsigned flags =
        pugi::parse_cdata | pugi::parse_ws_pcdata | pugi::parse_doctype | pugi::parse_fragment;
    pugi::xml_document document;
    const auto result = document.load_buffer(xml_.data(), xml_.size(), flags, pugi::encoding_utf8);
    if (!result)
      fail_in_xml(
          xml_, result.offset, std::string(result.description()) + " (not well-formed XML)");
    const pugi::xml_node root = root_of(document);
    open_block("");
    State state;
    element(root, state, 1);
    close_block();
    return std::move(out_);
  }

 private:
  struct State {
    SpeechStyle style;
    std::string language;
    std::string said_as, format;
  };

  pugi::xml_node root_of(const pugi::xml_document& document) {
    pugi::xml_node root;
    for (const auto& node : document.children()) {
      if (node.type() == pugi::node_doctype)
        fail_in_xml(xml_,
                    std::max<ptrdiff_t>(0, node.offset_debug()),
                    "a document type is not taken; SSML needs none");
      if (node.type() == pugi::node_element && !root) {
        root = node;
      } else if (node.type() == pugi::node_element || !is_blank(node.value())) {
        fail_in_xml(xml_, offset_of(node), "something stands beside the one element <speak>");
      }
    }
    if (!root || name_of(root) != "speak")
      fail_in_xml(xml_, 0, "SSML is one element <speak>…</speak>");
    return root;
  }

  static bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\xEF\xBB\xBF") == text.npos;
  }

  static std::string name_of(const pugi::xml_node& node) {
    const std::string name = node.name();
    return name.compare(0, 5, "ssml:") == 0 ? name.substr(5) : name;
  }

  static size_t offset_of(const pugi::xml_node& node) {
    return static_cast<size_t>(std::max<ptrdiff_t>(0, node.offset_debug()));
  }

  // "<name" … of an element, as far as a warning needs it.
  ByteSpan span_of(const pugi::xml_node& node) const {
    const size_t begin = offset_of(node) - 1;
    const size_t end = xml_.find('>', begin);
    return {begin, end == xml_.npos ? xml_.size() : end + 1};
  }

  void warn(const std::string& message, const pugi::xml_node& node) {
    out_.warnings.push_back({message, span_of(node)});
  }

  void open_block(const std::string& language) {
    block_ = {};
    block_.language = language;
  }

  void close_block() {
    if (block_.text.text.empty() && block_.marks.empty()) return;
    out_.blocks.push_back(std::move(block_));
    block_ = {};
  }

  void write(const std::string& text, ByteSpan origin) {
    block_.text.origins.insert(block_.text.origins.end(), text.size(), origin);
    block_.text.text += text;
    behind_ = origin.end;
  }

  void styled(const State& state, size_t begin) {
    const SpeechStyle& s = state.style;
    if (s.rate_ratio == 1 && s.pitch_semitones == 0 && s.volume_db == 0) return;
    if (block_.text.text.size() > begin)
      block_.styles.push_back({begin, block_.text.text.size(), s});
  }

  // One character or reference of the text at `at`. → its bytes in the source
  size_t decode(size_t at, size_t end, std::string& out) {
    if (xml_[at] != '&') {
      const char c = xml_[at];
      out = c == '\n' || c == '\t' || c == '\r' ? " " : std::string(1, c);
      return 1;
    }
    const std::string_view near = xml_.substr(at, std::min(end - at, kMaxReferenceBytes));
    const size_t semicolon = near.find(';');
    if (semicolon == near.npos)
      fail_in_xml(xml_, at, "\"&\" begins no reference; write &amp; for the character");
    out = xml_reference(std::string(near.substr(1, semicolon - 1)), xml_, at);
    return semicolon + 1;
  }

  std::string attribute(const pugi::xml_node& node, const char* name) {
    const pugi::xml_attribute found = node.attribute(name);
    const std::string raw = found.value();
    std::string out;
    for (size_t i = 0; i < raw.size();) {
      const std::string near = raw[i] == '&' ? raw.substr(i, kMaxReferenceBytes) : "";
      const size_t semicolon = near.find(';');
      if (semicolon == near.npos) {
        out += raw[i++];
      } else {
        out += xml_reference(near.substr(1, semicolon - 1), xml_, offset_of(node));
        i += semicolon + 1;
      }
    }
    return out;
  }

  void text(const pugi::xml_node& node, const State& state) {
    const size_t begin = offset_of(node),
                 end = begin + std::char_traits<char>::length(node.value());
    const size_t from = block_.text.text.size();
    if (!state.said_as.empty()) {
      said(node.value(), begin, state);
    } else {
      const bool cdata = node.type() == pugi::node_cdata;
      for (size_t at = begin; at < end;) {
        std::string one(1, xml_[at]);
        const size_t bytes = cdata ? 1 : decode(at, end, one);
        write(one, {at, at + bytes});
        at += bytes;
      }
    }
    styled(state, from);
  }

  void said(const std::string& text, size_t begin, const State& state) {
    const size_t first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
    if (first == text.npos) return;
    const std::string trimmed = text.substr(first, last - first + 1);
    const std::string language = state.language.empty() ? "en" : state.language;
    const auto read = said_as(state.said_as, state.format, language, trimmed);
    const ByteSpan origin{begin + first, begin + last + 1};
    write(" " + read.value_or(trimmed) + " ", origin);
  }

  void element(const pugi::xml_node& node, State state, int depth) {
    if (depth > kMaxSsmlDepth)
      fail_in_xml(xml_,
                  offset_of(node),
                  "elements are nested deeper than " + std::to_string(kMaxSsmlDepth));
    const std::string name = name_of(node);
    if (empty_element(node, name) || name == "desc" || name == "metadata" || name == "meta") return;
    const std::string around = state.language;
    read_language(node, state, name);
    if (name == "prosody") read_prosody(node, state);
    if (name == "say-as") read_say_as(node, state);
    const bool known = name == "speak" || name == "p" || name == "s" || name == "lang" ||
                       name == "prosody" || name == "say-as" || name == "sub" || name == "phoneme";
    if (!known && unknown_.insert(name).second)
      warn("<" + name + "> is not supported; its text is read", node);
    if (name == "p") paragraph();
    change_language(around, state.language);
    if (!replaced(node, name, state)) children(node, state, depth);
    change_language(state.language, around);
    if (name == "p") paragraph();
    if (name == "s") end_sentence();
  }

  void children(const pugi::xml_node& node, const State& state, int depth) {
    for (const auto& child : node.children()) {
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text(child, state);
      if (child.type() == pugi::node_element) element(child, state, depth + 1);
    }
  }

  // An empty line ends the block: the front end reads one paragraph after the other.
  void paragraph() {
    if (is_blank(block_.text.text)) return;
    const std::string language = block_.language;
    write("\n\n", {behind_, behind_});
    close_block();
    open_block(language);
  }

  void end_sentence() {
    write("\n\n", {behind_, behind_});
    block_.s_ends.push_back(block_.text.text.size());
  }

  void change_language(const std::string& from, const std::string& to) {
    if (from == to) return;
    if (!is_blank(block_.text.text)) {
      const char last = block_.text.text[block_.text.text.find_last_not_of(" \n")];
      block_.cut_in_sentence = std::string(".?!").find(last) == std::string::npos;
      close_block();
    }
    block_.language = to;
  }

  void read_language(const pugi::xml_node& node, State& state, const std::string& name) {
    const std::string given = attribute(node, "xml:lang");
    if (!given.empty()) state.language = given;
    if (given.empty() && name == "lang") warn("<lang> without xml:lang changes nothing", node);
  }

  // Elements that hold no text. → whether it was one
  bool empty_element(const pugi::xml_node& node, const std::string& name) {
    if (name == "break") {
      pause(node);
    } else if (name == "mark") {
      const ByteSpan span = span_of(node);
      block_.marks.push_back({block_.text.text.size(), attribute(node, "name"), span, false});
      behind_ = span.end;
    } else {
      return false;
    }
    return true;
  }

  void pause(const pugi::xml_node& node) {
    const std::string time = attribute(node, "time"), strength = attribute(node, "strength");
    const auto seconds = !time.empty()       ? ssml_seconds(time)
                         : !strength.empty() ? ssml_break_s(strength)
                                             : ssml_break_s("medium");
    if (!seconds) {
      return warn(time.empty() ? "strength \"" + strength +
                                     "\" of a break is not one of none, x-weak, weak, medium, "
                                     "strong, x-strong; it is left out"
                               : "time \"" + time +
                                     "\" of a break is no time such as 250ms or 1.5s; "
                                     "it is left out",
                  node);
    }
    for (auto mark = block_.marks.rbegin(); mark != block_.marks.rend(); ++mark) {
      if (!is_blank(std::string_view(block_.text.text).substr(mark->at))) break;
      mark->behind_previous = true;
    }
    const ByteSpan span = span_of(node);
    char text[48];
    std::snprintf(text, sizeof(text), " [[pause %.4fs]] ", *seconds);
    write(text, span);
  }

  void read_prosody(const pugi::xml_node& node, State& state) {
    const std::pair<const char*, bool (*)(std::string_view, SpeechStyle&)> known[] = {
        {"rate", set_ssml_rate}, {"pitch", set_ssml_pitch}, {"volume", set_ssml_volume}};
    for (const auto& given : node.attributes()) {
      const std::string name = given.name();
      const auto found = std::find_if(
          std::begin(known), std::end(known), [&](const auto& k) { return name == k.first; });
      if (found == std::end(known)) {
        warn("prosody has no \"" + name + "\" here; known: rate, pitch, volume", node);
      } else if (!found->second(attribute(node, given.name()), state.style)) {
        warn("prosody " + name + "=\"" + given.value() + "\" is not understood; it is left out",
             node);
      }
    }
    SpeechStyle& s = state.style;
    s.rate_ratio = std::clamp(s.rate_ratio, kLowestRate, kHighestRate);
    s.pitch_semitones = std::clamp(s.pitch_semitones, -kMostSemitones, kMostSemitones);
    s.volume_db = std::min(s.volume_db, kLoudestDb);
  }

  void read_say_as(const pugi::xml_node& node, State& state) {
    const std::string as = attribute(node, "interpret-as");
    state.format = attribute(node, "format");
    if (said_as(as, state.format, "en", "1")) {
      state.said_as = as;
    } else {
      warn("say-as interpret-as=\"" + as +
               "\" is not supported; known: characters, spell-out, verbatim, digits, telephone, "
               "cardinal, number, ordinal, date, time, fraction, unit, currency",
           node);
    }
  }

  // Elements that say what is read in place of their text. → whether it was one
  bool replaced(const pugi::xml_node& node, const std::string& name, const State& state) {
    if (name != "sub" && name != "phoneme") return false;
    const bool sub = name == "sub";
    const std::string said = attribute(node, sub ? "alias" : "ph");
    const std::string alphabet = attribute(node, "alphabet");
    if (said.empty()) {
      warn(sub ? "<sub> without alias" : "<phoneme> without ph", node);
      return false;
    }
    if (!sub && !alphabet.empty() && alphabet != "ipa") {
      warn("alphabet \"" + alphabet + "\" of a phoneme is not ipa; its text is read", node);
      return false;
    }
    const size_t from = block_.text.text.size();
    const ByteSpan open = span_of(node);
    const pugi::xml_node last = node.last_child();
    const size_t behind = last && last.type() == pugi::node_pcdata
                              ? offset_of(last) + std::char_traits<char>::length(last.value())
                              : open.end;
    const size_t begin = last ? open.end : open.begin;
    write(sub ? said : "[[" + said + "]]", {begin, behind});
    styled(state, from);
    return true;
  }

  std::string_view xml_;
  Ssml out_;
  SsmlBlock block_;
  size_t behind_ = 0;  // what was read last, in the caller's bytes
  std::set<std::string> unknown_;
};

}  // namespace

Ssml parse_ssml(std::string_view xml) {
  return Reader(xml).run();
}

}  // namespace tts
