#include "bench/speakers/people.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "audio/mel.h"
#include "audio/resample.h"
#include "core/error.h"

namespace tts::bench {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream in(path);
  if (!in) fail(ErrorCode::kInput, path.string(), ": cannot be opened");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    line = line.substr(0, line.find('#'));
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.pop_back();
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

// id → text
std::map<std::string, std::string> texts_of(const fs::path& metadata) {
  std::map<std::string, std::string> texts;
  std::ifstream in(metadata);
  for (std::string line; std::getline(in, line);) {
    const size_t bar = line.find('|');
    if (bar != std::string::npos) texts[line.substr(0, bar)] = line.substr(bar + 1);
  }
  return texts;
}

std::map<std::string, fs::path> recordings_in(const fs::path& folder) {
  std::map<std::string, fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".wav" || extension == ".opus" || extension == ".flac" || extension == ".ogg")
      found[entry.path().stem().string()] = entry.path();
  }
  return found;
}

std::string language_of(const std::string& code) {
  return code == "en" ? "en-us" : code;
}

}  // namespace

std::vector<Person> held_back_people(const std::string& speech,
                                     const std::string& held_back,
                                     size_t count) {
  std::vector<Person> people;
  std::set<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(speech)) folders.insert(entry.path());
  for (const auto& folder : folders) {
    const std::string name = folder.filename().string();
    const fs::path list = fs::path(held_back) / (name + ".txt");
    if (!fs::exists(list)) continue;
    Person person;
    person.name = name.substr(name.find('_') + 1);
    person.language = language_of(name.substr(0, name.find('_')));
    const auto texts = texts_of(folder / "metadata.csv");
    const auto files = recordings_in(folder / "wavs");
    std::set<std::string> seen;  // sentences recorded twice are in both lists else
    for (const auto& id : lines_of(list)) {
      if (!seen.insert(texts.at(id)).second) continue;
      const bool prompt = seen.size() % 2 == 1;
      auto& to = prompt ? person.prompts : person.references;
      if (to.size() >= count) continue;
      to.push_back(read_audio(files.at(id).string()));
      if (!prompt) person.texts.push_back(texts.at(id));
    }
    people.push_back(std::move(person));
  }
  return people;
}

Person stranger(const std::string& folder, const Person& like, size_t count) {
  Person person;
  person.name = fs::path(folder).filename().string();
  person.language = like.language;
  person.texts = like.texts;
  for (const auto& [id, path] : recordings_in(folder)) {
    auto& to =
        person.prompts.size() <= person.references.size() ? person.prompts : person.references;
    if (to.size() < count) to.push_back(read_audio(path.string()));
  }
  if (person.references.empty())
    fail(ErrorCode::kInput, folder, ": holds fewer than two recordings");
  return person;
}

Person warped(const Person& person, double semitones) {
  Person out = person;
  char shift[16];
  std::snprintf(shift, sizeof(shift), "%+g", semitones);
  out.name += shift;
  for (auto* list : {&out.prompts, &out.references}) {
    for (Waveform& wave : *list) {
      const int as_if =
          static_cast<int>(std::lround(wave.sample_rate_hz * std::exp2(semitones / 12)));
      wave.samples = resample(wave.samples, as_if, wave.sample_rate_hz);
    }
  }
  return out;
}

Likeness likeness_of(const Voice& voice, const std::vector<Waveform>& recordings) {
  std::vector<PromptSource> sources;
  for (const auto& wave : recordings)
    sources.push_back({"recording", std::make_shared<const Waveform>(wave)});
  const auto heard = voice.hear(sources);
  torch::NoGradGuard no_grad;
  Likeness out;
  out.vector = torch::tensor(heard->speaker.traits.vector, torch::kDouble);
  out.log_f0 = heard->speaker.traits.statistics.log_f0_mean;
  MelOptions options;
  options.bands = 60;
  options.lowest_hz = 60;
  options.highest_hz = 7600;
  const LogMel log_mel(options);
  std::vector<Tensor> frames;
  for (const auto& prompt : heard->prompts) {
    const Tensor mel = log_mel.frames(torch::tensor(prompt.samples, torch::kFloat).unsqueeze(0))[0];
    const Tensor level = mel.mean(1);
    frames.push_back(mel.index({level > level.max() - 3.5}));
  }
  const Tensor mean = torch::cat(frames).mean(0) * (20 / M_LN10);
  out.mel = mean - mean.mean();
  return out;
}

double cosine(const Likeness& a, const Likeness& b) {
  return torch::dot(a.vector, b.vector).item<double>();
}

double semitones(const Likeness& a, const Likeness& b) {
  return (a.log_f0 - b.log_f0) * 12 / M_LN2;
}

double mel_distance(const Likeness& a, const Likeness& b) {
  return (a.mel - b.mel).square().mean().sqrt().item<double>();
}

}  // namespace tts::bench
