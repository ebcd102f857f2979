#include "train/shard.h"

#include <filesystem>
#include <fstream>

#include "core/error.h"
#include "tests/test.h"
#include "train/json_file.h"
#include "train/prepare.h"

using namespace tts;
namespace fs = std::filesystem;

namespace {

std::string scratch(const std::string& name) {
  const fs::path folder = fs::temp_directory_path() / ("tts-shard-" + name);
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder.string();
}

ShardItem item(const std::string& id, size_t bytes) {
  ShardItem i;
  i.id = id;
  i.text = "Grüße, \"you\"";
  i.speaker = "someone";
  i.language = "de";
  i.band_limit_hz = 8000;
  Symbol a;
  a.phone = "aɪ";
  a.stress = 2;
  a.long_mark = true;
  a.word_end = true;
  i.symbols = {a};
  i.audio = std::string(bytes, '\0');
  i.audio[0] = 'x';
  i.f0_decihertz = {0, 2001};
  return i;
}

}  // namespace

TEST_CASE("what goes into a shard comes out of it") {
  const std::string folder = scratch("round");
  ShardWriter writer(folder + "/s");
  writer.add(item("one", 10));
  writer.add(item("two", 3));
  const auto files = writer.finish();
  REQUIRE(files.size() == 1);
  const auto items = read_shard(files[0]);
  REQUIRE(items.size() == 2);
  CHECK(items[1].id == "two");
  CHECK(items[0].band_limit_hz == 8000);
  CHECK(items[0].text == "Grüße, \"you\"");
  CHECK(items[0].audio == item("one", 10).audio);
  CHECK(items[0].f0_decihertz == std::vector<uint16_t>{0, 2001});
  CHECK(items[0].symbols[0].phone == "aɪ");
  CHECK(attribute_id(items[0].symbols[0]) == 2 + 3 + 6);
}

TEST_CASE("shards stay under 24 MiB") {
  const std::string folder = scratch("large");
  ShardWriter writer(folder + "/s");
  for (int i = 0; i < 5; ++i) writer.add(item(std::to_string(i), 10 << 20));
  const auto files = writer.finish();
  CHECK(files.size() == 3);
  for (const auto& file : files) CHECK(fs::file_size(file) <= kShardBytes);
}

TEST_CASE("damaged shards are refused by name") {
  const std::string folder = scratch("bad");
  ShardWriter writer(folder + "/s");
  writer.add(item("one", 1000));
  const std::string path = writer.finish()[0];
  fs::resize_file(path, fs::file_size(path) - 500);
  CHECK_THROWS_WITH(read_shard(path), doctest::Contains("cut short"));
  std::ofstream(folder + "/x.shard") << "not a shard at all";
  CHECK_THROWS_WITH(read_shard(folder + "/x.shard"), doctest::Contains("is not a shard"));
  CHECK_THROWS_AS(read_shard(folder + "/none.shard"), Error);
  const std::string header(1'000'000, '[');
  const uint64_t size = header.size();
  std::string deep = "TTSSHRD1" + std::string(reinterpret_cast<const char*>(&size), 8) + header;
  std::ofstream(folder + "/deep.shard", std::ios::binary) << deep;
  CHECK_THROWS_WITH_AS(
      read_shard(folder + "/deep.shard"), doctest::Contains("the header is damaged"), Error);
}

TEST_CASE("JSON files of the trainers are refused by name") {
  const std::string path = scratch("json") + "/duration.json";
  CHECK_THROWS_WITH_AS(read_json(path), doctest::Contains("train that stage first"), Error);
  write_json(path, {{"a", 1}});
  CHECK(read_json(path) == nlohmann::json{{"a", 1}});
  for (const std::string& text : {std::string("{\"a\": "), std::string(1'000'000, '[')}) {
    std::ofstream(path) << text;
    CHECK_THROWS_WITH_AS(read_json(path), doctest::Contains("duration.json: "), Error);
  }
}

TEST_CASE("a table of people names whose recordings lie where, in which language, from what rate") {
  const std::string folder = scratch("people");
  CHECK(read_speaker_table(folder).empty());
  const auto table = [&](const std::string& text) {
    std::ofstream(folder + "/speakers.csv", std::ios::binary) << text;
    return read_speaker_table(folder);
  };
  const auto people = table("id|lang|sex|min_source_hz\r\na1|en|F|16000\nb2|de|M|\n\n");
  REQUIRE(people.size() == 2);
  CHECK(people[0].speaker == "a1");
  CHECK(people[0].folder == folder + "/a1");
  CHECK(people[0].language == "en");
  CHECK(people[0].source_rate_hz == 16000);
  CHECK(people[1].language == "de");
  CHECK(people[1].source_rate_hz == 0);
  CHECK(table("lang|id\nnl|c3\n").at(0).speaker == "c3");  // columns go by their names
  CHECK_THROWS_WITH(table("name|lang\nx|en\n"),
                    doctest::Contains("speakers.csv:1: must name the columns id and lang"));
  CHECK_THROWS_WITH(table("id|sex|lang\nx|F\n"),
                    doctest::Contains("speakers.csv:2: has 2 columns of 3"));
}
