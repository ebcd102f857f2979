// Voice files: made, opened, refused.
#include "engine/voice_file.h"

#include <cmath>
#include <fstream>
#include <iterator>

#include "engine/voice_maker.h"
#include "tests/engine/shared_voices.h"
#include "tests/test.h"

using namespace tts;
namespace fs = std::filesystem;

namespace {

struct VoiceFolder : SharedVoices {
  VoiceSource source(const std::string& name) const { return open_voice_source(path + "/" + name); }

  // Of the low recording, made with anna.
  std::string make(const std::string& name = "me") const {
    const VoiceSource voice = source("anna");
    const auto heard = Listener(*voice.files, voice.manifest).hear({{path + "/low.wav", nullptr}});
    const std::atomic<bool> never{false};
    const VoiceRecipe recipe{name, "de", "CC0-1.0"};
    const std::string file = path + "/" + name + ".voice";
    write_voice_file(file, voice_of_prompts(voice, *heard, {"Hallo."}, recipe, never));
    return file;
  }
  std::string complaint(const std::string& file) const {
    return message_of(ErrorCode::kVoice, [&] { Voice::open(file); });
  }
};

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

double norm_of(const std::vector<double>& vector) {
  double sum = 0;
  for (const double x : vector) sum += x * x;
  return std::sqrt(sum);
}

}  // namespace

TEST_CASE("voice file: everything comes back, and it speaks as the prompt does") {
  const VoiceFolder folder;
  const std::string path = folder.make();
  const VoiceFile file = read_voice_file(path);
  CHECK(file.name == "me");
  CHECK(file.language == "de");
  CHECK(file.licence == "CC0-1.0");
  CHECK(file.origin == "a recording");
  CHECK(file.base == "base");
  CHECK(file.duration == nlohmann::json{{"duration_scale", 1.5}});  // anna's correction
  CHECK(file.vectors.size(0) == 1);
  REQUIRE(file.prompts.size() == 1);
  CHECK(file.prompts[0].text == "Hallo.");
  CHECK(file.prompts[0].report["problems"].empty());
  CHECK(file.prompts[0].report["name"] == "low.wav");
  CHECK(file.prompts[0].codes.size(0) == doctest::Approx(3.7 * 50).epsilon(0.05));
  CHECK(file.prompts[0].codes.size(1) == 3);

  const auto voice = Voice::open(path);
  CHECK(voice->manifest().language == "de");
  SpeakOptions options = seeded(), prompt = seeded();
  options.language = prompt.language = "en-us";
  set_option(prompt, "prompt-wav", folder.path + "/low.wav");
  CHECK(said(voice, options) == said(Voice::open(folder.path + "/anna"), prompt));
}

TEST_CASE("voice file: found by name, anywhere, and from memory") {
  const VoiceFolder folder;
  const TemporaryFolder elsewhere;
  const std::string made = folder.make(), moved = elsewhere.path + "/moved.voice";
  fs::copy_file(made, moved);
  setenv("TTS_VOICE_PATH", folder.path.c_str(), 1);
  CHECK(Voice::open("me")->manifest().name == "me");
  const auto audio = said(Voice::open(moved), seeded());
  const auto voices = list_voices();
  unsetenv("TTS_VOICE_PATH");
  CHECK(std::any_of(voices.begin(), voices.end(), [&](const FoundVoice& v) {
    return v.name == "me" && fs::equivalent(v.folder, made);
  }));
  std::map<std::string, std::string> files = {{"me.voice", content_of(made)}};
  for (const char* part : {"base", "codec"}) {
    for (const auto& entry : fs::directory_iterator(folder.path + "/" + part))
      files[std::string(part) + "/" + entry.path().filename().string()] = content_of(entry.path());
  }
  CHECK(said(Voice::open_memory(files), seeded()) == audio);
}

TEST_CASE("voice file: another codec or base is refused, naming both") {
  const VoiceFolder folder;
  const std::string path = folder.make();
  const VoiceFile file = read_voice_file(path);
  const auto rewrite = [&](auto change) {
    VoiceFile other = file;
    change(other);
    write_voice_file(path, other);
    return folder.complaint(path);
  };
  const std::string strange = "0123456789abcdef";
  std::string message = rewrite([&](VoiceFile& f) { f.codec_identity = strange; });
  CHECK(contains_text(message, "me.voice: was made for codec " + strange));
  CHECK(contains_text(message, "the codec found is " + file.codec_identity));
  message = rewrite([&](VoiceFile& f) { f.base_identity = strange; });
  CHECK(contains_text(message, "was made for base " + strange));
  CHECK(contains_text(message, "the base found is " + file.base_identity));
  message = rewrite([&](VoiceFile& f) { f.base = "other"; });
  CHECK(contains_text(message, "no base model found"));
  message = rewrite([&](VoiceFile& f) { f.traits.vector = {1, 0}; });
  CHECK(contains_text(message, "speaker_vector is 3; it must be 2"));
  message = rewrite([&](VoiceFile& f) { f.traits.vector = {1, 0, std::nan("")}; });
  CHECK(contains_text(message, "tensor \"speaker\" has NaN"));
  message = rewrite([&](VoiceFile& f) { f.language = "fr"; });
  CHECK(contains_text(message, "me.voice: language is \"fr\"; known: "));
}

TEST_CASE("voice file: cut short, empty, foreign, of a later format") {
  const VoiceFolder folder;
  const std::string path = folder.make(), good = content_of(path);
  const auto with = [&](const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
    return folder.complaint(path);
  };
  for (const std::string& bad :
       {good.substr(0, good.size() - 1), good.substr(0, 100), std::string(), std::string("PK\3\4")})
    CHECK(contains_text(with(bad), "me.voice"));
  fs::copy_file(
      folder.path + "/codec/codec.safetensors", path, fs::copy_options::overwrite_existing);
  CHECK(contains_text(folder.complaint(path), "me.voice: is not a voice file"));
  const std::string later = "\\\"format\\\":1";
  std::string changed = good;
  REQUIRE(changed.find(later) != std::string::npos);
  changed[changed.find(later) + later.size() - 1] = '9';
  CHECK(contains_text(with(changed), "\"format\" is 9; this program reads up to 1"));
  std::string unknown = good;
  unknown.replace(unknown.find("\\\"origin\\\""), 10, "\\\"orogin\\\"");
  CHECK(contains_text(with(unknown), "\"origin\" is missing"));
}

TEST_CASE("voice file: what it cannot be made of") {
  const VoiceFolder folder;
  const VoiceSource voice = folder.source("anna");
  const auto heard =
      Listener(*voice.files, voice.manifest).hear({{folder.path + "/low.wav", nullptr}});
  const std::atomic<bool> never{false};
  CHECK(contains_text(message_of(ErrorCode::kUsage,
                                 [&] {
                                   voice_of_prompts(voice, *heard, {}, {"me", "fr", ""}, never);
                                 }),
                      "language is \"fr\"; the base \"base\" speaks: "));
  CHECK(
      contains_text(message_of(ErrorCode::kUsage,
                               [&] {
                                 voice_of_prompts(voice, *heard, {"a", "b"}, {"me", "", ""}, never);
                               }),
                    "2 texts for 1 recordings"));
  tiny::write_voice(folder.path, "alone", {1, 0, 0});
  const VoiceSource alone = folder.source("alone");
  CHECK(contains_text(message_of(ErrorCode::kUsage,
                                 [&] {
                                   voice_of_prompts(alone, *heard, {}, {"me", "", ""}, never);
                                 }),
                      "\"alone\" stands alone"));
}

TEST_CASE("blend: the ends are the voices, the middle lies between") {
  const VoiceFolder folder;
  const VoiceSource anna = folder.source("anna"), bert = folder.source("bert");
  const auto at = [&](double weight) {
    return blended_voice(anna, bert, weight, {"x", "en-us", ""});
  };
  CHECK(at(0).traits.vector == std::vector<double>{1, 0, 0});
  CHECK(at(1).traits.vector == std::vector<double>{0, 1, 0});
  CHECK(at(0.5).traits.vector[0] == doctest::Approx(std::sqrt(0.5)));
  CHECK(at(0.25).traits.vector[0] > at(0.5).traits.vector[0]);
  CHECK(at(0.25).origin == "blend of anna and bert, weight 0.25");
  const std::string path = folder.path + "/mix.voice";
  write_voice_file(path, at(0));
  SpeakOptions english = seeded();
  english.language = "en-us";
  CHECK(said(Voice::open(path), english) == said(Voice::open(folder.path + "/anna"), english));
  write_voice_file(path, at(0.5));
  const auto mixed = said(Voice::open(path), english);
  CHECK(mixed != said(Voice::open(folder.path + "/anna"), english));
  // A voice file may be blended again.
  CHECK(blended_voice(open_voice_source(path), anna, 1, {"y", "", ""}).traits.vector ==
        std::vector<double>{1, 0, 0});
}

TEST_CASE("blend: only within a base") {
  const VoiceFolder folder, other;
  tiny::write_voice(other.path, "alone", {1, 0, 0});
  const VoiceSource anna = folder.source("anna");
  const VoiceSource alone = open_voice_source(other.path + "/alone");
  const VoiceRecipe recipe{"x", "", ""};
  CHECK(
      contains_text(message_of(ErrorCode::kUsage, [&] { blended_voice(anna, alone, 0.5, recipe); }),
                    "voices \"anna\" and \"alone\" do not share a base"));
}

TEST_CASE("random voice: the seed decides, and nothing else") {
  const VoiceFolder folder;
  std::vector<VoiceSource> known;
  known.push_back(folder.source("anna"));
  known.push_back(folder.source("bert"));
  known[0].manifest.statistics.log_f0_mean = std::log(100.0);
  known[1].manifest.statistics.log_f0_mean = std::log(200.0);
  const auto drawn = [&](uint64_t seed) { return random_voice(known, seed, {"x", "", ""}); };
  CHECK(drawn(3).traits.vector == drawn(3).traits.vector);
  CHECK(drawn(3).traits.vector != drawn(4).traits.vector);
  CHECK(drawn(3).origin == "random, seed 3");
  // F0 goes with the vector: who is more like anna speaks lower. Over many, so that the semitone of
  // chance does not matter.
  double covariance = 0, mean_f0 = 0;
  const int count = 200;
  std::vector<double> likeness, log_f0;
  for (int seed = 0; seed < count; ++seed) {
    const SpeakerTraits traits = drawn(static_cast<uint64_t>(seed)).traits;
    CHECK(norm_of(traits.vector) == doctest::Approx(1));
    CHECK(traits.statistics.log_f0_mean >= std::log(74.9));
    CHECK(traits.statistics.log_f0_mean <= std::log(350.1));
    likeness.push_back(traits.vector[0] - traits.vector[1]);
    log_f0.push_back(traits.statistics.log_f0_mean);
    mean_f0 += log_f0.back() / count;
  }
  for (int i = 0; i < count; ++i) covariance += likeness[i] * (log_f0[i] - mean_f0);
  CHECK(covariance / count < -0.05);
  CHECK(mean_f0 == doctest::Approx(std::log(141.0)).epsilon(0.02));
  known.pop_back();
  CHECK(contains_text(message_of(ErrorCode::kUsage, [&] { drawn(1); }), "only \"anna\" is"));
}

TEST_CASE("voices of a base: those on the path that share it, without voice files") {
  const VoiceFolder folder;
  folder.make();
  setenv("TTS_VOICE_PATH", folder.path.c_str(), 1);
  std::vector<std::string> names;
  for (const auto& voice : voices_of_base(folder.source("anna")))
    names.push_back(voice.manifest.name);
  unsetenv("TTS_VOICE_PATH");
  CHECK(names == std::vector<std::string>{"anna", "bert"});
}
