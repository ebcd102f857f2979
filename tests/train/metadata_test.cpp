#include "train/metadata.h"

#include <filesystem>
#include <fstream>

#include "core/error.h"
#include "tests/messages.h"
#include "tests/test.h"

using namespace tts;
using namespace std::string_literals;

namespace {

namespace fs = std::filesystem;

struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "tts_metadata_XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path); }
  void file(const std::string& name, const std::string& content = "x") const {
    fs::create_directories(fs::path(path + "/" + name).parent_path());
    std::ofstream(path + "/" + name, std::ios::binary) << content;
  }
  std::string path;
};

RecordingList read(const std::string& content) {
  const Folder folder;
  folder.file("metadata.csv", content);
  return read_metadata(folder.path + "/metadata.csv");
}

std::string refusal(const std::string& content) {
  try {
    read(content);
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

// "id=text id=text", with "/speaker" where there is one.
std::string lines_of(const std::string& content) {
  std::string out;
  for (const ListedRecording& line : read(content).lines)
    out += (out.empty() ? "" : " ") + line.id + "=" + line.text +
           (line.speaker.empty() ? "" : "/" + line.speaker);
  return out;
}

const std::string kRead = "1=The clock. 2=A wind blew.";

}  // namespace

TEST_CASE("metadata.csv is read in every encoding and with every line end that is known") {
  CHECK(lines_of("1|The clock.\n2|A wind blew.\n") == kRead);
  CHECK(lines_of("\xEF\xBB\xBF"
                 "1|The clock.\n2|A wind blew.") == kRead);
  CHECK(lines_of("1|The clock.\r\n2|A wind blew.\r\n") == kRead);
  CHECK(lines_of("1|The clock.\r2|A wind blew.\r") == kRead);
  CHECK(lines_of("\n1|The clock.\n\n \n2|A wind blew.\n") == kRead);
  CHECK(lines_of("\xFF\xFE"
                 "1\0|\0\xE9\0\n\0"s +
                 "2\0|\0b\0"s) == "1=é 2=b");
  const std::string wrong = refusal("1|The clock.\n2|Caf\xE9.\n");
  CHECK(contains_text(wrong, "metadata.csv:2: is not UTF-8 text (`iconv -f latin1"));
  CHECK(contains_text(refusal("\xFF\xFE"
                              "1"),
                      "ends within a character of UTF-16"));
}

TEST_CASE("Fields are trimmed, in quotes or not, and a tab separates where no bar does") {
  CHECK(lines_of("1 | The clock. \n 2|\tA wind blew.\n") == kRead);
  CHECK(lines_of("1|\"The clock.\"\n2|\"A \"\"wind\"\" blew.\"\n") ==
        "1=The clock. 2=A \"wind\" blew.");
  CHECK(lines_of("1|\"Tea\", he said, \"now\"\n2|A wind blew.\n") ==
        "1=\"Tea\", he said, \"now\" 2=A wind blew.");
  CHECK(lines_of("1\tThe clock.\n2\tA wind blew.\n") == kRead);
}

TEST_CASE("Three columns: LJSpeech's, a speaker's second, a speaker's third") {
  CHECK(lines_of("1|Dr. Smith paid.|Doctor Smith paid.\n2|A wind.|A wind.\n") ==
        "1=Dr. Smith paid. 2=A wind.");
  CHECK(lines_of("1|male1|The clock.\n2|male1|A wind blew.\n") ==
        "1=The clock./male1 2=A wind blew./male1");
  CHECK(lines_of("1|The clock.|me\n2|A wind blew.|me\n") == "1=The clock./me 2=A wind blew./me");
  CHECK(lines_of("1|yes|yes\n2|no|no\n") == "1=yes 2=no");  // words, and again
  CHECK(read("1|The clock.\n").columns.empty());
  CHECK(read("1|male1|The clock.\n2|male1|A wind.\n").columns ==
        "column 1 is the recording, column 3 its text, column 2 who speaks");
}

TEST_CASE("A first line names the columns") {
  CHECK(lines_of(
            "audio_file|text|speaker_name\nwavs/1.wav|The clock.|me\nwavs/2.wav|A wind.|you\n") ==
        "1=The clock./me 2=A wind./you");
  CHECK(lines_of("Speaker|ID|Text\nme|1|yes\nyou|2|no\n") == "1=yes/me 2=no/you");
  CHECK(lines_of("id|text\n1|The clock.\n2|A wind blew.\n") == kRead);
  CHECK(lines_of("id|The clock.\n2|A wind blew.\n") == "id=The clock. 2=A wind blew.");
}

TEST_CASE("An id may have a folder and an extension, and may not lead out of the folder") {
  CHECK(lines_of("1.wav|a b\nwavs/2.WAV|c d\n./3.flac|e f\na/4|g h\n5.6|i j\n") ==
        "1=a b 2=c d 3=e f a/4=g h 5.6=i j");
  const RecordingList read_out = read(
      "../../x|a b\n/etc/passwd|c d\na/../../b|e f\n..|g h\nwavs/|i j\nC:\\x|k l\n7|m n\n8|o p\n");
  CHECK(read_out.lines.size() == 2);
  REQUIRE(read_out.problems.size() == 6);
  CHECK(contains_text(read_out.problems[0],
                      "metadata.csv:1: \"../../x\" is no name of a file in the folder"));
}

TEST_CASE("What is twice, empty or the same everywhere is said") {
  const RecordingList twice = read("1|a b\n1.wav|a b\n2|c d\n3|\n4\n");
  CHECK(twice.lines.size() == 2);
  REQUIRE(twice.problems.size() == 3);
  CHECK(contains_text(twice.problems[0], ":2: \"1\" was there in line 1 already"));
  CHECK(contains_text(twice.problems[1], ":4: not of the form id|text"));
  CHECK(contains_text(twice.problems[2], ":5: not of the form id|text"));
  CHECK(contains_text(refusal("1|x|male\n2|x|female\n3|x|male\n"), "all 3 texts are \"x\""));
  CHECK(read("1|x\n").lines.size() == 1);
  CHECK(contains_text(refusal("1|a\n"s + "2|a\n"), "id|speaker|text says where"));
}

TEST_CASE("Recordings are found beside metadata.csv and in wavs/, in capitals too") {
  const Folder folder;
  for (const char* name : {"wavs/1.WAV", "2.flac", "wavs/a/3.Ogg", "wavs/4.m4a", "wavs/5.6.mp3"})
    folder.file(name);
  const auto found = [&](const std::string& id) {
    return find_recording(folder.path, id).substr(folder.path.size());
  };
  CHECK(found("1") == "/wavs/1.WAV");
  CHECK(found("2") == "/2.flac");
  CHECK(found("a/3") == "/wavs/a/3.Ogg");
  CHECK(found("5.6") == "/wavs/5.6.mp3");
  CHECK_THROWS_WITH(found("4"), doctest::Contains("4.m4a: is of no kind that is read: .opus"));
  CHECK_THROWS_WITH(found("7"), doctest::Contains("/wavs/7: no .opus, .flac"));
}
