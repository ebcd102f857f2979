// Token files: the codes of a recording with the identity of the codec that they belong to. The
// format, byte by byte, is in docs/token-file.md.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tts {

struct TokenFile {
  std::string codec_identity;  // 16 hexadecimal digits
  uint32_t sample_rate_hz = 24000;
  uint32_t frames_per_second = 50;
  uint32_t codebooks = 0;       // Q, 1 … 64
  uint64_t frames = 0;          // T
  uint64_t samples = 0;         // of the recording: the last frame may reach beyond it
  std::vector<uint16_t> codes;  // [T, Q], each below 1024
};

// Throws Error(kInternal) for codes that do not fit their description.
std::string token_bytes(const TokenFile& tokens);

// `where` names the source in messages. Throws Error(kInput) for bytes that are no token file, of a
// later version, cut short, too long or damaged (the checksum).
TokenFile parse_tokens(const std::string& bytes, const std::string& where);

// Appears whole or not at all. Throws Error(kOutput).
void write_tokens(const std::string& path, const TokenFile& tokens);
TokenFile read_tokens(const std::string& path);

// Throws Error(kInput) naming both codecs when the tokens were made by another.
void check_codec(const TokenFile& tokens, const std::string& identity, const std::string& where);

}  // namespace tts
