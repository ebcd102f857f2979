// examine_sounds < SOUNDS.jsonl > EVIDENCE.jsonl [EAR_FOLDER]
//
// What a judge (engine/judge) measures of recordings, and what it decides; for verdict.py.
//   in:  {"file": "a.wav", "text": "…", "lang": "en-us"}, and "frames": [3, 4, …] of the symbols
//        (codec frames) where they were planned, "expected_s", "prompt": "words before"
//   out: {"file", "words": [{"word", "begin_s", "end_s", "phones"}], "hypotheses": [[fault, first,
//        count, features …]], "sound": {…}, "verdict": {…}}
#include <cstdio>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "audio/file.h"
#include "codec/codec.h"
#include "core/error.h"
#include "engine/judge.h"
#include "nn/runtime.h"
#include "text/front_end.h"

namespace {

using namespace tts;
using Json = nlohmann::json;

double seconds_of(int64_t samples) {
  return static_cast<double>(samples) / kSampleRateHz;
}

Json json_of(const SoundSpan& stretch) {
  return {seconds_of(stretch.begin), seconds_of(stretch.end)};
}

Json json_of(const SoundEvidence& evidence) {
  Json words = Json::array(), hypotheses = Json::array();
  for (size_t i = 0; i < evidence.spoken.size(); ++i) {
    words.push_back({{"word", evidence.spoken[i]->written},
                     {"begin_s", seconds_of(evidence.places[i].begin)},
                     {"end_s", seconds_of(evidence.places[i].end)},
                     {"phones", evidence.spoken[i]->symbol_count}});
  }
  for (const WordHypothesis& h : evidence.words) {
    Json row = {name_of(h.fault), h.first, h.count};
    for (const double x : h.features) row.push_back(x);
    hypotheses.push_back(std::move(row));
  }
  const SoundMeasures& m = evidence.sound;
  return {{"words", words},
          {"hypotheses", hypotheses},
          {"too_short", evidence.too_short},
          {"sound",
           {{"finite", m.finite},
            {"clipped_share", m.clipped_share},
            {"dead_air_s", json_of(m.dead_air)},
            {"frozen_s", json_of(m.frozen)},
            {"repeated_s", json_of(m.repeated)},
            {"word_db", m.word_db},
            {"log_length_ratio", evidence.log_length_ratio},
            {"echo", evidence.echo}}}};
}

class Examiner {
 public:
  explicit Examiner(const std::string& folder) : ear_(Ear::open(folder)), judge_(ear_) {}

  Json examine(const Json& line) {
    const std::string language = line.at("lang");
    const Sentence text = sentence_of(line.at("text"), language);
    JudgedSound sound;
    sound.samples = read_audio(line.at("file"), static_cast<int>(kSampleRateHz)).samples;
    sound.symbols = &text.symbols;
    sound.words = &text.words;
    sound.language = language;
    sound.expected_s = line.value("expected_s", 0.0);
    sound.frames = line.value("frames", std::vector<int64_t>{});
    if (line.contains("prompt"))
      sound.prompt = word_runs(*ear_, sentence_of(line.at("prompt"), language));
    const SoundEvidence evidence = judge_.examine(sound);
    Json out = json_of(evidence);
    out["file"] = line.at("file");
    out["seconds"] = seconds_of(static_cast<int64_t>(sound.samples.size()));
    out["verdict"] = to_json(judge_.decide(sound, evidence));
    return out;
  }

 private:
  Sentence sentence_of(const std::string& text, const std::string& language) {
    auto& front_end = front_ends_[language];
    if (front_end == nullptr) {
      FrontEndOptions options;
      options.language = language;
      front_end = std::make_unique<FrontEnd>(options);
    }
    return joined_sentences(front_end->process(text));
  }

  std::shared_ptr<const Ear> ear_;
  Judge judge_;
  std::map<std::string, std::unique_ptr<FrontEnd>> front_ends_;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    configure_runtime(1);
    Examiner examiner(argc > 1 ? argv[1] : "");
    for (std::string line; std::getline(std::cin, line);)
      std::cout << examiner.examine(Json::parse(line)).dump() << std::endl;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}
