// Token files. Bytes are taken as they are and with the checksum that belongs to them, which no
// change of a byte would find by itself.
#include <cstdint>

#include "codec/token_file.h"
#include "tests/fuzz/fuzz.h"

using namespace tts;
using namespace tts::fuzz;

namespace {

// CRC-32 of zip, bit by bit.
uint32_t crc32(std::string_view bytes) {
  uint32_t crc = 0xFFFFFFFFu;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? 0xEDB88320u : 0);
  }
  return ~crc;
}

std::string with_checksum(std::string_view bytes) {
  std::string out(bytes.substr(0, bytes.size() - 4));
  const uint32_t crc = crc32(out);
  for (int i = 0; i < 4; ++i) out += static_cast<char>(crc >> (8 * i));
  return out;
}

void check(const std::string& bytes) {
  const TokenFile tokens = parse_tokens(bytes, "a.tok");
  require(tokens.codebooks >= 1 && tokens.codebooks <= 64, tokens.codebooks, " codebooks");
  require(tokens.codes.size() == tokens.frames * tokens.codebooks, "the number of codes");
  for (const uint16_t code : tokens.codes) require(code < 1024, "code ", code);
  const std::string written = token_bytes(tokens);
  require(written.size() == bytes.size(), "written anew it has ", written.size(), " bytes");
  const TokenFile again = parse_tokens(written, "again.tok");
  require(again.codes == tokens.codes && again.codec_identity == tokens.codec_identity &&
              again.samples == tokens.samples && again.sample_rate_hz == tokens.sample_rate_hz &&
              again.frames_per_second == tokens.frames_per_second,
          "written and read again it differs");
  check_codec(tokens, tokens.codec_identity, "a.tok");
}

}  // namespace

TTS_FUZZ_TARGET(tokens, 20000, ErrorCode::kInput) {
  if (bytes.size() > 4) check(with_checksum(bytes));
  check(std::string(bytes));
}
