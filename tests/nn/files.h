// Scratch folders, files made by hand and messages of refusals, for tests of weight files.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/error.h"
#include "nn/safetensors.h"
#include "tests/test.h"

namespace tts::testing {

// A fresh folder that goes away with the test.
struct Scratch {
  std::filesystem::path folder;
  Scratch() {
    folder =
        std::filesystem::temp_directory_path() / ("tts-safetensors-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
  }
  ~Scratch() { std::filesystem::remove_all(folder); }
  std::string operator/(const std::string& name) const { return (folder / name).string(); }
};

inline std::string file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A safetensors file from its header text and its data.
inline std::string make(const std::string& header, const std::string& data) {
  const uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), 8) + header + data;
}

// The message of the Error(kVoice) that opening these bytes gives; empty if it opens.
inline std::string refusal(const std::string& bytes) {
  try {
    SafeTensors::from_memory(bytes, "w.safetensors");
    return "";
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::kVoice);
    return e.what();
  }
}

template <typename Call>
inline std::string message_of(Call call) {
  try {
    call();
    return "";
  } catch (const Error& e) {
    return e.what();
  }
}

inline bool contains(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) MESSAGE("got: " << text);
  return found;
}

}  // namespace tts::testing
