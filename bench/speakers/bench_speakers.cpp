// How far cloning goes: a voice speaks with prompts of people whose recordings no trainer saw, and
// what it says is compared with other recordings of them.
//
//   bench_speakers [--voice NAME] [--speech DIR] [--held-back DIR] [--count N] [--generator G]
//                  [--semitones X]… [--stranger DIR]…
//
// Prints two Markdown tables. The first has a row for each person and length of prompt: cosine of
// the speaker encoder with the person's own other recordings and with the most similar other
// person, share of the sentences that are nearest to the right person, and two measures that know
// nothing of the encoder: F0 and the mean mel spectrum. Rows "natural" are the person's own
// prompts instead of the voice: the most that can be reached. The second table has the cosine of
// each prompt's speech with each person: swapping the prompt moves it.
//
// --semitones adds everybody played higher or lower, a speaker that does not exist; --stranger a
// folder of recordings of somebody else, who is given the texts of the first person.
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "bench/speakers/people.h"
#include "core/error.h"
#include "engine/synthesizer.h"
#include "nn/runtime.h"

using namespace tts;
using namespace tts::bench;

namespace {

struct Arguments {
  std::string voice = "kerstin", generator;
  std::string speech = "../shared/speech", held_back = "voices/held_back";
  size_t count = 12;
  std::vector<double> semitones;
  std::vector<std::string> strangers;
};

Arguments parse(int argc, char** argv) {
  Arguments a;
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i], value = i + 1 < argc ? argv[i + 1] : "";
    if (i + 1 >= argc) fail(ErrorCode::kUsage, name, " needs a value");
    if (name == "--voice") {
      a.voice = value;
    } else if (name == "--generator") {
      a.generator = value;
    } else if (name == "--speech") {
      a.speech = value;
    } else if (name == "--held-back") {
      a.held_back = value;
    } else if (name == "--count") {
      a.count = std::strtoul(value.c_str(), nullptr, 10);
    } else if (name == "--semitones") {
      a.semitones.push_back(std::atof(value.c_str()));
    } else if (name == "--stranger") {
      a.strangers.push_back(value);
    } else {
      fail(ErrorCode::kUsage,
           "unknown flag ",
           name,
           "; known: --voice --generator --speech --held-back --count --semitones --stranger");
    }
  }
  if (a.count == 0) fail(ErrorCode::kUsage, "--count must be a number above 0");
  return a;
}

// Each text by itself, spoken with the prompts.
std::vector<Waveform> speech_with(const std::shared_ptr<const Voice>& voice,
                                  const Arguments& a,
                                  const Person& person,
                                  const std::vector<Waveform>& prompts) {
  SpeakOptions options;
  options.seed = 1;
  options.generator = a.generator;
  options.language = person.language;
  for (const auto& prompt : prompts)
    options.prompts.push_back({person.name, std::make_shared<const Waveform>(prompt)});
  const Synthesizer synthesizer(voice, options);
  const std::atomic<bool> never{false};
  std::vector<Waveform> out;
  for (const auto& text : person.texts) {
    Waveform wave{{}, synthesizer.sample_rate_hz()};
    synthesizer.speak(
        text,
        InputKind::kPlain,
        [&](const Event& event) {
          wave.samples.insert(wave.samples.end(), event.audio.begin(), event.audio.end());
        },
        never);
    out.push_back(std::move(wave));
  }
  return out;
}

double seconds_of(const std::vector<Waveform>& recordings) {
  double sum = 0;
  for (const auto& wave : recordings)
    sum += static_cast<double>(wave.samples.size()) / wave.sample_rate_hz;
  return sum;
}

// Of the people but `own`: the one whose recordings the speech is most like.
size_t nearest(const Likeness& speech, const std::vector<Likeness>& people, size_t other_than) {
  size_t best = other_than == 0 ? 1 : 0;
  for (size_t i = 0; i < people.size(); ++i) {
    if (i != other_than && cosine(speech, people[i]) > cosine(speech, people[best])) best = i;
  }
  return best;
}

struct Row {
  std::string person, prompt;
  size_t own = 0;
  Likeness all;                  // of all sentences together
  std::vector<Likeness> single;  // of each
};

Row row_of(const Voice& voice,
           const std::string& person,
           const std::string& prompt,
           size_t own,
           const std::vector<Waveform>& speech) {
  Row row{person, prompt, own, likeness_of(voice, speech), {}};
  for (const auto& wave : speech) row.single.push_back(likeness_of(voice, {wave}));
  return row;
}

void print_row(const Row& row,
               const std::vector<Person>& people,
               const std::vector<Likeness>& natural) {
  double own = 0, other = 0;
  size_t right = 0;
  for (const auto& sentence : row.single) {
    const size_t next = nearest(sentence, natural, row.own);
    own += cosine(sentence, natural[row.own]);
    other += cosine(sentence, natural[next]);
    right += cosine(sentence, natural[row.own]) > cosine(sentence, natural[next]) ? 1 : 0;
  }
  const auto n = static_cast<double>(row.single.size());
  const size_t next = nearest(row.all, natural, row.own);
  std::printf("| %s | %s | %.2f | %.2f (%s) | %.0f %% | %+.1f | %+.1f | %.1f | %.1f |\n",
              row.person.c_str(),
              row.prompt.c_str(),
              own / n,
              other / n,
              people[next].name.c_str(),
              100 * static_cast<double>(right) / n,
              semitones(row.all, natural[row.own]),
              semitones(row.all, natural[next]),
              mel_distance(row.all, natural[row.own]),
              mel_distance(row.all, natural[next]));
  std::fflush(stdout);
}

void print_swaps(const std::vector<Row>& rows,
                 const std::vector<Person>& people,
                 const std::vector<Likeness>& natural) {
  std::printf("\nCosine of the speech with each person's recordings, by prompt:\n\n| prompt |");
  for (const auto& person : people) std::printf(" %s |", person.name.c_str());
  std::printf("\n|---|");
  for (size_t i = 0; i < people.size(); ++i) std::printf("---|");
  std::printf("\n");
  for (const Row& row : rows) {
    std::printf("| %s |", row.person.c_str());
    for (const auto& other : natural) std::printf(" %.2f |", cosine(row.all, other));
    std::printf("\n");
  }
}

std::vector<Person> people_of(const Arguments& a) {
  std::vector<Person> people = held_back_people(a.speech, a.held_back, a.count);
  if (people.size() < 2)
    fail(ErrorCode::kInput, a.speech, ": has fewer than two people with a list in ", a.held_back);
  const size_t known = people.size();
  for (const double semitones : a.semitones) {
    for (size_t i = 0; i < known; ++i) people.push_back(warped(people[i], semitones));
  }
  for (const auto& folder : a.strangers) people.push_back(stranger(folder, people[0], a.count));
  return people;
}

int run(const Arguments& a) {
  configure_runtime(1);
  keep_freed_memory();
  const auto voice = Voice::open(a.voice);
  const std::vector<Person> people = people_of(a);
  std::vector<Likeness> natural;
  for (const auto& person : people) natural.push_back(likeness_of(*voice, person.references));
  std::printf(
      "| person | prompt | cosine: own | nearest other | nearest is right | F0 − own, "
      "semitones | F0 − other | mel distance: own, dB | other |\n"
      "|---|---|---|---|---|---|---|---|---|\n");
  std::vector<Row> longest;
  for (size_t i = 0; i < people.size(); ++i) {
    const Person& person = people[i];
    print_row(row_of(*voice, person.name, "natural", i, person.prompts), people, natural);
    for (const size_t count : {size_t{1}, person.prompts.size()}) {
      const std::vector<Waveform> prompts(person.prompts.begin(),
                                          person.prompts.begin() + static_cast<int64_t>(count));
      char what[64];
      std::snprintf(what, sizeof(what), "%zu recordings, %.0f s", count, seconds_of(prompts));
      const Row row = row_of(*voice, person.name, what, i, speech_with(voice, a, person, prompts));
      print_row(row, people, natural);
      if (count == person.prompts.size()) longest.push_back(row);
    }
  }
  print_swaps(longest, people, natural);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(parse(argc, argv));
  } catch (const Error& e) {
    std::fprintf(stderr, "bench_speakers: %s\n", e.what());
    return exit_code(e.code());
  }
}
