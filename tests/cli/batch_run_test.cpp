// `tts batch`: interrupts, shards, full disks, estimates, the bar.
#include <nlohmann/json.hpp>

#include "tests/cli/batch_helpers.h"
#include "tests/test.h"

TEST_CASE("tts batch: Ctrl-C finishes what it began, and the next run does the rest") {
  const TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 40; ++i) lines += long_text(300) + "\n";
  write_file(folder / "in", lines);
  const std::string batch =
      kBatch + "--threads 2 --lines " + (folder / "in") + " -o " + (folder / "out");
  const std::string journal = folder / "out/batch.journal.jsonl";
  CHECK(shell(kTts + batch + " 2> " + (folder / "err") +
              " & p=$!; for i in $(seq 600); do test -s " + journal +
              " && break; sleep 0.1; done; kill -INT $p; wait $p") == 130);
  CHECK(has(read_file(folder / "err"), "interrupted; the same command goes on from here"));
  const size_t made = lines_of(journal).size();
  CHECK(made < 40);
  size_t sounds = 0;
  for (const auto& [name, bytes] : content_of(folder / "out")) {
    CHECK(name[0] != '.');
    sounds += wav_samples(bytes) > 2000 ? 1 : 0;
  }
  CHECK(sounds == made);
  CHECK(lines_of(folder / "out/results.jsonl").size() == made);
  CHECK(has(run_tts(batch).err, "40 of 40 done, " + std::to_string(made) + " of them before"));
  CHECK(lines_of(journal).size() == 40);
}

TEST_CASE("tts batch: shards are disjoint and together everything, and know of each other") {
  const TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 11; ++i) lines += long_text(1 + i % 3) + "\n";
  write_file(folder / "in", lines);
  const std::string batch = kBatch + "--lines " + (folder / "in") + " -o ";
  REQUIRE(run_tts(batch + (folder / "whole")).code == 0);
  std::string both = "";
  for (const char* shard : {"1", "2", "3"})
    both += kTts + batch + (folder / "out") + " --shard " + shard + "/3 2> /dev/null & ";
  fs::create_directory(folder / "out");
  shell(both + "wait");
  auto whole = content_of(folder / "whole"), out = content_of(folder / "out");
  size_t results = 0;
  for (const char* shard : {"1", "2", "3"}) {
    const std::string name = std::string("-") + shard + "-of-3";
    results += lines_of(folder / "out/results" + name + ".jsonl").size();
    CHECK(lines_of(folder / "out/batch" + name + ".journal.jsonl").size() >= 3);
    out.erase("results" + name + ".jsonl");
  }
  CHECK(results == 11);
  whole.erase("results.jsonl");
  CHECK((out == whole));
  CHECK(has(run_tts(batch + (folder / "out")).err, "11 of 11 done, 11 of them before"));
}

TEST_CASE("tts batch: with batches of sentences, the same sounds and journal") {
  const TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 30; ++i) {
    for (int word = 0; word < 1 + i * 7 % 11; ++word) lines += "[[aaa]] [[b]] ";
    lines += ".\n";
  }
  write_file(folder / "in", lines);
  const std::string batch = kBatch + "--generator vibrato --lines " + (folder / "in") + " -o ";
  REQUIRE(run_tts(batch + (folder / "alone") + " --threads 1").code == 0);
  const Outcome outcome = run_tts(batch + (folder / "together") + " --threads 2 --batch-size 3");
  CHECK(outcome.code == 0);
  CHECK_MESSAGE(has(outcome.err, "of the frames are padding"), outcome.err);
  for (int i = 1; i <= 30; ++i) {
    char name[16];
    std::snprintf(name, sizeof name, "/in-%04d.wav", i);
    CHECK(!read_file(folder / "alone" + name).empty());
    CHECK(read_file(folder / "together" + name) == read_file(folder / "alone" + name));
  }
  CHECK(run_tts(batch + (folder / "no") + " --batch-size 0").code == 2);
  CHECK(has(run_tts(batch + (folder / "no") + " --batch-size 65").err, "--batch-size is"));
}

TEST_CASE("tts batch: two runs on one journal") {
  const TemporaryFolder folder;
  write_file(folder / "a.txt", long_text(20000));
  write_file(folder / "b.txt", "[[b]].");
  const std::string journal = folder / "out/batch.journal.jsonl";
  const std::string batch = kBatch + (folder / "a.txt") + " -o " + (folder / "out");
  CHECK(shell(kTts + batch + " 2> /dev/null & p=$!; for i in $(seq 600); do test -e " + journal +
              " && break; sleep 0.1; done; " + kTts + kBatch + (folder / "b.txt") + " -o " +
              (folder / "out") + " 2> " + (folder / "err") +
              "; code=$?; kill -KILL $p; exit $code") == 4);
  CHECK(has(read_file(folder / "err"), "another run is writing it"));
}

TEST_CASE("tts batch: a full disk is named, and what fits is made") {
  const TemporaryFolder folder;
  write_file(folder / "a.txt", "[[a]].");
  write_file(folder / "b.txt", long_text(200));
  write_file(folder / "c.txt", "[[b]].");
  const std::string run = kBatch + "'" + (folder / "*.txt") + "' -o " + (folder / "out");
  const Outcome limited = run_tts(run, "ulimit -f 200;");  // 100 KB or 200 KB
  CHECK(limited.code == 1);
  CHECK_MESSAGE(has(limited.err, "b.txt: "), limited.err);
  CHECK(has(limited.err, "/out/b.wav: cannot be written (File too large)"));
  CHECK(has(limited.err, "2 of 3 done, 1 failed"));
  auto files = content_of(folder / "out");
  CHECK(files.size() == 3);
  CHECK(files.count("a.wav") + files.count("c.wav") + files.count("results.jsonl") == 3);
  CHECK(has(run_tts(run).err, "3 of 3 done, 2 of them before"));

  const std::string full = kBatch + "'" + (folder / "*.txt") + "' -o " + (folder / "full");
  const Outcome journal = run_tts(full + " --journal /dev/full");
  CHECK(journal.code == 1);
  CHECK(has(journal.err, "a.txt: /dev/full: cannot be written (No space left on device)"));
  CHECK(has(journal.err, "0 of 3 done, 3 failed"));
  files = content_of(folder / "full");
  CHECK(files.size() == 1);  // nothing gets its name that is not in the journal
  CHECK(files.count("results.jsonl") == 1);
  check_fails(full + " --results /nowhere/r.jsonl", 4, "the folder /nowhere does not exist");
  check_fails(full + " --results " + (folder / "full/a.wav"), 2, "is the sound of");
  const Outcome results = run_tts(full + " --results /dev/full");
  CHECK(results.code == 1);
  CHECK(has(results.err, "/dev/full: cannot be written"));
  CHECK(has(results.err, "3 of 3 done"));
}

TEST_CASE("tts batch: --dry-run makes nothing and says how much there is") {
  const TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 12; ++i) lines += "[[a" + std::string(static_cast<size_t>(i), 'a') + "]].\n";
  write_file(folder / "in", lines);
  const std::string batch = kBatch + "--lines " + (folder / "in") + " -o " + (folder / "out");
  const auto estimate = [&](const std::string& options, int code = 0) {
    const Outcome outcome = run_tts(batch + " --dry-run --threads 2 " + options);
    CHECK_MESSAGE(outcome.code == code, outcome.err);
    return nlohmann::json::parse(outcome.out);
  };
  nlohmann::json said = estimate("");
  CHECK(folder.files() == 1);
  CHECK(said["items"] == 12);
  CHECK(said["missing"] == 12);
  CHECK(said["characters"] == 12 * 6 + 66);
  CHECK(said["measured"] == false);
  CHECK(said["speech_s"].get<double>() == doctest::Approx(138 / 15.0));
  CHECK(said["work_s"].get<double>() == doctest::Approx(138 / 15.0 / 20));
  CHECK(said["wall_s"].get<double>() == doctest::Approx(138 / 15.0 / 40));
  CHECK(estimate("--speed 2")["speech_s"].get<double>() == doctest::Approx(138 / 30.0));
  CHECK(estimate("--duration 2")["speech_s"] == 24);
  CHECK(estimate("--shard 1/12")["items"] == 1);
  write_file(folder / "bad.jsonl", "{}");
  CHECK(estimate(folder / "bad.jsonl", 1)["unreadable"] == 1);

  REQUIRE(run_tts(batch).code == 0);
  double seconds = 0;
  for (const auto& line : lines_of(folder / "out/results.jsonl"))
    seconds += line["seconds"].get<double>();
  said = estimate("");
  CHECK(said["done"] == 12);
  CHECK(said["missing"] == 0);
  said = estimate("--force");
  CHECK(said["missing"] == 12);
  CHECK(said["measured"] == true);
  CHECK(said["speech_s"].get<double>() == doctest::Approx(seconds));
}

TEST_CASE("tts batch: a bar on a terminal, none in a pipe") {
  if (shell("script --version > /dev/null 2>&1") != 0) {
    MESSAGE("not run: there is no `script`");
    return;
  }
  const TemporaryFolder folder;
  write_file(folder / "in", "[[a]].\n[[b]].\n");
  const std::string batch = kBatch + "--lines " + (folder / "in") + " -o " + (folder / "out");
  CHECK(shell("script -qec " + quoted(kTts + batch) + " " + (folder / "seen") + " > /dev/null") ==
        0);
  const std::string seen = read_file(folder / "seen");
  CHECK(has(seen, "[--------------------] 0/2"));
  CHECK(has(seen, "[##########----------] 1/2"));
  CHECK(has(seen, " items/s  0:00 left"));
  CHECK(has(seen, "[####################] 2/2"));
  CHECK(!has(run_tts(batch + " --force").err, "[--"));
  shell("script -qec " + quoted(kTts + batch + " --force -q") + " " + (folder / "seen") +
        " > /dev/null");
  CHECK(!has(read_file(folder / "seen"), "[--"));
}

TEST_CASE("batch: each item has a verdict, in the results and in the journal; off gives none") {
  const TemporaryFolder folder;
  write_file(folder / "a.txt", "[[aaa]]. [[bbb]].");
  const std::string run = kBatch + (folder / "a.txt") + " -o " + (folder / "out");
  CHECK(run_tts(run).code == 0);
  const auto result = lines_of(folder / "out/results.jsonl").at(0);
  CHECK(result.at("verdict").at("ok") == true);
  CHECK(result.at("verdict").at("sentences") == 2);
  CHECK(run_tts(run).code == 0);  // what the journal knows of an earlier run
  CHECK(lines_of(folder / "out/results.jsonl").at(0) == result);
  CHECK(run_tts(run + " --check off").code == 0);
  CHECK(lines_of(folder / "out/results.jsonl").at(0).count("verdict") == 0);
}
