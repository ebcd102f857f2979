#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/given_text.h"
#include "core/classic_stream.h"
#include "engine/empty_text.h"
#include "text/format.h"
#include "text/front_end.h"

namespace tts {
namespace {

Arguments phonemize_arguments() {
  return {
      "tts phonemize",
      {{"text", 't', "TEXT", "the text", {}},
       {"input", 'i', "FILE", "a file of text; - is stdin", {}},
       {"lang", 0, "CODE", "en-us, de, nl, … (en-us)", {"language"}},
       {"lexicon", 0, "FILE", "pronunciations, word<TAB>ipa or W3C PLS; may be repeated", {}, true},
       {"markup", 0, "KIND", "what the text holds: auto, plain, markdown or html (auto)", {}},
       {"explain", 0, "", "what decided each word: a rule, a lexicon, the voice", {}},
       {"lines", 0, "", "every line is a text of its own; with --json a line of JSON for each", {}},
       {"json", 0, "", "as JSON", {}}}};
}

std::string json_of(const Document& document, int indent) {
  return document_to_json(document).dump(
             indent, ' ', false, nlohmann::json::error_handler_t::replace) +
         "\n";
}

// Blank lines are documents without sentences, so that what is printed as JSON has as many lines as
// the text.
void print_lines(const FrontEnd& front_end, const std::string& text, const Arguments& arguments) {
  ClassicInput lines(text);
  for (std::string line; std::getline(lines, line);) {
    const Document document = is_blank(line) ? Document{} : front_end.process(line);
    print(arguments.has("json") ? json_of(document, -1)
                                : document_to_text(document, arguments.has("explain")));
  }
}

}  // namespace

int phonemize_command(int argc, char** argv) {
  Arguments arguments = phonemize_arguments();
  arguments.parse(argc, argv);
  if (arguments.has("help")) {
    print(
        "Shows how a text would be read: sentences, words with their bytes, spoken form and "
        "phonemes.\n\n"
        "  tts phonemize \"Dr. Smith paid $3.50.\"\n"
        "  tts phonemize --explain \"Dr. Smith paid $3.50.\"\n"
        "  tts phonemize --lang de \"Am 3. Mai\" --json\n"
        "  tts phonemize --lines --json -i sentences.txt > sentences.jsonl\n\n" +
        arguments.flag_help());
    return 0;
  }
  FrontEndOptions options;
  options.language = arguments.get("lang", options.language);
  const auto lexicon = std::make_shared<const Lexicon>(arguments.all("lexicon"));
  options.lexicon = lexicon;
  for (const auto& warning : lexicon->warnings()) note("tts: warning: " + warning);
  options.markup = markup_kind(arguments.get("markup", "auto"));
  const std::string text = given_text(arguments);
  if (is_blank(text)) throw EmptyText();
  const FrontEnd front_end(options);
  if (arguments.has("lines")) {
    print_lines(front_end, text, arguments);
  } else {
    const Document document = front_end.process(text);
    print(arguments.has("json") ? json_of(document, 1)
                                : document_to_text(document, arguments.has("explain")));
  }
  return 0;
}

}  // namespace tts
