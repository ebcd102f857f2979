#include "audio/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "core/error.h"
#include "tests/audio/helpers.h"
#include "tests/test.h"

using namespace tts;
using namespace tts::test;

namespace {

// The message of the error that `step` throws, "" if none; its code in `code`.
template <typename Step>
std::string message_of(Step step, ErrorCode* code = nullptr) {
  try {
    step();
  } catch (const Error& e) {
    if (code) *code = e.code();
    return e.what();
  }
  return "";
}

std::string read_error(const std::string& path) {
  ErrorCode code = ErrorCode::kInternal;
  const std::string message = message_of([&] { read_audio(path); }, &code);
  CHECK(code == ErrorCode::kInput);
  CHECK(message.find(path) == 0);  // names the file first
  return message;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The best normalised correlation over small shifts: lossy codecs delay.
double similarity(const std::vector<float>& a, const std::vector<float>& b, int most_shift) {
  double best = 0;
  for (int shift = -most_shift; shift <= most_shift; ++shift) {
    double ab = 0, aa = 0, bb = 0;
    for (size_t i = 4000; i + 4000 < a.size(); ++i) {
      const size_t j = i + shift;
      if (j >= b.size()) continue;
      ab += a[i] * b[j];
      aa += a[i] * a[i];
      bb += b[j] * b[j];
    }
    if (aa > 0 && bb > 0) best = std::max(best, ab / std::sqrt(aa * bb));
  }
  return best;
}

std::vector<float> speech_like(size_t count) {
  std::vector<float> out = sine(220, 24000, count, 0.3f);
  const std::vector<float> second = sine(1370, 24000, count, 0.2f);
  for (size_t i = 0; i < count; ++i) out[i] += second[i];
  return out;
}

}  // namespace

TEST_CASE("wav, flac and raw hold 16 bits exactly") {
  TemporaryFolder folder;
  std::vector<float> samples(5000);
  for (int i = 0; i < 5000; ++i) samples[i] = (i * 13 % 65536 - 32768) / 32768.0f;
  for (const char* name : {"a.wav", "b.flac", "c.WAV"}) {
    CAPTURE(name);
    write_audio(folder.file(name), {samples, 24000});
    const Waveform back = read_audio(folder.file(name));
    CHECK(back.sample_rate_hz == 24000);
    CHECK(back.samples == samples);
  }
  write_audio(folder.file("d.raw"), {{0.5f, -1.0f, 2.0f, -2.0f, NAN}, 24000});
  CHECK(bytes_of(folder.file("d.raw")) ==
        std::string("\x00\x40\x00\x80\xff\x7f\x00\x80\x00\x00", 10));
  CHECK(folder.size() == 4);  // nothing temporary is left
}

TEST_CASE("lossy formats sound the same") {
  TemporaryFolder folder;
  const std::vector<float> samples = speech_like(48000);
  for (const char* name : {"a.ogg", "b.opus", "c.mp3"}) {
    CAPTURE(name);
    AudioWriter writer(folder.file(name), 24000);
    for (size_t at = 0; at < samples.size(); at += 1000) writer.write(samples.data() + at, 1000);
    writer.finish();
    const Waveform back = read_audio(folder.file(name), 24000);
    CHECK(back.sample_rate_hz == 24000);
    CHECK(std::abs(double(back.samples.size()) - 48000) < 2500);
    CHECK(similarity(samples, back.samples, 1300) > 0.97);
  }
}

TEST_CASE("channels are averaged, and another rate is resampled when asked") {
  // Stereo WAV by hand, 2 frames at 8 kHz: (1000, 3000), (-2000, 0).
  const std::string wav(
      "RIFF\x2c\0\0\0WAVEfmt \x10\0\0\0\x01\0\x02\0\x40\x1f\0\0\0\x7d\0\0\x04\0\x10\0data\x08\0\0\0"
      "\xe8\x03\xb8\x0b\x30\xf8\0\0",
      52);
  const Waveform wave = read_audio(wav.data(), wav.size(), "hand.wav");
  CHECK(wave.sample_rate_hz == 8000);
  REQUIRE(wave.samples.size() == 2);
  CHECK(wave.samples[0] == doctest::Approx(2000 / 32768.0));
  CHECK(wave.samples[1] == doctest::Approx(-1000 / 32768.0));
  CHECK(read_audio(wav.data(), wav.size(), "hand.wav", 2 / 8000.0).samples == wave.samples);
  CHECK(contains(message_of([&] { read_audio(wav.data(), wav.size(), "hand.wav", 1 / 8000.0); }),
                 "hand.wav: is longer than"));

  TemporaryFolder folder;
  write_audio(folder.file("a.wav"), {sine(440, 16000, 16000), 16000});
  const Waveform high = read_audio(folder.file("a.wav"), 24000);
  CHECK(high.sample_rate_hz == 24000);
  CHECK(high.samples.size() == 24000);
  CHECK(similarity(sine(440, 24000, 24000), high.samples, 0) > 0.9999);
}

TEST_CASE("what cannot be read is named, with the reason") {
  TemporaryFolder folder;
  CHECK(contains(read_error(folder.file("missing.wav")), "no such file"));
  CHECK(contains(read_error(folder.path.string()), "is a folder"));
  put_bytes(folder.file("empty.wav"), "");
  CHECK(contains(read_error(folder.file("empty.wav")), "zero length"));
  put_bytes(folder.file("text.wav"), "Nothing that sounds.\n");
  CHECK(contains(read_error(folder.file("text.wav")), "not a sound file"));
  put_bytes(folder.file("long.txt"), std::string(100000, 'a'));
  CHECK(contains(read_error(folder.file("long.txt")), "not a sound file"));
  write_audio(folder.file("silent.wav"), {{}, 24000});
  CHECK(contains(read_error(folder.file("silent.wav")), "holds no samples"));
}

TEST_CASE("a file cut short gives what is there or a clear error") {
  TemporaryFolder folder;
  const std::vector<float> samples = speech_like(24000);
  for (const char* name : {"a.wav", "a.flac", "a.ogg", "a.opus", "a.mp3"}) {
    write_audio(folder.file(name), {samples, 24000});
    const std::string whole = bytes_of(folder.file(name));
    for (size_t kept : {size_t(1), size_t(20), size_t(43), size_t(60), whole.size() / 2}) {
      CAPTURE(name);
      CAPTURE(kept);
      ErrorCode code = ErrorCode::kInput;
      const std::string message = message_of(
          [&] {
            const Waveform wave = read_audio(whole.data(), kept, "cut");
            CHECK(!wave.samples.empty());
            CHECK(wave.samples.size() <= 26000);
          },
          &code);
      CHECK(code == ErrorCode::kInput);
      CHECK((message.empty() || message.find("cut: ") == 0));
    }
  }
}

TEST_CASE("damaged bytes never crash the reader") {
  TemporaryFolder folder;
  std::mt19937 random(7);
  for (const char* name : {"a.wav", "a.flac", "a.ogg", "a.opus", "a.mp3"}) {
    write_audio(folder.file(name), {speech_like(6000), 24000});
    const std::string whole = bytes_of(folder.file(name));
    for (int round = 0; round < 30; ++round) {
      std::string bytes = whole;
      for (int i = 0; i < 8; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
      for (int i = 0; i < 2; ++i) bytes[random() % 60] = static_cast<char>(random());
      message_of([&] { read_audio(bytes.data(), bytes.size(), name); });
    }
  }
}

TEST_CASE("unknown extensions and impossible rates are usage errors that name the known ones") {
  ErrorCode code = ErrorCode::kInternal;
  for (const char* path : {"a.aac", "noextension", "a.wav/b", "a."}) {
    const std::string message = message_of([&] { AudioWriter(path, 24000); }, &code);
    CHECK(code == ErrorCode::kUsage);
    CHECK(contains(message, "known: wav, flac, ogg, opus, mp3, raw"));
  }
  CHECK(contains(message_of([] { AudioWriter("a.opus", 22050); }, &code), "16000, 24000"));
  CHECK(code == ErrorCode::kUsage);
  CHECK(contains(message_of([] { AudioWriter("a.wav", 0); }, &code), "0 Hz"));
  CHECK(code == ErrorCode::kUsage);
}

TEST_CASE("a file appears only when it is finished") {
  TemporaryFolder folder;
  for (const char* name : {"a.wav", "a.flac", "a.ogg", "a.opus", "a.mp3", "a.raw"}) {
    CAPTURE(name);
    put_bytes(folder.file(name), "old");
    {
      AudioWriter writer(folder.file(name), 24000);
      writer.write(speech_like(10000));
      CHECK(bytes_of(folder.file(name)) == "old");
    }
    CHECK(bytes_of(folder.file(name)) == "old");
    CHECK(folder.size() == 1);  // the temporary file is gone
    write_audio(folder.file(name), {speech_like(10000), 24000});
    CHECK(bytes_of(folder.file(name)).size() > 500);
    CHECK(folder.size() == 1);
    std::filesystem::remove(folder.file(name));
  }
}

TEST_CASE("a symbolic link is followed, and an existing file keeps its name") {
  TemporaryFolder folder;
  std::filesystem::create_directory(folder.path / "there");
  put_bytes(folder.file("there/real.wav"), "old");
  std::filesystem::create_symlink("there/real.wav", folder.path / "link.wav");
  write_audio(folder.file("link.wav"), {sine(440, 24000, 100), 24000});
  CHECK(std::filesystem::is_symlink(folder.path / "link.wav"));
  CHECK(bytes_of(folder.file("there/real.wav")).size() == 244);
}

TEST_CASE("an output that cannot be written says why") {
  TemporaryFolder folder;
  ErrorCode code = ErrorCode::kInternal;
  std::string message = message_of([&] { AudioWriter(folder.file("no/a.wav"), 24000); }, &code);
  CHECK(code == ErrorCode::kOutput);
  CHECK(contains(message, "does not exist"));
  std::filesystem::create_directory(folder.path / "x.wav");
  message = message_of([&] { AudioWriter(folder.file("x.wav"), 24000); }, &code);
  CHECK(code == ErrorCode::kOutput);
  CHECK(contains(message, "is a folder"));
}

TEST_CASE("a full disk is an output error in every format") {
  for (const auto format : {AudioFormat::kWav,
                            AudioFormat::kFlac,
                            AudioFormat::kOgg,
                            AudioFormat::kOpus,
                            AudioFormat::kMp3,
                            AudioFormat::kRaw}) {
    ErrorCode code = ErrorCode::kInternal;
    const std::string message = message_of(
        [&] {
          AudioWriter writer("/dev/full", 24000, format);
          writer.write(speech_like(10000));
          writer.finish();
        },
        &code);
    CHECK(code == ErrorCode::kOutput);
    CHECK(contains(message, "/dev/full: cannot be written"));
  }
}

TEST_CASE("a pipe gets a WAV header of unknown length, and compressed formats whole") {
  TemporaryFolder folder;
  for (const auto format : {AudioFormat::kWav, AudioFormat::kFlac, AudioFormat::kMp3}) {
    const std::string path = folder.file("pipe");
    REQUIRE(mkfifo(path.c_str(), 0600) == 0);
    std::string received;
    std::thread reader([&] { received = bytes_of(path); });
    AudioWriter writer(path, 24000, format);
    writer.write(speech_like(20000));
    writer.finish();
    reader.join();
    const Waveform back = read_audio(received.data(), received.size(), "pipe");
    CHECK(back.samples.size() >= 20000);
    if (format == AudioFormat::kWav) {
      CHECK(received.size() == 44 + 40000);
      CHECK(received.substr(4, 4) == "\xff\xff\xff\xff");
      CHECK(back.samples.size() == 20000);
    }
    unlink(path.c_str());
  }
}

TEST_CASE("finishing twice is refused") {
  TemporaryFolder folder;
  AudioWriter writer(folder.file("a.wav"), 24000);
  writer.finish();
  CHECK_THROWS_AS(writer.finish(), Error);
  CHECK_THROWS_AS(writer.write({0.0f}), Error);
}
