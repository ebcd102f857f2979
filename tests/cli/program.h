// Runs the real program and keeps what it said.
#pragma once
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/temporary_folder.h"
#include "tests/test.h"

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_file(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

struct Outcome {
  int code = -1;
  std::string out, err;
};

// One shell word.
inline std::string quoted(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

// `arguments` is shell text behind "tts"; `before` may set variables or feed a pipe.
inline Outcome run_tts(const std::string& arguments, const std::string& before = "") {
  const TemporaryFolder scratch;
  const std::string feed = before.find('|') == std::string::npos ? " < /dev/null" : "";
  const std::string command = before + " " TTS_BINARY_DIR "/tts " + arguments + feed + " > " +
                              (scratch / "out") + " 2> " + (scratch / "err");
  const int status = std::system(command.c_str());
  Outcome outcome;
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = read_file(scratch / "out");
  outcome.err = read_file(scratch / "err");
  return outcome;
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const std::string kDummy = "--voice dummy --seed 1 ";
const std::string kHello = "'[[həlˈoʊ]] [[wˈɜːld]].' ";

inline void check_fails(const std::string& arguments,
                        int code,
                        const std::string& message,
                        const std::string& before = "") {
  const Outcome outcome = run_tts(arguments, before);
  INFO(arguments);
  CHECK(outcome.code == code);
  CHECK_MESSAGE(has(outcome.err, message), outcome.err);
  CHECK(outcome.out.empty());
}

// The sample count of a canonical WAV of 16 bits, -1 when it is none.
inline long wav_samples(const std::string& bytes) {
  if (bytes.size() < 44 || bytes.compare(0, 4, "RIFF") != 0) return -1;
  return static_cast<long>(bytes.size() - 44) / 2;
}
