#include "text/ssml.h"

#include <algorithm>
#include <set>

#include "core/error.h"
#include "core/number_text.h"
#include "text/say_as.h"
#include "text/ssml_values.h"
#include "text/x_sampa.h"
#include "text/xml_source.h"

namespace tts {
namespace {

class Reader {
 public:
  Reader(std::string_view xml, const std::string& language)
      : xml_("SSML", xml, {"speak", "ssml:", kMaxSsmlBytes}), language_(language) {}

  Ssml run() {
    element(xml_.root(), {});
    close_block();
    if (!out_.blocks.empty()) out_.blocks.back().cut_in_sentence = false;  // nothing follows
    return std::move(out_);
  }

 private:
  struct State {
    SpeechStyle style;
    std::string language;
    std::vector<SsmlVoice> voices;
    SayAs say_as;
  };

  static bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == text.npos;
  }

  void warn(const std::string& message, const pugi::xml_node& node) {
    out_.warnings.push_back({message, xml_.span_of(node)});
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

  void text(const pugi::xml_node& node, const State& state) {
    const size_t begin = XmlSource::offset_of(node),
                 end = begin + std::char_traits<char>::length(node.value());
    const size_t from = block_.text.text.size();
    if (!state.say_as.interpret_as.empty()) {
      said(node, state);
    } else {
      const bool cdata = node.type() == pugi::node_cdata;
      for (size_t at = begin; at < end;) {
        std::string one;
        if (cdata) one = xml_.bytes()[at];
        const size_t bytes = cdata ? 1 : xml_.decode(at, end, one);
        write(one, {at, at + bytes});
        at += bytes;
      }
    }
    styled(state, from);
  }

  void said(const pugi::xml_node& node, const State& state) {
    const size_t begin = XmlSource::offset_of(node);
    const std::string text = node.value();
    const size_t first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
    if (first == text.npos) return;
    std::string trimmed = text.substr(first, last - first + 1);
    if (node.type() == pugi::node_pcdata) trimmed = xml_.decoded(trimmed, begin + first);
    const std::string& language = state.language.empty() ? language_ : state.language;
    const ByteSpan origin{begin + first, begin + last + 1};
    write(" " + said_as(state.say_as, language, block_.text.text, trimmed) + " ", origin);
  }

  void element(const pugi::xml_node& node, State state) {
    const std::string name = xml_.name_of(node);
    if (name == "lexicon")
      return warn("<lexicon> is not opened: a document names no files; give it with the request",
                  node);
    if (empty_element(node, name) || name == "desc" || name == "metadata" || name == "meta") return;
    const State around = state;
    read_language(node, state, name);
    if (name == "voice") read_voice(node, state);
    if (name == "prosody") read_prosody(node, state);
    if (name == "say-as") read_say_as(node, state);
    const bool known = name == "speak" || name == "p" || name == "s" || name == "lang" ||
                       name == "voice" || name == "prosody" || name == "say-as" || name == "sub" ||
                       name == "phoneme";
    if (!known && unknown_.insert(name).second)
      warn("<" + name + "> is not supported; its text is read", node);
    if (name == "p") paragraph();
    change_speech(around, state);
    if (!replaced(node, name, state)) children(node, state);
    change_speech(state, around);
    if (name == "p") paragraph();
    if (name == "s") end_sentence();
  }

  void children(const pugi::xml_node& node, const State& state) {
    for (const auto& child : node.children()) {
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text(child, state);
      if (child.type() == pugi::node_element) element(child, state);
    }
  }

  // An empty line ends the block: the front end reads one paragraph after the other.
  void paragraph() {
    if (is_blank(block_.text.text)) return;
    SsmlBlock next;
    next.language = block_.language;
    next.voices = block_.voices;
    write("\n\n", {behind_, behind_});
    close_block();
    block_ = std::move(next);
  }

  void end_sentence() {
    write("\n\n", {behind_, behind_});
    block_.s_ends.push_back(block_.text.text.size());
  }

  void change_speech(const State& from, const State& to) {
    if (from.language == to.language && from.voices.size() == to.voices.size()) return;
    if (!is_blank(block_.text.text)) {
      const char last = block_.text.text[block_.text.text.find_last_not_of(" \n")];
      block_.cut_in_sentence = std::string(".?!").find(last) == std::string::npos;
      close_block();
    }
    block_.language = to.language;
    block_.voices = to.voices;
  }

  void read_language(const pugi::xml_node& node, State& state, const std::string& name) {
    const std::string given = xml_.attribute(node, "xml:lang");
    if (!given.empty()) state.language = given;
    if (given.empty() && name == "lang") warn("<lang> without xml:lang changes nothing", node);
  }

  void read_voice(const pugi::xml_node& node, State& state) {
    SsmlVoice voice;
    voice.span = xml_.span_of(node);
    for (const auto& given : node.attributes()) {
      const std::string name = given.name();
      if (name == "name") {
        voice.names = ssml_list(xml_.attribute(node, "name"));
      } else if (name == "languages" || name == "language") {
        voice.languages = ssml_list(xml_.attribute(node, given.name()));
      } else if (name != "xml:lang" && unknown_.insert("voice " + name).second) {
        warn("voice has no \"" + name + "\" here; known: name, languages", node);
      }
    }
    // As in SSML 1.0.
    if (voice.names.empty() && voice.languages.empty())
      voice.languages = ssml_list(xml_.attribute(node, "xml:lang"));
    if (voice.names.empty() && voice.languages.empty())
      return warn("<voice> without name or languages changes nothing", node);
    state.voices.push_back(std::move(voice));
  }

  // Elements that hold no text. → whether it was one
  bool empty_element(const pugi::xml_node& node, const std::string& name) {
    if (name == "break") {
      pause(node);
    } else if (name == "mark") {
      const ByteSpan span = xml_.span_of(node);
      block_.marks.push_back({block_.text.text.size(), xml_.attribute(node, "name"), span, false});
      behind_ = span.end;
    } else {
      return false;
    }
    return true;
  }

  void pause(const pugi::xml_node& node) {
    const std::string time = xml_.attribute(node, "time"),
                      strength = xml_.attribute(node, "strength");
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
    const ByteSpan span = xml_.span_of(node);
    write(" [[pause " + fixed_text(*seconds, 4) + "s]] ", span);
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
      } else if (!found->second(xml_.attribute(node, given.name()), state.style)) {
        warn("prosody " + name + "=\"" + given.value() + "\" is not understood; it is left out",
             node);
      }
    }
    limit_ssml_style(state.style);
  }

  void read_say_as(const pugi::xml_node& node, State& state) {
    const std::string as = xml_.attribute(node, "interpret-as");
    const SayAs asked = {as, xml_.attribute(node, "format")};
    if (is_known(asked)) {
      state.say_as = asked;
    } else {
      warn("say-as interpret-as=\"" + as +
               "\" is not supported; known: characters, spell-out, verbatim, digits, telephone, "
               "cardinal, number, ordinal, date, time, fraction, unit, currency",
           node);
    }
  }

  std::optional<std::string> ipa_in(const pugi::xml_node& node, const std::string& written) {
    const std::string given = xml_.attribute(node, "alphabet");
    const std::string alphabet = given.empty() ? "ipa" : given;
    const auto ipa = ipa_of(written, alphabet);
    if (!ipa) {
      warn("\"" + written + "\" is no phoneme of alphabet \"" + alphabet +
               "\" (known: " + kKnownAlphabets + "); its text is read",
           node);
    }
    return ipa;
  }

  // Elements that say what is read in place of their text. → whether it was one
  bool replaced(const pugi::xml_node& node, const std::string& name, const State& state) {
    if (name != "sub" && name != "phoneme") return false;
    const bool sub = name == "sub";
    const std::string written = xml_.attribute(node, sub ? "alias" : "ph");
    if (written.empty()) {
      warn(sub ? "<sub> without alias" : "<phoneme> without ph", node);
      return false;
    }
    const auto said = sub ? std::optional(written) : ipa_in(node, written);
    if (!said) return false;
    const size_t from = block_.text.text.size();
    const ByteSpan open = xml_.span_of(node);
    const pugi::xml_node last = node.last_child();
    const size_t behind =
        last && last.type() == pugi::node_pcdata
            ? XmlSource::offset_of(last) + std::char_traits<char>::length(last.value())
            : open.end;
    const size_t begin = last ? open.end : open.begin;
    write(sub ? *said : "[[" + *said + "]]", {begin, behind});
    styled(state, from);
    return true;
  }

  const XmlSource xml_;
  const std::string& language_;
  Ssml out_;
  SsmlBlock block_;
  size_t behind_ = 0;  // what was read last, in the caller's bytes
  std::set<std::string> unknown_;
};

}  // namespace

Ssml parse_ssml(std::string_view xml, const std::string& language) {
  return Reader(xml, language).run();
}

}  // namespace tts
