// tts(1): what is said once is written here, the options come from the commands.
#include <cstdio>

#include "cli/description.h"
#include "cli/verdicts.h"
#include "engine/version.h"
#include "text/unicode.h"

namespace tts {
namespace {

// ASCII alone: other characters by their numbers, whatever the reader's locale.
std::string roff(const std::string& text) {
  std::string out;
  const icu::UnicodeString units = from_utf8(text);
  for (int32_t i = 0; i < units.length(); i = units.moveIndex32(i, 1)) {
    const UChar32 c = units.char32At(i);
    char number[16];
    std::snprintf(number, sizeof(number), "\\[u%04X]", static_cast<unsigned>(c));
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c > 0x7E) {
      out += number;
    } else {
      out += c < ' ' ? ' ' : static_cast<char>(c);
    }
  }
  const bool is_request = !out.empty() && (out[0] == '.' || out[0] == '\'');
  return (is_request ? "\\&" : "") + out;
}

std::string bold(const std::string& text) {
  return "\\fB" + roff(text) + "\\fR";
}

std::string entry(const Flag& flag) {
  std::string out = ".TP\n";
  if (flag.letter != 0) out += bold(std::string("-") + flag.letter) + ", ";
  out += bold("--" + flag.name);
  if (!flag.value.empty()) out += " \\fI" + roff(flag.value) + "\\fR";
  out += "\n" + roff(flag.help) + "\n";
  for (const auto& alias : flag.aliases) out += ".br\nalso " + bold("--" + alias) + "\n";
  return out;
}

std::string section(const Description& command) {
  std::string out = ".SS " + roff(command.command) + "\n";
  if (!command.summary.empty()) out += roff(command.summary) + "\n";
  if (!command.actions.empty()) {
    out += ".P\nActions:";
    for (const auto& action : command.actions) out += " " + bold(action);
    return out + "\n";
  }
  for (const auto& flag : command.flags) out += entry(flag);
  return out;
}

const char kBegin[] =
    R"(.SH NAME
tts \- text to speech
.SH SYNOPSIS
.B tts
[\fBsay\fR] [\fIoptions\fR] [\fItext\fR ...]
.br
.B tts
\fIcommand\fR [\fIoptions\fR] [\fIarguments\fR]
.SH DESCRIPTION
Speaks text with neural voices on this computer. The text is given as words, with \fB\-t\fR, with \fB\-i\fR or on standard input, and is spoken as it arrives;
the sound goes to the file of \fB\-o\fR, or to standard output, which gets it while it is made. Long options are also
taken with underscores (\fB\-\-sample_rate\fR), values also behind an equals sign. Behind \fB\-\-\fR everything is text.
.P
The same text, voice, options and \fB\-\-seed\fR give the same sound. The seed is printed on standard error.
.SH EXAMPLES
.TP
.B tts \(dqGood morning.\(dq \-o morning.wav
.TP
.B tts \-i chapter.txt \-o chapter.opus \-\-timings chapter.srt
.TP
.B echo \(dqPiped.\(dq | tts \-o \- | aplay
.TP
.B tts batch texts/ book.md \-o sounds/
.TP
.B tts serve
.SH COMMANDS
)";

const char kEnd[] =
    R"(.SH ENVIRONMENT
.TP
.B TTS_VOICE_PATH
folders with voices, separated by colons
.TP
.B TTS_API_KEY
what requests to \fBtts serve\fR must bring
.SH EXIT STATUS
)";

const char kSeeAlso[] =
    R"(.SH SEE ALSO
The documents in docs/ of the sources, and \fBtts\fR \fIcommand\fR \fB\-\-help\fR.
)";

}  // namespace

std::string manual(const std::vector<Description>& commands) {
  std::string out = std::string(".TH TTS 1 \"\" \"tts ") + kVersion + "\" \"User Commands\"\n";
  out += kBegin;
  for (const auto& command : commands) out += section(command);
  return out + kEnd + roff(kExitCodes) + "\n" + kSeeAlso;
}

}  // namespace tts
