// A stable 64-bit hash of bytes: XXH64 (Yann Collet, xxHash specification 0.1.1). For identities
// and checksums of files, not against forgery.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace tts {

uint64_t xxh64(const void* data, size_t bytes, uint64_t seed = 0);

// 16 lower-case hexadecimal digits.
std::string to_hex(uint64_t value);

}  // namespace tts
