#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/option_flags.h"
#include "core/error.h"
#include "server/cross_origin.h"
#include "server/server.h"

namespace tts {
namespace {

constexpr int kMaxPort = 65535, kMaxQueue = 256;

Arguments serve_arguments() {
  return Arguments(
      "tts serve",
      {{"host", 0, "ADDRESS", "to listen on; 0.0.0.0 is every network (127.0.0.1)", {}},
       {"port", 'p', "N", "to listen on; 0 takes a free one and prints it (8080)", {}},
       {"voice", 'v', "NAME", "of requests that name none: a name, folder or voice file", {}},
       device_flag(),
       threads_flag(),
       batch_size_flag(),
       {"workers",
        0,
        "N",
        "requests spoken side by side (one per thread, times the batch size)",
        {}},
       {"queue", 0, "N", "requests that may wait for a worker, 0 to 256 (64)", {}},
       {"timeout", 0, "SECONDS", "until the first sound, and for a client that stalls (60)", {}},
       {"max-body", 0, "BYTES", "of a request, with its prompt recordings (16777216)", {}},
       {"voice-alias",
        0,
        "NAME=VOICE",
        "requests may call VOICE so; *=VOICE is any name that is nobody's",
        {},
        true},
       {"cors", 0, "ORIGIN", "whose web pages may ask, https://host; * is all", {}, true},
       {"api-key",
        0,
        "KEY",
        "that requests must bring; better in $TTS_API_KEY, unseen by ps",
        {}}});
}

std::string serve_help(const Arguments& arguments) {
  return "Speaks over HTTP: OpenAI's /v1/audio/speech, a page to try it at /, metrics "
         "(docs/server.md).\n\n"
         "  tts serve\n"
         "  tts serve --voice kathleen --port 9000 --workers 2\n"
         "  TTS_API_KEY=secret tts serve --host 0.0.0.0\n\n"
         "  curl http://127.0.0.1:8080/v1/audio/speech -H 'Content-Type: application/json' \\\n"
         "       -d '{\"input\": \"Good morning.\", \"response_format\": \"wav\"}' -o "
         "morning.wav\n\n"
         "Ctrl-C or SIGTERM finishes what was begun; a second one ends at once.\n\n" +
         arguments.flag_help();
}

double number_of(const Arguments& arguments, const OptionInfo& option) {
  return parse_flag(
      [&] { return parse_number(option, arguments.get(option.name, option.standard)); });
}

int integer_of(const Arguments& arguments, const OptionInfo& option) {
  return static_cast<int>(parse_flag(
      [&] { return parse_integer(option, arguments.get(option.name, option.standard)); }));
}

std::map<std::string, std::string> aliases_of(const Arguments& arguments) {
  std::map<std::string, std::string> aliases;
  for (const std::string& given : arguments.all("voice-alias")) {
    const size_t equals = given.find('=');
    if (equals == 0 || equals == given.npos || equals + 1 == given.size())
      fail(ErrorCode::kUsage, "--voice-alias is \"", given, "\"; it must be NAME=VOICE");
    const std::string name = given.substr(0, equals), voice = given.substr(equals + 1);
    const auto [before, is_new] = aliases.emplace(name, voice);
    if (!is_new)
      fail(ErrorCode::kUsage,
           "--voice-alias gives \"",
           name,
           "\" two voices: \"",
           before->second,
           "\" and \"",
           voice,
           "\"");
  }
  return aliases;
}

std::vector<std::string> origins_of(const Arguments& arguments) {
  for (const std::string& origin : arguments.all("cors")) {
    if (!is_origin(origin))
      fail(ErrorCode::kUsage,
           "--cors is \"",
           origin,
           "\"; it must be an origin such as https://chat.example:3000, without a path, or *");
  }
  return arguments.all("cors");
}

ServerOptions server_options(const Arguments& arguments) {
  constexpr auto kInteger = OptionType::kInteger;
  ServerOptions options;
  options.host = arguments.get("host", options.host);
  options.port = integer_of(arguments, {"port", kInteger, 0, kMaxPort, "8080", "", false});
  options.voice = arguments.get("voice");
  options.device = arguments.get("device", options.device);
  options.threads = threads_of(arguments);
  options.batches = batches_of(arguments);
  if (arguments.has("workers"))
    options.workers = integer_of(arguments, {"workers", kInteger, 1, kMaxQueue, "", "", false});
  options.queue = integer_of(arguments, {"queue", kInteger, 0, kMaxQueue, "64", "", false});
  options.timeout_s =
      number_of(arguments, {"timeout", OptionType::kNumber, 0.1, 86400, "60", "", false});
  options.max_body = static_cast<size_t>(
      integer_of(arguments, {"max-body", kInteger, 1000, 1 << 30, "16777216", "", false}));
  options.voice_aliases = aliases_of(arguments);
  options.cors_origins = origins_of(arguments);
  const char* key = std::getenv("TTS_API_KEY");
  options.api_key = arguments.get("api-key", key == nullptr ? "" : key);
  if (arguments.has("api-key") && options.api_key.empty())
    fail(ErrorCode::kUsage, "--api-key is empty; leave it out to ask for no key");
  options.log = [](const std::string& message) { note("tts: " + message); };
  return options;
}

bool is_local(const std::string& host) {
  return host == "localhost" || host == "::1" || host.compare(0, 4, "127.") == 0;
}

}  // namespace

int serve_command(int argc, char** argv) {
  Arguments arguments = serve_arguments();
  arguments.parse(argc, argv);
  if (arguments.has("help")) {
    print(serve_help(arguments));
    return 0;
  }
  arguments.no_words();
  const ServerOptions options = server_options(arguments);
  const std::atomic<bool>& stopped = interrupted();
  start_engine(1);
  SpeechServer server(options);
  const int port = server.start();
  if (!is_local(options.host) && options.api_key.empty())
    note("tts: warning: anybody who reaches " + options.host +
         " can use this server; see --api-key");
  note("voice " + server.voice() + ", " + std::to_string(server.workers()) +
       (server.workers() == 1 ? " worker" : " workers") + ", listening on http://" + options.host +
       ":" + std::to_string(port));
  while (!stopped) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  note("finishing what was begun");
  server.stop();
  return 0;
}

}  // namespace tts
