#include <filesystem>

#include "audio/file.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/description.h"
#include "cli/option_flags.h"
#include "codec/token_file.h"
#include "core/error.h"
#include "engine/codec_io.h"
#include "engine/voice_search.h"

namespace tts {
namespace {

Arguments codec_arguments(const std::string& command) {
  std::vector<Flag> flags = {
      {"output",
       'o',
       "FILE",
       command == "encode" ? "the token file" : "wav, flac, …; - is stdout",
       {}},
      {"codec", 0, "DIR", "a codec's folder (the one beside the voices)", {}},
      threads_flag(),
      device_flag()};
  if (command == "encode")
    flags.push_back({"codebooks", 0, "N", "1 to 8: fewer is coarser and smaller (8)", {}});
  return Arguments("tts codec " + command, flags);
}

// The one input of `tts codec encode in.wav -o in.tok`.
std::string only_input(const Arguments& arguments) {
  if (arguments.words().size() != 1 || !arguments.has("output")) {
    fail(ErrorCode::kUsage, "give one input and an output: ", arguments.command(), " IN -o OUT");
  }
  return arguments.words()[0];
}

std::shared_ptr<const CodecBundle> open_codec(const Arguments& arguments) {
  start_engine(threads_of(arguments));
  const std::string folder = arguments.has("codec") ? arguments.get("codec") : find_codec();
  return CodecBundle::open(folder, parse_device(arguments.get("device", "cpu")));
}

// What is written must not replace what is read.
void keep_input(const std::string& input, const std::string& output) {
  std::error_code not_there;
  if (std::filesystem::equivalent(input, output, not_there))
    fail(ErrorCode::kUsage, output, ": is the input; name another output");
}

int codebooks_of(const Arguments& arguments, int most) {
  if (!arguments.has("codebooks")) return most;
  const OptionInfo option{
      "codebooks", OptionType::kInteger, 1, static_cast<double>(most), "", "", false};
  return static_cast<int>(
      parse_flag([&] { return parse_integer(option, arguments.get("codebooks")); }));
}

void encode(const Arguments& arguments) {
  const std::string input = only_input(arguments);
  keep_input(input, arguments.get("output"));
  const Waveform wave = read_audio(input, static_cast<int>(kSampleRateHz));
  const auto codec = open_codec(arguments);
  const int most = static_cast<int>(codec->codec->options().quantiser.codebooks);
  const int codebooks = codebooks_of(arguments, most);
  write_tokens(arguments.get("output"),
               encode_audio(*codec, wave.samples, codebooks, interrupted()));
}

void decode(const Arguments& arguments) {
  const std::string input = only_input(arguments);
  keep_input(input, arguments.get("output"));
  const TokenFile tokens = read_tokens(input);
  const auto codec = open_codec(arguments);
  check_codec(tokens, codec->identity, input);
  AudioWriter out(arguments.get("output"), static_cast<int>(tokens.sample_rate_hz));
  decode_tokens(
      *codec,
      tokens,
      [&](const float* samples, size_t count) { out.write(samples, count); },
      interrupted());
  out.finish();
}

}  // namespace

int codec_command(int argc, char** argv) {
  const std::string action = argc > 1 ? argv[1] : "";
  if (is_described() && argc == 2) throw Description{"tts codec", {}, {"encode", "decode"}, ""};
  if (action == "-h" || action == "--help") {
    print(
        "Sound to tokens and back (docs/token-file.md).\n\n"
        "  tts codec encode in.wav -o in.tok [--codebooks 4]\n"
        "  tts codec decode in.tok -o out.wav\n");
    return 0;
  }
  if (action.empty()) fail(ErrorCode::kUsage, "tts codec: say what to do; known: encode, decode");
  if (action != "encode" && action != "decode") {
    fail(ErrorCode::kUsage, "tts codec: \"", action, "\" is not known; known: encode, decode");
  }
  interrupted();
  Arguments arguments = codec_arguments(action);
  arguments.parse(argc - 1, argv + 1);
  if (arguments.has("help")) {
    print(action == "encode" ? "Sound to tokens.\n\n" : "Tokens to sound.\n\n");
    print(arguments.flag_help());
    return 0;
  }
  action == "encode" ? encode(arguments) : decode(arguments);
  return 0;
}

}  // namespace tts
