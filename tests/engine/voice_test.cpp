// Voices from folders and memory, and everything that can be wrong with them.
#include "engine/voice.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <thread>

#include "core/join.h"
#include "engine/codec_io.h"
#include "tests/engine/helpers.h"
#include "tests/engine/tiny_voice.h"
#include "tests/test.h"

using namespace tts;
namespace fs = std::filesystem;

namespace {

const std::string kText = "[[həlˈoʊ]] [[wˈɜːld]].";

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct TinyVoice : TemporaryFolder {
  TinyVoice() { tiny::write_voice(path); }
  std::string voice() const { return path + "/tiny"; }

  // What opening the voice and loading all its generators complains of.
  std::string complaint() const {
    return message_of(ErrorCode::kVoice, [&] {
      const auto opened = Voice::open(voice());
      for (const auto& name : opened->generator_names()) opened->generator(name);
    });
  }
  void edit(const std::string& file,
            const std::string& pointer,
            const nlohmann::json& value) const {
    nlohmann::json json = tiny::read_json(path + "/" + file);
    json[nlohmann::json::json_pointer(pointer)] = value;
    tiny::write_json(path + "/" + file, json);
  }
};

}  // namespace

TEST_CASE("voice: a random one speaks through every generator, the same each time") {
  const TinyVoice folder;
  const auto voice = Voice::open(folder.voice());
  for (const auto& generator : voice->generator_names()) {
    SpeakOptions options = seeded();
    options.generator = generator;
    const Heard heard = hear(Synthesizer(voice, options), kText);
    CHECK(heard.of(EventKind::kWord).size() == 2);
    CHECK(static_cast<int64_t>(heard.audio.size()) == heard.of(EventKind::kDone)[0].samples.end);
    for (const float x : heard.audio) REQUIRE(std::isfinite(x));
    CHECK(hear(Synthesizer(Voice::open(folder.voice()), options), kText).audio == heard.audio);
  }
}

TEST_CASE("voice: with both token generators it has their hybrid, and one scores the other") {
  const TinyVoice folder;
  CHECK(!contains(Voice::open(folder.voice())->generator_names(), "hybrid"));
  tiny::add_token_generators(folder.voice());
  const auto voice = Voice::open(folder.voice());
  CHECK(join(voice->generator_names()) == "autoregressive, flow, hybrid, masked, parallel");
  const auto spoken = [&](const char* generator, std::optional<double> rescore) {
    SpeakOptions options = seeded();
    options.generator = generator;
    options.rescore = rescore;
    if (options.generator == "masked") options.choice_temperature = 0;
    const Heard heard = hear(Synthesizer(voice, options), kText);
    CHECK(static_cast<int64_t>(heard.audio.size()) == heard.of(EventKind::kDone)[0].samples.end);
    return heard.audio;
  };
  CHECK(spoken("autoregressive", {}).size() > 0);
  CHECK(spoken("hybrid", {}).size() > 0);
  CHECK(spoken("masked", 0.0) != spoken("masked", 0.9));
  CHECK(message_of(ErrorCode::kUsage, [&] { spoken("autoregressive", 0.5); }) ==
        "generator \"autoregressive\" has no option rescore; generators that have it: hybrid, "
        "masked");
  SpeakOptions twice = seeded();
  twice.generator = "masked";
  twice.steps = 4;
  twice.level_steps = {2};
  CHECK(message_of(ErrorCode::kUsage, [&] { Synthesizer(voice, twice); }) ==
        "give steps or level-steps, not both");
}

TEST_CASE("voice: a generator that sets durations itself is heard at the times it says") {
  const TinyVoice folder;
  tiny::add_token_generators(folder.voice());
  const auto voice = Voice::open(folder.voice());
  SpeakOptions options = seeded();
  options.generator = "autoregressive";
  const auto spoken = [&] { return hear(Synthesizer(voice, options), kText); };
  const Heard planned = spoken();
  options.pointer = true;
  const Heard heard = spoken();
  CHECK(static_cast<int64_t>(heard.audio.size()) == heard.of(EventKind::kDone)[0].samples.end);
  CHECK(heard.audio.size() != planned.audio.size());
  const auto phones = heard.of(EventKind::kPhoneme);
  CHECK(phones.size() == planned.of(EventKind::kPhoneme).size());
  for (size_t i = 0; i < phones.size(); ++i) {
    CHECK(phones[i].samples.begin < phones[i].samples.end);
    if (i > 0) CHECK(phones[i].samples.begin >= phones[i - 1].samples.end);
  }
  CHECK(phones.back().samples.end <= static_cast<int64_t>(heard.audio.size()));
  CHECK(spoken().audio == heard.audio);
  options.seed = 2;
  CHECK(spoken().audio.size() != heard.audio.size());

  const auto refusal = [&] { return message_of(ErrorCode::kUsage, spoken); };
  options.duration_s = 2;
  CHECK(refusal() == "give pointer or duration, not both");
  options.duration_s.reset();
  options.prompt_texts = {"hello"};
  CHECK(refusal() == "give pointer or prompt-text, not both");
  options.prompt_texts.clear();
  options.generator = "masked";
  CHECK(refusal() ==
        "generator \"masked\" has no option pointer; generators that have it: autoregressive");
}

TEST_CASE("voice: several duration models; the old form and the new give the same bytes") {
  const TinyVoice folder;
  const std::string file = folder.voice() + "/voice.json";
  const auto said = [&](const std::string& durations) {
    SpeakOptions options = seeded();
    options.durations = durations;
    return hear(Synthesizer(Voice::open(folder.voice()), options), kText).audio;
  };
  const auto single = said("");
  CHECK(said("phoneme") == single);
  nlohmann::json json = tiny::read_json(file);
  nlohmann::json rate = json["duration"];
  for (const char* key : {"duration_contrast"}) rate.erase(key);
  rate.update({{"type", "total"}, {"predictor", "rate"}});
  json["durations"] = {{"phoneme", json["duration"]}, {"rate", rate}};
  json["default_duration"] = "phoneme";
  json.erase("duration");
  tiny::write_json(file, json);
  fs::rename(folder.voice() + "/duration.safetensors",
             folder.voice() + "/duration-phoneme.safetensors");
  const auto model = make_duration_model(Config(rate, "test"));
  save_sharded(folder.voice() + "/duration-rate", module_tensors(*model));
  CHECK(said("") == single);
  CHECK(said("phoneme") == single);
  CHECK(said("rate") != single);
  const auto refused = message_of(ErrorCode::kUsage, [&] { said("flow"); });
  CHECK(refused == "voice \"tiny\" has no durations \"flow\"; it has: phoneme, rate");
  // Another one is loaded, and missed, when it is asked for.
  fs::remove(folder.voice() + "/duration-rate.safetensors");
  CHECK(said("") == single);
  CHECK(contains_text(message_of(ErrorCode::kVoice, [&] { said("rate"); }), "duration-rate"));
}

TEST_CASE("a voice made when its base had one duration model keeps its corrections") {
  const nlohmann::json base = {
      {"durations", {{"flow", {{"pause_scale", 1.0}}}, {"phoneme", {{"pause_scale", 1.0}}}}}};
  const auto old = lay_over_base(base, {{"duration", {{"pause_scale", 2.0}}}});
  CHECK(!old.contains("duration"));
  CHECK(old["durations"]["phoneme"]["pause_scale"] == 2.0);
  CHECK(old["durations"]["flow"]["pause_scale"] == 1.0);
  const auto named = lay_over_base(base, {{"durations", {{"flow", {{"pause_scale", 3.0}}}}}});
  CHECK(named["durations"]["flow"]["pause_scale"] == 3.0);
  CHECK(named["durations"]["phoneme"]["pause_scale"] == 1.0);
  CHECK(lay_over_base({{"duration", {{"a", 1}}}}, {{"duration", {{"a", 2}}}})["duration"]["a"] ==
        2);
}

TEST_CASE("voices that share a base: each its own sound, language and corrections") {
  TemporaryFolder folder;
  tiny::write_shared_voices(folder.path);
  const auto anna = Voice::open(folder.path + "/anna"), bert = Voice::open(folder.path + "/bert");
  CHECK(anna->manifest().language == "en-us");
  CHECK(bert->manifest().language == "de");
  CHECK(anna->manifest().duration["duration_scale"] == 1.5);
  CHECK(anna->manifest().duration["pause_scale"] == 1.0);
  SpeakOptions english = seeded();
  english.language = "en-us";
  const auto said = [&](const std::shared_ptr<const Voice>& voice) {
    return hear(Synthesizer(voice, english), kText).audio;
  };
  CHECK(said(anna) == said(anna));
  CHECK(said(anna) != said(bert));
  // From memory, and what can be wrong.
  std::map<std::string, std::string> files;
  for (const char* part : {"base", "codec"}) {
    for (const auto& entry : fs::directory_iterator(folder.path + "/" + part))
      files[std::string(part) + "/" + entry.path().filename().string()] = bytes_of(entry.path());
  }
  files["voice.json"] = bytes_of(folder.path + "/anna/voice.json");
  CHECK(said(Voice::open_memory(files)) == said(anna));
  nlohmann::json short_vector = tiny::read_json(folder.path + "/bert/voice.json");
  short_vector["speaker"] = {0, 1};
  tiny::write_json(folder.path + "/bert/voice.json", short_vector);
  CHECK(message_of(ErrorCode::kVoice, [&] {
          Voice::open(folder.path + "/bert");
        }).find("speaker_vector is 3; it must be 2") != std::string::npos);
  fs::remove(folder.path + "/base/base.json");
  // The shipped base, if it is found instead, takes other vectors.
  const std::string gone =
      message_of(ErrorCode::kVoice, [&] { Voice::open(folder.path + "/anna"); });
  CHECK_MESSAGE((contains_text(gone, "base.json") || contains_text(gone, "anna/voice.json")), gone);
}

TEST_CASE("voice: the same events with any number of threads") {
  const TinyVoice folder;
  std::string text;
  for (int i = 0; i < 12; ++i)
    text +=
        kText + (i % 3 == 0 ? " [[pause 200ms]] " : " ") + (i % 4 == 1 ? "\xF0\x9F\x8C\x8D " : "");
  Heard first;
  for (const int threads : {1, 2, 5}) {
    VoiceOptions options;
    options.threads = threads;
    const auto voice = Voice::open(folder.voice(), options);
    CHECK(voice->threads() == threads);
    const Heard heard = hear(Synthesizer(voice, seeded()), text);
    if (threads == 1) first = heard;
    REQUIRE(heard.events.size() == first.events.size());
    CHECK(heard.audio == first.audio);
    for (size_t i = 0; i < heard.events.size(); ++i) {
      CHECK(heard.events[i].kind == first.events[i].kind);
      CHECK(heard.events[i].text == first.events[i].text);
      CHECK(heard.events[i].samples.begin == first.events[i].samples.begin);
      CHECK(heard.events[i].bytes.begin == first.events[i].bytes.begin);
    }
  }
  CHECK(first.of(EventKind::kSentence).size() >= 12);
}

TEST_CASE("voice: from memory as from the folder") {
  const TinyVoice folder;
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(folder.voice())) {
    files[entry.path().filename()] = bytes_of(entry.path());
  }
  for (const auto& entry : fs::directory_iterator(folder.path + "/codec")) {
    files["codec/" + entry.path().filename().string()] = bytes_of(entry.path());
  }
  const Heard heard = hear(Synthesizer(Voice::open_memory(files), seeded()), kText);
  CHECK(heard.audio == hear(Synthesizer(Voice::open(folder.voice()), seeded()), kText).audio);
  files.erase("duration.safetensors");
  CHECK(contains_text(message_of(ErrorCode::kVoice, [&] { Voice::open_memory(files); }),
                      "duration.safetensors"));
}

TEST_CASE("voice: found by name, the first on the path wins, the unknown lists the known") {
  const TinyVoice folder;
  setenv("TTS_VOICE_PATH", (folder.path + ":/nonexistent").c_str(), 1);
  CHECK(Voice::open("tiny")->manifest().name == "tiny");
  setenv("TTS_VOICE", "tiny", 1);
  CHECK(Voice::open("")->manifest().name == "tiny");
  unsetenv("TTS_VOICE");
  CHECK(list_voices().front().folder == fs::canonical(folder.voice()).string());
  CHECK(list_voices().back().name == "dummy");
  CHECK(find_codec() == folder.path + "/codec");
  const std::string message = message_of(ErrorCode::kVoice, [] { Voice::open("timy"); });
  CHECK(contains_text(message, "unknown voice \"timy\"; known: tiny"));
  CHECK(contains_text(message, "dummy"));
  CHECK(contains_text(message_of(ErrorCode::kVoice, [&] { Voice::open(folder.path + "/codec"); }),
                      "has no voice.json"));
  CHECK(Voice::open(folder.voice() + "/voice.json")->manifest().name == "tiny");
  unsetenv("TTS_VOICE_PATH");
}

TEST_CASE("voice: a codec beside the voice is found when the manifest's folder is gone") {
  const TinyVoice folder;
  folder.edit("tiny/voice.json", "/codec/folder", "elsewhere");
  CHECK(Voice::open(folder.voice())->manifest().name == "tiny");
  fs::rename(folder.path + "/codec", folder.path + "/moved");
  // Without any codec on the search path, that is said; the shipped one, if it is found, is
  // refused.
  const std::string complaint = folder.complaint();
  const bool refused = contains_text(complaint, "the voice was made for codec");
  CHECK((contains_text(complaint, "no codec found") || refused));
}

TEST_CASE("voice: another codec is refused, naming both") {
  const TinyVoice folder;
  const std::string before = tiny::read_json(folder.voice() + "/voice.json")["codec"]["identity"];
  const std::string after = tiny::write_codec(folder.path + "/codec", 99);
  CHECK(before != after);
  CHECK(contains_text(folder.complaint(), before));
  CHECK(contains_text(folder.complaint(), after));
}

TEST_CASE("voice: a voice.json that is missing, cut short, foreign or wrong") {
  const TinyVoice folder;
  const std::string path = folder.voice() + "/voice.json", good = bytes_of(path);
  const auto with = [&](const std::string& content) {
    std::ofstream(path) << content;
    return folder.complaint();
  };
  CHECK(contains_text(with(good.substr(0, good.size() / 2)), "is not valid JSON"));
  CHECK(contains_text(with(""), "is not valid JSON"));
  CHECK(contains_text(with("[1, 2]"), "must be a JSON object"));
  CHECK(contains_text(with("{\"model_type\": \"vits\"}"), "\"format\" is missing"));
  with(good);
  folder.edit("tiny/voice.json", "/duration/type", "convv");
  CHECK(contains_text(folder.complaint(), "duration: type is \"convv\"; known: autoregressive"));
  with(good);
  folder.edit("tiny/voice.json", "/generators/flow/chanels", 8);
  CHECK(contains_text(folder.complaint(), "generators: flow: unknown key \"chanels\""));
  with(good);
  folder.edit("tiny/voice.json", "/symbols", {"_", "|", "a"});
  CHECK(contains_text(folder.complaint(), "symbols is "));
  with(good);
  folder.edit("tiny/voice.json", "/generators/flow/latent", 64);
  CHECK(contains_text(folder.complaint(), "latent is 64; it must be 8"));
  fs::remove(path);
  CHECK(contains_text(folder.complaint(), "has no voice.json"));
}

TEST_CASE("voice: safetensors that are missing, cut short, foreign or do not fit") {
  const TinyVoice folder;
  for (const char* file : {"tiny/duration",
                           "tiny/frame_encoder",
                           "tiny/generator-flow",
                           "tiny/generator-parallel",
                           "codec/codec",
                           "codec/vocoder"}) {
    const std::string path = folder.path + "/" + file + ".safetensors", good = bytes_of(path);
    const auto with = [&](const std::string& content) {
      std::ofstream(path, std::ios::binary) << content;
      const std::string complaint = folder.complaint();
      CHECK_MESSAGE(contains_text(complaint, std::string(file).substr(6) + ".safetensors"),
                    complaint);
    };
    with(good.substr(0, good.size() - 1));
    with(good.substr(0, 100));
    with(std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 8) +
         good.substr(8));  // header larger than the file
    with("");
    with("PK\x03\x04 a zip file, say");
    fs::remove(path);
    CHECK(contains_text(folder.complaint(), std::string(file).substr(6)));
    std::ofstream(path, std::ios::binary) << good;
  }
  CHECK(folder.complaint() == "nothing was thrown");
}

TEST_CASE("voice: weights of wrong shape or with NaN name the tensor") {
  const TinyVoice folder;
  const auto rewrite = [&](auto change) {
    const SafeTensors weights = SafeTensors::open_sharded(folder.voice() + "/duration");
    NamedTensors tensors;
    for (const auto& name : weights.names())
      tensors.emplace_back(name, weights.get(name).to(torch::kFloat).clone());
    change(tensors);
    save_sharded(folder.voice() + "/duration", tensors);
    return std::make_pair(tensors.front().first, folder.complaint());
  };
  auto [name, complaint] = rewrite([](NamedTensors& t) { t[0].second.view(-1)[0] = std::nan(""); });
  CHECK(contains_text(complaint, "tensor \"" + name + "\" has NaN or infinite values"));
  std::tie(name, complaint) = rewrite([](NamedTensors& t) {
    t[0].second = torch::zeros({3, 1, 2});
  });
  CHECK(contains_text(complaint, "tensor \"" + name + "\" has shape [3, 1, 2]"));
  std::tie(name, complaint) = rewrite([](NamedTensors& t) { t[0].first = "surprise"; });
  CHECK(!complaint.empty());
}

TEST_CASE("voice: sentences of several requests in one batch are what they are alone") {
  const TinyVoice folder;
  VoiceOptions together;
  together.batches = std::make_shared<GenerationBatches>(4, 1);
  const auto alone = Voice::open(folder.voice()), voice = Voice::open(folder.voice(), together);
  constexpr size_t kRequests = 8;
  const auto options = [](size_t i) {
    SpeakOptions o = seeded();
    o.seed = 10 + i;
    return o;
  };
  std::vector<Heard> heard(kRequests);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kRequests; ++i)
    threads.emplace_back([&, i] { heard[i] = hear(Synthesizer(voice, options(i)), kText); });
  for (auto& thread : threads) thread.join();
  for (size_t i = 0; i < kRequests; ++i) {
    const Heard expected = hear(Synthesizer(alone, options(i)), kText);
    REQUIRE(heard[i].audio.size() == expected.audio.size());
    float furthest = 0;
    for (size_t s = 0; s < expected.audio.size(); ++s)
      furthest = std::max(furthest, std::abs(heard[i].audio[s] - expected.audio[s]));
    CHECK(furthest < 1e-4f);
  }
  CHECK(together.batches->counts().rows >= static_cast<int64_t>(kRequests));
}

TEST_CASE("voice: devices") {
  CHECK(contains_text(message_of(ErrorCode::kUsage, [] { Voice::open("dummy", {"abacus"}); }),
                      "known: cpu, cuda"));
  CHECK(contains_text(message_of(ErrorCode::kUsage, [] { Voice::open("dummy", {"cuda:99"}); }),
                      "CUDA devices"));
}

TEST_CASE("codec: what is encoded and decoded has the recording's length; pieces are the whole") {
  const TinyVoice folder;
  const auto codec = CodecBundle::open(folder.path + "/codec", torch::kCPU);
  const std::atomic<bool> never{false};
  torch::manual_seed(4);
  const Tensor noise = 0.1 * torch::randn({24000 * 62 + 123});
  const std::vector<float> samples(noise.data_ptr<float>(),
                                   noise.data_ptr<float>() + noise.numel());
  const TokenFile tokens = encode_audio(*codec, samples, 2, never);
  CHECK(tokens.samples == samples.size());
  CHECK(tokens.frames == (samples.size() + 479) / 480);
  const Tensor padded = torch::cat({noise, torch::zeros({480 - 123})}).unsqueeze(0);
  const c10::InferenceMode inference;
  Codec whole_codec = codec->codec;
  const Tensor whole = whole_codec->encode(padded)[0].slice(1, 0, 2).contiguous();
  int64_t same = 0;
  for (int64_t i = 0; i < whole.numel(); ++i)
    same += whole.data_ptr<int64_t>()[i] == tokens.codes[i];
  CHECK(static_cast<double>(same) / static_cast<double>(whole.numel()) > 0.999);
  size_t count = 0;
  decode_tokens(
      *codec, tokens, [&](const float*, size_t n) { count += n; }, never);
  CHECK(count == samples.size());
}
