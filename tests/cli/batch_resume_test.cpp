// `tts batch`: the journal, and runs that were killed.
#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "core/hash.h"
#include "tests/cli/batch_helpers.h"
#include "tests/test.h"

TEST_CASE("tts batch: a second run makes only what is new, changed or gone") {
  const TemporaryFolder folder;
  write_file(folder / "in.jsonl",
             R"({"id": "a", "text": "[[a]]."}
{"id": "b", "text": "[[b]]."}
{"id": "c", "text": "[[k]].", "lexicon": ")" +
                 (folder / "lexicon") + R"("}
{"id": "d", "text": " "}
)");
  write_file(folder / "lexicon", "word\ta\n");
  const std::string run = kBatch + (folder / "in.jsonl") + " -o " + (folder / "out");
  const std::string journal = folder / "out/batch.journal.jsonl";
  CHECK(has(run_tts(run).err, "3 of 4 done, 1 failed"));
  CHECK(lines_of(journal).size() == 4);
  const auto first = content_of(folder / "out");
  const Outcome again = run_tts(run);
  CHECK(again.code == 1);  // what failed is tried again
  CHECK(has(again.err, "3 of 4 done, 3 of them before, 1 failed"));
  CHECK(lines_of(journal).size() == 5);
  CHECK(content_of(folder / "out") == first);

  const auto made = [&](const std::string& options, std::vector<std::string> names) {
    const size_t before = lines_of(journal).size();
    run_tts(run + options);
    const auto lines = lines_of(journal);
    std::vector<std::string> found;
    for (size_t i = before; i < lines.size(); ++i) {
      if (lines[i].count("error") == 0) found.push_back(lines[i]["output"]);
    }
    std::sort(found.begin(), found.end());  // they are made side by side
    INFO(options);
    CHECK(found == names);
  };
  write_file(folder / "in.jsonl",
             R"({"id": "a", "text": "[[a]]."}
{"id": "b", "text": "[[b]] [[b]]."}
{"id": "c", "text": "[[k]].", "lexicon": ")" +
                 (folder / "lexicon") + R"("}
)");
  made("", {"b.wav"});
  write_file(folder / "lexicon", "word\tb\n");  // the content of a file that an option names
  made("", {"c.wav"});
  fs::remove(folder / "out/a.wav");
  made("", {"a.wav"});
  write_file(folder / "out/b.wav", "half");
  made("", {"b.wav"});
  made(" --threads 2", {});
  made(" --speed 1.5", {"a.wav", "b.wav", "c.wav"});
  made("", {"a.wav", "b.wav", "c.wav"});
  made(" --force", {"a.wav", "b.wav", "c.wav"});
  made(" --generator vibrato", {"a.wav", "b.wav", "c.wav"});
  made(" --generator vibrato --voice dummy", {});
}

TEST_CASE("tts batch: a voice that was trained again makes its items again") {
  const TemporaryFolder folder;
  REQUIRE(shell(TTS_BINARY_DIR "/make_tiny_voice " + quoted(folder.path) + " > /dev/null") == 0);
  std::string voice;
  for (const auto& entry : fs::directory_iterator(folder.path)) {
    if (fs::exists(entry.path() / "voice.json")) voice = entry.path().string();
  }
  REQUIRE(!voice.empty());
  write_file(folder / "a.txt", "[[a]].");
  write_file(folder / "a.ssml", "<speak><voice name='tiny'>[[a]].</voice></speak>");
  const std::string run =
      "batch --voice " + voice + " " + (folder / "a.txt") + " -o " + (folder / "out");
  const std::string cast = kBatch + "--ssml " + (folder / "a.ssml") + " -o " + (folder / "cast");
  const std::string path = "TTS_VOICE_PATH=" + folder.path;
  check_fails(kBatch + (folder / "a.ssml") + " -o " + (folder / "cast"), 2, "is read with --ssml");
  for (const std::string& command : {run, cast}) {
    INFO(command);
    CHECK(has(run_tts(command, path).err, "1 of 1 done\n"));
    CHECK(has(run_tts(command, path).err, "1 of them before"));
  }
  std::string weights = read_file(voice + "/duration.safetensors");
  REQUIRE(weights.size() > 100);
  weights.back() ^= 1;
  write_file(voice + "/duration.safetensors", weights);
  CHECK(has(run_tts(run, path).err, "1 of 1 done\n"));
  CHECK(has(run_tts(cast, path).err, "1 of 1 done\n"));
}

TEST_CASE("tts batch: killed again and again, it ends complete and the same") {
  const TemporaryFolder folder;
  std::string items;
  for (int i = 0; i < 30; ++i)
    items += nlohmann::json{{"id", i}, {"text", long_text(1 + i * 7 % 40)}}.dump() + "\n";
  write_file(folder / "in.jsonl", items);
  const auto batch = [&](const std::string& out) {
    return kTts + kBatch + "--generator vibrato --threads 2 " + (folder / "in.jsonl") + " -o " +
           (folder / out) + " 2> /dev/null";
  };
  const auto start = std::chrono::steady_clock::now();
  REQUIRE(shell(batch("whole")) == 0);
  const std::chrono::duration<double> whole_run = std::chrono::steady_clock::now() - start;
  std::mt19937 random(7);
  const std::string journal = folder / "killed/batch.journal.jsonl";
  int killed_inside = 0, runs = 0;
  for (bool ended = false; !ended && runs < 8; ++runs) {
    const double wait_s = whole_run.count() * (0.2 + 0.4 * (random() % 1000) / 1000.0);
    const size_t before = read_file(journal).size();
    ended = shell("exec 2> /dev/null; " + batch("killed") + " & p=$!; sleep " +
                  std::to_string(wait_s) + "; kill -KILL $p 2> /dev/null; wait $p") == 0;
    killed_inside += !ended && read_file(journal).size() > before ? 1 : 0;
    for (const auto& [name, bytes] : content_of(folder / "killed")) {
      if (name[0] != '.' && name.find(".tmp") == std::string::npos) {
        INFO(name);
        CHECK((bytes == content_of(folder / "whole")[name]));
      }
    }
  }
  MESSAGE(runs << " runs, " << killed_inside << " of them killed after they had made something");
  CHECK(killed_inside > 0);
  CHECK(shell(batch("killed")) == 0);
  CHECK((content_of(folder / "killed") == content_of(folder / "whole")));
  std::map<std::string, int> times;
  std::istringstream in(read_file(journal));
  for (std::string line; std::getline(in, line);) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_discarded()) ++times[json["output"]];  // a line may have been cut off
  }
  CHECK(times.size() == 30);
  for (const auto& [name, count] : times) CHECK(count == 1);
}

TEST_CASE("tts batch: what was entered but not renamed is renamed, what was not entered goes") {
  const TemporaryFolder folder;
  write_file(folder / "a.txt", "[[a]].");
  write_file(folder / "b.txt", "[[b]].");
  const std::string run = kBatch + "'" + (folder / "*.txt") + "' -o " + (folder / "out");
  const std::string journal = folder / "out/batch.journal.jsonl";
  REQUIRE(run_tts(run).code == 0);
  const auto whole = content_of(folder / "out");
  const auto lines = lines_of(journal);
  const auto start = [](const std::string& output) {
    return ".tts-" + tts::to_hex(tts::xxh64(output.data(), output.size())) + "-";
  };
  const size_t of_a = lines[0]["output"] == "a.wav" ? 0 : 1;  // they were made side by side
  const std::string part = lines[of_a]["hash"].get<std::string>() + ".part";
  // Killed between the journal and the name, then while it wrote.
  fs::rename(folder / "out/a.wav", folder / "out/" + start("a.wav") + part);
  write_file(folder / "out/" + start("b.wav") + part, "of another text");
  write_file(folder / "out/." + start("b.wav") + part + ".99-0.tmp", "half a file");
  write_file(folder / "out/.results.jsonl.99-0.tmp", "half a file");
  CHECK(has(run_tts(run).err, "2 of 2 done, 2 of them before"));
  CHECK((content_of(folder / "out") == whole));
  CHECK(lines_of(journal).size() == 2);
  // Those of other shards and programs stay.
  write_file(folder / "out/." + start("c.wav") + part + ".99-0.tmp", "another's");
  CHECK(run_tts(run).code == 0);
  CHECK(content_of(folder / "out").size() == whole.size() + 1);
}

TEST_CASE("tts batch: a journal line that was cut off is made again and harms no other") {
  const TemporaryFolder folder;
  write_file(folder / "a.txt", "[[a]].");
  write_file(folder / "b.txt", "[[b]].");
  const std::string run = kBatch + "'" + (folder / "*.txt") + "' -o " + (folder / "out");
  const std::string journal = folder / "out/batch.journal.jsonl";
  REQUIRE(run_tts(run).code == 0);
  const auto whole = content_of(folder / "out");
  const std::string bytes = read_file(journal);
  write_file(journal, bytes.substr(0, bytes.size() - 20));
  CHECK(has(run_tts(run).err, "2 of 2 done, 1 of them before"));
  CHECK((content_of(folder / "out") == whole));
  CHECK(has(run_tts(run).err, "2 of 2 done, 2 of them before"));
}
