#include "text/pls.h"

#include <set>

#include "text/symbols.h"
#include "text/x_sampa.h"
#include "text/xml_source.h"

namespace tts {
namespace {

class PlsReader {
 public:
  PlsReader(std::string_view xml, const std::string& name, Lexicon& lexicon)
      : xml_(name, xml, {"lexicon", "pls:", kMaxLexiconBytes}), lexicon_(lexicon) {}

  void run() {
    language_ = xml_.attribute(xml_.root(), "xml:lang");
    alphabet_ = xml_.attribute(xml_.root(), "alphabet");
    for (const auto& node : xml_.root().children()) {
      if (node.type() != pugi::node_element) {
        check_no_text(node);
      } else if (xml_.name_of(node) == "lexeme") {
        lexeme(node);
      } else if (xml_.name_of(node) != "meta" && xml_.name_of(node) != "metadata") {
        warn_once(node, "is no part of a lexicon; it is left out");
      }
    }
  }

 private:
  void lexeme(const pugi::xml_node& node) {
    if (node.attribute("role"))
      warn_once(node, "has a role, which is not looked at: it holds wherever its word stands");
    std::vector<std::string> words;
    pugi::xml_node said;
    for (const auto& child : node.children()) {
      const std::string name = xml_.name_of(child);
      if (child.type() != pugi::node_element) {
        check_no_text(child);
      } else if (name == "grapheme") {
        words.push_back(text_of(child));
      } else if (name == "phoneme" || name == "alias") {
        if (!said || (is_preferred(child) && !is_preferred(said))) said = child;
      } else if (name != "example") {
        warn_once(child, "is no part of a lexeme; it is left out");
      }
    }
    if (words.empty()) xml_.fail_at(node, "<lexeme> has no <grapheme>");
    if (!said) xml_.fail_at(node, "<lexeme> has neither <phoneme> nor <alias>");
    const bool alias = xml_.name_of(said) == "alias";
    const std::string text = alias ? text_of(said) : phones_of(said);
    for (const std::string& word : words)
      lexicon_.add({word, alias ? "" : text, alias ? text : "", language_});
  }

  static bool is_preferred(const pugi::xml_node& node) {
    return node.attribute("prefer").as_bool();
  }

  std::string text_of(const pugi::xml_node& node) const {
    std::string text = xml_.text_of(node);
    if (text.empty()) xml_.fail_at(node, "<" + xml_.name_of(node) + "> is empty");
    return text;
  }

  std::string phones_of(const pugi::xml_node& node) const {
    const std::string own = xml_.attribute(node, "alphabet");
    const std::string alphabet = own.empty() ? alphabet_ : own;
    if (alphabet.empty())
      xml_.fail_at(node,
                   std::string("neither <phoneme> nor <lexicon> says its alphabet; known: ") +
                       kKnownAlphabets);
    if (!ipa_of("", alphabet))
      xml_.fail_at(node,
                   "the alphabet of <phoneme> is \"" + alphabet + "\"; known: " + kKnownAlphabets);
    const std::string written = text_of(node);
    const auto ipa = ipa_of(written, alphabet);
    if (!ipa) xml_.fail_at(node, "<phoneme> \"" + written + "\" is not " + alphabet);
    if (symbols_from_ipa(*ipa, "").empty())
      xml_.fail_at(node, "<phoneme> \"" + written + "\" has no phones");
    return *ipa;
  }

  void check_no_text(const pugi::xml_node& node) const {
    const std::string_view text = node.value();
    if (node.type() == pugi::node_pcdata && text.find_first_not_of(" \t\r\n") != text.npos)
      xml_.fail_at(node, "text outside <grapheme>, <phoneme>, <alias> and <example>");
  }

  void warn_once(const pugi::xml_node& node, const std::string& what) {
    const std::string name = xml_.name_of(node);
    if (warned_.insert(name).second)
      lexicon_.warn(xml_.place(XmlSource::offset_of(node)) + ": <" + name + "> " + what);
  }

  const XmlSource xml_;
  Lexicon& lexicon_;
  std::string language_, alphabet_;
  std::set<std::string> warned_;
};

}  // namespace

void read_pls(std::string_view xml, const std::string& name, Lexicon& lexicon) {
  PlsReader(xml, name, lexicon).run();
}

}  // namespace tts
