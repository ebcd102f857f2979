#include "codec/token_file.h"

#include <array>
#include <cstring>
#include <fstream>
#include <iterator>

#include "audio/output_file.h"
#include "core/error.h"

namespace tts {
namespace {

constexpr char kMagic[] = "TTSTOKEN";
constexpr uint32_t kVersion = 1;
constexpr uint32_t kCodeBits = 10, kMaxCodebooks = 64;
constexpr size_t kMagicBytes = 8, kIdentityBytes = 16, kHeaderBytes = 60, kChecksumBytes = 4;

// CRC-32 as in zip and PNG: reflected polynomial 0xEDB88320.
uint32_t crc32(const char* data, size_t bytes) {
  static const std::array<uint32_t, 256> table = [] {
    std::array<uint32_t, 256> out{};
    for (uint32_t i = 0; i < 256; ++i) {
      out[i] = i;
      for (int bit = 0; bit < 8; ++bit) out[i] = (out[i] >> 1) ^ ((out[i] & 1) ? 0xEDB88320u : 0);
    }
    return out;
  }();
  uint32_t crc = 0xFFFFFFFFu;
  for (size_t i = 0; i < bytes; ++i)
    crc = table[(crc ^ static_cast<unsigned char>(data[i])) & 255] ^ (crc >> 8);
  return ~crc;
}

template <typename Number>
void put(std::string& out, Number value) {
  for (size_t i = 0; i < sizeof(Number); ++i) out += static_cast<char>(value >> (8 * i));
}

template <typename Number>
Number take(const char*& at) {
  Number value = 0;
  for (size_t i = 0; i < sizeof(Number); ++i)
    value |= static_cast<Number>(static_cast<unsigned char>(*at++)) << (8 * i);
  return value;
}

// Lowest bit first: code i occupies bits [10 i, 10 i + 10) of the stream.
std::string pack(const std::vector<uint16_t>& codes) {
  std::string out;
  out.reserve((codes.size() * kCodeBits + 7) / 8);
  uint32_t waiting = 0, bits = 0;
  for (const uint16_t code : codes) {
    if (code >> kCodeBits)
      fail(ErrorCode::kInternal, "code ", code, " has more than ", kCodeBits, " bits");
    waiting |= static_cast<uint32_t>(code) << bits;
    for (bits += kCodeBits; bits >= 8; bits -= 8, waiting >>= 8) out += static_cast<char>(waiting);
  }
  if (bits > 0) out += static_cast<char>(waiting);
  return out;
}

std::vector<uint16_t> unpack(const char* data, size_t count) {
  std::vector<uint16_t> codes(count);
  uint32_t waiting = 0, bits = 0;
  for (uint16_t& code : codes) {
    for (; bits < kCodeBits; bits += 8)
      waiting |= static_cast<uint32_t>(static_cast<unsigned char>(*data++)) << bits;
    code = static_cast<uint16_t>(waiting & ((1u << kCodeBits) - 1));
    waiting >>= kCodeBits;
    bits -= kCodeBits;
  }
  return codes;
}

// Everything before the codes; `frames` is checked against what the file can hold.
TokenFile parse_header(const char* at, size_t bytes, const std::string& where) {
  TokenFile tokens;
  at += kMagicBytes + sizeof(kVersion);
  tokens.sample_rate_hz = take<uint32_t>(at);
  tokens.frames_per_second = take<uint32_t>(at);
  tokens.codebooks = take<uint32_t>(at);
  const uint32_t code_bits = take<uint32_t>(at);
  tokens.codec_identity.assign(at, kIdentityBytes);
  at += kIdentityBytes;
  tokens.frames = take<uint64_t>(at);
  tokens.samples = take<uint64_t>(at);
  const bool sane =
      code_bits == kCodeBits && tokens.codebooks >= 1 && tokens.codebooks <= kMaxCodebooks &&
      tokens.sample_rate_hz > 0 && tokens.frames_per_second > 0 && tokens.frames <= bytes &&
      tokens.samples <= tokens.frames * (tokens.sample_rate_hz / tokens.frames_per_second);
  if (!sane) fail(ErrorCode::kInput, where, ": the header of the token file is damaged");
  return tokens;
}

}  // namespace

std::string token_bytes(const TokenFile& tokens) {
  if (tokens.codec_identity.size() != kIdentityBytes ||
      tokens.codes.size() != tokens.frames * tokens.codebooks) {
    fail(ErrorCode::kInternal,
         "token file: ",
         tokens.codes.size(),
         " codes, but ",
         tokens.frames,
         " frames of ",
         tokens.codebooks);
  }
  std::string out(kMagic, kMagicBytes);
  put(out, kVersion);
  put(out, tokens.sample_rate_hz);
  put(out, tokens.frames_per_second);
  put(out, tokens.codebooks);
  put(out, kCodeBits);
  out += tokens.codec_identity;
  put(out, tokens.frames);
  put(out, tokens.samples);
  out += pack(tokens.codes);
  put(out, crc32(out.data(), out.size()));
  return out;
}

TokenFile parse_tokens(const std::string& bytes, const std::string& where) {
  if (bytes.size() < kMagicBytes || std::memcmp(bytes.data(), kMagic, kMagicBytes) != 0) {
    fail(ErrorCode::kInput,
         where,
         ": is not a token file; make one with: tts codec encode in.wav -o in.tok");
  }
  if (bytes.size() < kHeaderBytes + kChecksumBytes)
    fail(ErrorCode::kInput, where, ": the token file is cut short");
  const char* version = bytes.data() + kMagicBytes;
  if (const auto found = take<uint32_t>(version); found != kVersion) {
    fail(ErrorCode::kInput,
         where,
         ": is a token file of version ",
         found,
         "; this program reads version ",
         kVersion);
  }
  TokenFile tokens = parse_header(bytes.data(), bytes.size(), where);
  const size_t count = tokens.frames * tokens.codebooks;
  const size_t expected = kHeaderBytes + (count * kCodeBits + 7) / 8 + kChecksumBytes;
  if (bytes.size() != expected) {
    fail(ErrorCode::kInput,
         where,
         ": has ",
         bytes.size(),
         " bytes; ",
         tokens.frames,
         " frames of ",
         tokens.codebooks,
         " codes need ",
         expected,
         ": it is ",
         bytes.size() < expected ? "cut short" : "damaged");
  }
  const char* checksum = bytes.data() + expected - kChecksumBytes;
  if (take<uint32_t>(checksum) != crc32(bytes.data(), expected - kChecksumBytes)) {
    fail(ErrorCode::kInput, where, ": its checksum does not match; the token file is damaged");
  }
  tokens.codes = unpack(bytes.data() + kHeaderBytes, count);
  return tokens;
}

void write_tokens(const std::string& path, const TokenFile& tokens) {
  OutputFile file(path, false);
  const std::string bytes = token_bytes(tokens);
  file.write(bytes.data(), bytes.size());
  file.finish();
}

TokenFile read_tokens(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) fail(ErrorCode::kInput, path, ": cannot be opened");
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return parse_tokens(bytes, path);
}

void check_codec(const TokenFile& tokens, const std::string& identity, const std::string& where) {
  if (tokens.codec_identity == identity) return;
  fail(ErrorCode::kInput,
       where,
       ": was made by codec ",
       tokens.codec_identity,
       ", but this codec is ",
       identity,
       "; decode it with the codec that made it (--codec DIR), or make it again from its recording "
       "(tts codec encode)");
}

}  // namespace tts
