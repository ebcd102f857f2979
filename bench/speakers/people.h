// The people of bench_speakers: recordings that no trainer saw, half of them prompts, half what the
// speech is compared with.
#pragma once
#include <string>
#include <vector>

#include "audio/file.h"
#include "engine/voice.h"

namespace tts::bench {

struct Person {
  std::string name, language;
  std::vector<Waveform> prompts, references;
  std::vector<std::string> texts;  // of the references
};

// Folders LANGUAGE_NAME of `speech` (metadata.csv, wavs/) that `held_back` has a list for, at most
// `count` prompts and references each.
std::vector<Person> held_back_people(const std::string& speech,
                                     const std::string& held_back,
                                     size_t count);

// A folder of recordings of one stranger, who reads the texts of `like`.
Person stranger(const std::string& folder, const Person& like, size_t count);

// The same, played so much faster or slower: another F0 and other formants.
Person warped(const Person& person, double semitones);

// What is compared: who is heard, how high, and the mean spectrum, free of the level.
struct Likeness {
  Tensor vector;      // [V] of unit length
  double log_f0 = 0;  // mean
  Tensor mel;         // [bands] decibels, mean of the sounding frames
};
Likeness likeness_of(const Voice& voice, const std::vector<Waveform>& recordings);

double cosine(const Likeness& a, const Likeness& b);
double semitones(const Likeness& a, const Likeness& b);     // of a over b
double mel_distance(const Likeness& a, const Likeness& b);  // root mean square over bands, dB

}  // namespace tts::bench
