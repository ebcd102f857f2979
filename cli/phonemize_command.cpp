#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/given_text.h"
#include "engine/empty_text.h"
#include "text/format.h"
#include "text/front_end.h"

namespace tts {
int phonemize_command(int argc, char** argv) {
  Arguments arguments(
      "tts phonemize",
      {{"text", 't', "TEXT", "the text", {}},
       {"input", 'i', "FILE", "a file of text; - is stdin", {}},
       {"lang", 0, "CODE", "en-us, de, nl, … (en-us)", {"language"}},
       {"lexicon", 0, "FILE", "pronunciations, word<TAB>ipa or W3C PLS; may be repeated", {}, true},
       {"json", 0, "", "as JSON", {}}});
  arguments.parse(argc, argv);
  if (arguments.has("help")) {
    print(
        "Shows how a text would be read: sentences, words with their bytes, spoken form and "
        "phonemes.\n\n"
        "  tts phonemize \"Dr. Smith paid $3.50.\"\n"
        "  tts phonemize --lang de \"Am 3. Mai\" --json\n\n" +
        arguments.flag_help());
    return 0;
  }
  FrontEndOptions options;
  options.language = arguments.get("lang", options.language);
  const auto lexicon = std::make_shared<const Lexicon>(arguments.all("lexicon"));
  options.lexicon = lexicon;
  for (const auto& warning : lexicon->warnings()) note("tts: warning: " + warning);
  const std::string text = given_text(arguments);
  if (is_blank(text)) throw EmptyText();
  const Document document = FrontEnd(options).process(text);
  if (arguments.has("json")) {
    print(document_to_json(document).dump(1, ' ', false, nlohmann::json::error_handler_t::replace) +
          "\n");
  } else {
    print(document_to_text(document));
  }
  return 0;
}

}  // namespace tts
