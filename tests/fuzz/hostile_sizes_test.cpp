// Input that is small to send and large to believe, and input that is large: an error with words,
// or taken, in memory and time that fit its size.
#include <cstring>

#include "audio/file.h"
#include "cli/batch/items.h"
#include "cli/batch/journal.h"
#include "cli/batch/subtitles.h"
#include "codec/token_file.h"
#include "core/json_text.h"
#include "core/voice_manifest.h"
#include "engine/voice_files.h"
#include "nn/safetensors.h"
#include "server/api_error.h"
#include "server/speech_request.h"
#include "tests/fuzz/allocation_limit.h"
#include "tests/fuzz/fuzz.h"
#include "tests/test.h"
#include "text/front_end.h"
#include "text/lexicon.h"
#include "text/ssml.h"

namespace tts::fuzz {
namespace {

constexpr size_t kMegabyte = 1 << 20;

std::string repeated(const std::string& piece, size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}

// 100,000 lists in each other.
std::string nested() {
  return std::string(100000, '[') + std::string(100000, ']');
}

template <typename Call>
std::string refusal(Call call) {
  try {
    call();
    return "";
  } catch (const Error& e) {
    return e.what();
  } catch (const ApiError& e) {
    return e.what();
  }
}

bool says(const std::string& message, const std::string& part) {
  return message.find(part) != message.npos;
}

std::string bytes_of(uint64_t number, int width) {
  std::string out;
  for (int i = 0; i < width; ++i) out += static_cast<char>(number >> (8 * i));
  return out;
}

}  // namespace

TEST_CASE("JSON is read to a depth of 64, and deeper is an error") {
  const auto lists = [](int depth) {
    return std::string(depth, '[') + "1" + std::string(depth, ']');
  };
  CHECK(parse_json(lists(kMaxJsonDepth)).is_array());
  CHECK_THROWS_WITH_AS(parse_json(lists(kMaxJsonDepth + 1)), "nested deeper than 64", JsonError);
  CHECK_THROWS_AS(parse_json("{\"a\":" + nested() + "}"), JsonError);
  CHECK_THROWS_AS(parse_json(repeated("{\"a\":", 100000)), JsonError);
  CHECK_THROWS_WITH_AS(parse_json("[1,"), doctest::Contains("line 1, column 4"), JsonError);
}

TEST_CASE("nested 100,000 deep: voice.json, requests, journals, weight files") {
  const std::string value = nested();
  const std::string manifest = refusal(
      [&] { VoiceManifest::from_file(write_scratch("voice.json", "{\"format\":" + value + "}")); });
  CHECK(says(manifest, "voice.json: is not valid JSON (nested deeper than 64)"));
  CHECK(says(refusal([&] {
               memory_files({{"voice.json", value}})->config("voice.json");
             }),
             "nested deeper"));
  const std::string line = "{\"id\":\"a\",\"text\":\"b\",\"speed\":" + value + "}";
  SayOptions options;
  options.mode = SayMode::kJsonLines;
  const auto items = items_of_lines(line, options);
  REQUIRE(items.size() == 1);
  CHECK(items[0].error == "is not JSON (nested deeper than 64)");
  CHECK(!ItemRecord::from("{\"id\":" + value + "}"));
  const std::string body = "{\"input\":\"a\",\"prompt_text\":" + value + "}";
  CHECK(says(refusal([&] { parse_speech_request(body, {{"v"}, {}}); }), "nested deeper than 64"));
  const std::string header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + value + "]}}";
  CHECK(says(refusal([&] { SafeTensors::from_memory(bytes_of(header.size(), 8) + header, "w"); }),
             "nested deeper than 64"));
}

TEST_CASE("sizes that a header only claims cost no memory") {
  const AllocationLimit limit(4 * kMegabyte);
  CHECK(says(refusal([] { SafeTensors::from_memory(bytes_of(1ull << 63, 8) + "{}", "w"); }),
             "the header is to have 9223372036854775808 bytes"));
  const std::string huge =
      R"({"a":{"dtype":"F32","shape":[1099511627776],"data_offsets":[0,4398046511104]}})";
  CHECK(says(refusal([&] { SafeTensors::from_memory(bytes_of(huge.size(), 8) + huge, "w"); }),
             "the file has 0"));
  // A WAV of four samples that says it has 4 GiB of 1,024 channels.
  const std::string format = bytes_of(1, 2) + bytes_of(1024, 2) + bytes_of(24000, 4) +
                             bytes_of(24000 * 2048, 4) + bytes_of(2048, 2) + bytes_of(16, 2);
  const std::string wav = "RIFF" + bytes_of(0xFFFFFFFF, 4) + "WAVEfmt " + bytes_of(16, 4) + format +
                          "data" + bytes_of(0xFFFFFFCC, 4) + std::string(4 * 2048, '\1');
  CHECK(read_audio(wav.data(), wav.size(), "a.wav").samples.size() == 4);
  TokenFile tokens;
  tokens.codec_identity = "0123456789abcdef";
  tokens.codebooks = 1;
  std::string bytes = token_bytes(tokens);
  std::memcpy(&bytes[44], bytes_of(1ull << 61, 8).data(), 8);  // frames
  CHECK(
      says(refusal([&] { parse_tokens(bytes, "a.tok"); }), "header of the token file is damaged"));
}

TEST_CASE("a line of JSON of 100 MiB") {
  const std::string text(100 * kMegabyte, 'a');
  SayOptions options;
  options.mode = SayMode::kJsonLines;
  const auto items = items_of_lines("{\"id\":\"a\",\"text\":\"" + text + "\"}", options);
  REQUIRE(items.size() == 1);
  CHECK(items[0].error.empty());
  CHECK(items[0].text == text);
}

TEST_CASE("a key of a megabyte is unknown without being compared letter by letter") {
  const std::string key(kMegabyte, 'a');
  const std::string body = "{\"input\":\"a\",\"" + key + "\":1}";
  CHECK(says(refusal([&] { parse_speech_request(body, {{"v"}, {}}); }), "unknown key"));
}

TEST_CASE("numbers of options end where the text ends") {
  SpeakOptions options;
  CHECK_THROWS_AS(set_option(options, "speed", std::string("1.5\0x", 5)), Error);
  CHECK_THROWS_AS(set_option(options, "level-steps", std::string("8\0,2", 4)), Error);
  set_option(options, "speed", "1.5");
  CHECK(options.speed_ratio == 1.5);
}

TEST_CASE("SSML: values of a megabyte are not understood, and cost no stack") {
  const std::string spaces(kMegabyte, ' '), tabs(kMegabyte, '\v');
  const Ssml ssml = parse_ssml("<speak><break time=\"" + spaces + "1s\"/><prosody rate=\"1" +
                               std::string(kMegabyte, 'x') +
                               "\">a</prosody><say-as interpret-as=\"date\" format=\"mdy\">" +
                               tabs + "1/2/2026</say-as></speak>");
  CHECK(ssml.warnings.size() == 2);
}

TEST_CASE("SSML: a megabyte of references that are none, of marks and of sentences") {
  const std::string ampersands(kMegabyte, '&');
  CHECK(parse_ssml("<speak><sub alias=\"" + ampersands + "\">a</sub></speak>")
            .blocks.at(0)
            .text.text.size() == kMegabyte);
  CHECK(says(refusal([&] { parse_ssml("<speak>" + ampersands + "</speak>"); }),
             "begins no reference"));
  const size_t count = 60000;
  const std::string xml = "<speak>" + repeated("<s>a<mark name=\"m\"/></s>", count) + "</speak>";
  const Ssml ssml = parse_ssml(xml);
  REQUIRE(ssml.blocks.size() == 1);
  Document document;  // as the front end makes of it: a sentence for each
  for (size_t i = 0; i < count; ++i) {
    Sentence sentence;
    sentence.span = {3 * i, 3 * i + 1};  // "a\n\n"
    Word word;
    word.span = sentence.span;
    sentence.words = {word};
    sentence.pause_after_s = 0.6;
    document.sentences.push_back(sentence);
  }
  CHECK(apply_ssml(ssml.blocks[0], xml, document).empty());
  CHECK(document.sentences[0].pause_after_s == 0.25);
  CHECK(document.sentences[count - 2].pause_after_s == 0.25);
  CHECK(document.sentences[1].marks.size() == 1);
  CHECK(document.sentences[count - 1].marks.size() == 2);
}

TEST_CASE("subtitles: a megabyte of escapes and of tags without end") {
  const std::string times = "00:00:01,000 --> 00:00:02,000\n";
  CHECK(parse_subtitles(times + repeated("&amp;", 200000), true).cues.at(0).text ==
        std::string(200000, '&'));
  CHECK(parse_subtitles(times + std::string(kMegabyte, '<'), false).cues.at(0).text.size() ==
        kMegabyte);
}

TEST_CASE("a lexicon with a line of ten megabytes") {
  const std::string word(10 * kMegabyte, 'a');
  const Lexicon lexicon({write_scratch("long.tsv", word + "\ta\nshort\tb\n")});
  CHECK(lexicon.find("short") == "b");
  CHECK(lexicon.find(word) == "a");
}

}  // namespace tts::fuzz
