// What <say-as> of SSML asks for, in words: it overrules what plain text would be read as.
#pragma once
#include <string>
#include <string_view>

namespace tts {

struct SayAs {
  // characters, spell-out, verbatim; digits, telephone; cardinal, number, ordinal; date; time;
  // fraction, unit, currency. Empty: nothing is asked.
  std::string interpret_as;
  // Of a date the order of its parts, as mdy, dm, y; of a time hms12 or hms24; of a number how it
  // is read: cardinal, ordinal, digits, telephone.
  std::string format;
};

// Whether it is one of those above.
bool is_known(const SayAs& as);

// The words, plain text for the front end; what is not of the form that is asked for stays as it is
// and is read as plain text. `language`: as for espeak-ng; those without tables only spell.
// `before`: the word in front, in small letters, of which some languages' endings depend.
std::string said_as(const SayAs& as,
                    const std::string& language,
                    std::string_view before,
                    const std::string& text);

}  // namespace tts
