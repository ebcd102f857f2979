// `tts batch`: what it reads, and what becomes of it.
#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "tests/cli/batch_helpers.h"
#include "tests/test.h"

namespace {

// 16-bit samples of a canonical WAV.
std::vector<int16_t> samples_of(const std::string& path) {
  const std::string bytes = read_file(path);
  REQUIRE(wav_samples(bytes) > 0);
  std::vector<int16_t> samples(static_cast<size_t>(wav_samples(bytes)));
  std::memcpy(samples.data(), bytes.data() + 44, samples.size() * 2);
  return samples;
}

// What `tts` says of a text with these options.
std::vector<int16_t> said(const std::string& options, const std::string& text) {
  const TemporaryFolder folder;
  REQUIRE(
      run_tts("--voice dummy " + options + " " + quoted(text) + " -o " + (folder / "a.wav")).code ==
      0);
  return samples_of(folder / "a.wav");
}

}  // namespace

TEST_CASE("tts batch: folders, patterns, files, --lines and JSON lines together") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "texts");
  write_file(folder / "texts/a.txt", "[[a]].");
  write_file(folder / "texts/b.txt", "[[b]].");
  write_file(folder / "texts/picture.png", "x");
  write_file(folder / "texts/.hidden.txt", "[[a]].");
  write_file(folder / "c1.txt", "[[k]].");
  write_file(folder / "c2.txt", "[[k]].");
  write_file(folder / "r.jsonl",
             "\xEF\xBB\xBF"
             R"({"id": "j", "text": "[[a]].", "seed": 5, "speed": 0.5}
{"text": "[[b]].", "output": "named.flac", "generator": "vibrato"}
{"text": "[[b]]."}
)");
  const Outcome outcome = run_tts(kBatch + (folder / "texts") + " '" + (folder / "c?.txt") + "' " +
                                  (folder / "r.jsonl") + " -o " + (folder / "out") + " --seed 3");
  CHECK_MESSAGE(outcome.code == 0, outcome.err);
  CHECK(outcome.out.empty());
  CHECK(has(outcome.err, "files of other kinds are left out: 1"));
  CHECK(has(outcome.err, "7 of 7 done"));
  for (const char* name : {"a.wav", "b.wav", "c1.wav", "c2.wav", "j.wav", "r-0003.wav"})
    CHECK(wav_samples(read_file(folder / "out/" + name)) > 1000);
  CHECK(read_file(folder / "out/named.flac").substr(0, 4) == "fLaC");
  CHECK(samples_of(folder / "out/j.wav") == said("--seed 5 --speed 0.5", "[[a]]."));
  const auto results = json_lines(read_file(folder / "out/results.jsonl"));
  REQUIRE(results.size() == 7);
  CHECK(results[4]["id"] == "j");
  CHECK(results[4]["output"] == "j.wav");
  CHECK(results[4]["seed"] == 5);
  CHECK(results[4]["seconds"].get<double>() ==
        doctest::Approx(samples_of(folder / "out/j.wav").size() / 24000.0));
  CHECK(results[0]["seed"] == 3);
  CHECK(run_tts(kBatch + "--lines - -o " + (folder / "lines"), "printf '[[a]].\\n\\n[[b]].' |")
            .code == 0);
  CHECK(std::filesystem::exists(folder / "lines/0001.wav"));
  CHECK(std::filesystem::exists(folder / "lines/0003.wav"));
  CHECK(run_tts(kBatch + "--lines -i " + (folder / "c1.txt") + " -o " + (folder / "lines")).code ==
        0);
  CHECK(std::filesystem::exists(folder / "lines/c1-0001.wav"));
}

TEST_CASE("tts batch: subtitles begin at their times, to the sample") {
  const TemporaryFolder folder;
  const std::string text = "[[həlˈoʊ]] [[wˈɜːld]].";
  write_file(folder / "film.srt",
             "\xEF\xBB\xBF"
             "1\r\n00:00:01,001 --> 00:00:03,000\r\n<i>" +
                 text + "</i>\r\n\r\n2\r\n00:00:03,500 --> 00:00:04,177\r\n" + text +
                 "\r\n\r\n3\r\n00:00:05,000 --> 00:00:05,100\r\n{\\an8}[[a]]\r\n[[b]].\r\n\r\n"
                 "4\r\n00:00:07,000 --> 00:00:09,500\r\n" +
                 text + "\r\n");
  const Outcome outcome =
      run_tts(kBatch + "--seed 1 " + (folder / "film.srt") + " -o " + (folder / "out"));
  CHECK_MESSAGE(outcome.code == 0, outcome.err);
  CHECK(has(outcome.err, "warning: cue 3 (line 10): lasts longer than its time"));
  const auto natural = said("--seed 1", text), fitted = said("--seed 1 --duration 0.677", text),
             long_one = said("--seed 1", "[[a]] [[b]].");
  CHECK(natural.size() > 0.677 * 24000);
  CHECK(fitted.size() == 16248);
  std::vector<int16_t> expected(228000);  // 9.5 s
  const auto lay = [&](size_t at, const std::vector<int16_t>& sound) {
    std::copy(sound.begin(), sound.end(), expected.begin() + static_cast<long>(at));
  };
  lay(24024, natural);
  lay(84000, fitted);
  lay(120000, long_one);
  lay(168000, natural);
  CHECK((samples_of(folder / "out/film.wav") == expected));
}

TEST_CASE("tts batch: VTT is read as SRT is, at any rate") {
  const TemporaryFolder folder;
  write_file(folder / "a.vtt",
             "WEBVTT - title\n\nNOTE nothing\n\nSTYLE\n::cue {}\n\nid\n00:01.500 --> 00:03.000 "
             "align:left\n<v Ann>[[a]] &amp; [[b]].\n\n00:00:04.000 --> 00:00:05.000\n");
  CHECK(run_tts(kBatch + "--seed 1 --sample-rate 48000 " + (folder / "a.vtt") + " -o " +
                (folder / "out"))
            .code == 0);
  const auto sound = samples_of(folder / "out/a.wav");
  const auto alone = said("--seed 1 --sample-rate 48000", "[[a]] & [[b]].");
  CHECK(sound.size() == 144000);  // the second cue has no text
  CHECK((std::vector<int16_t>(sound.begin() + 72000,
                              sound.begin() + 72000 + static_cast<long>(alone.size())) == alone));
  CHECK(std::all_of(sound.begin(), sound.begin() + 72000, [](int16_t s) { return s == 0; }));
}

TEST_CASE("tts batch --strict: every cue that cannot fit is named, and no file is made") {
  const TemporaryFolder folder;
  const std::string text = "[[həlˈoʊ]] [[wˈɜːld]].\n\n";
  write_file(folder / "a.srt",
             "1\n00:00:00,000 --> 00:00:00,200\n" + text + "2\n00:00:00,300 --> 00:00:02,000\n" +
                 text + "3\n00:00:03,000 --> 00:00:03,100\n" + text);
  write_file(folder / "b.srt", "1\n00:00:00,000 --> 00:00:02\n" + text);
  write_file(folder / "c.srt", "1\n00:00:02,000 --> 00:00:01,000\n" + text);
  write_file(
      folder / "d.srt",
      "1\n00:00:02,000 --> 00:00:03,000\n" + text + "1\n00:00:01,000 --> 00:00:04,000\n" + text);
  write_file(folder / "e.srt", "nothing");
  write_file(folder / "good.srt", "1\n00:00:00,000 --> 00:00:02,000\n" + text);
  const Outcome outcome =
      run_tts(kBatch + "--strict '" + (folder / "*.srt") + "' -o " + (folder / "out"));
  CHECK(outcome.code == 1);
  for (const char* part : {"a.srt: cue 1 (line 2): this text can be spoken in 0.50 to",
                           "; cue 3 (line 10): this text can be spoken in 0.50 to",
                           "b.srt: line 2: \"00:00:00,000 --> 00:00:02\" are no times such as",
                           "c.srt: line 2: the cue ends before it begins",
                           "d.srt: cue 2 (line 6): does not begin after cue 1 (line 2)",
                           "e.srt: has no cue with a text",
                           "1 of 6 done, 5 failed"}) {
    CHECK_MESSAGE(has(outcome.err, part), outcome.err);
  }
  CHECK(!has(outcome.err, "cue 2 (line 6): this text"));
  CHECK(!std::filesystem::exists(folder / "out/a.wav"));
  CHECK(std::filesystem::exists(folder / "out/good.wav"));
}

TEST_CASE("tts batch: a Markdown book becomes chapters with marks") {
  const TemporaryFolder folder;
  write_file(
      folder / "book.md",
      "---\ntitle: x\n---\n# The = Book\n\n## [[a]] *One*\n\nSome [[b]] [link](http://x.y/z) "
      "`[[k]]`.\n\n```\ncode\n```\n\n### Below\n- 1\n\nTwo\n---\n\n![picture](a.png) "
      "snake_case, 2 * 3 <b>is</b> __six__.\n");
  const Outcome outcome =
      run_tts(kBatch + "--seed 1 " + (folder / "book.md") + " -o " + (folder / "out"));
  CHECK_MESSAGE(outcome.code == 0, outcome.err);
  const auto one = samples_of(folder / "out/book-01.wav"),
             two = samples_of(folder / "out/book-02.wav"),
             three = samples_of(folder / "out/book-03.wav");
  CHECK((one == said("--seed 1", "The = Book.")));
  CHECK((two == said("--seed 1", "[[a]] One.\n\nSome [[b]] link [[k]].\n\nBelow.\n\n1")));
  CHECK((three == said("--seed 1", "Two.\n\nsnake_case, 2 * 3 is six.")));
  const size_t a = one.size(), b = a + two.size(), c = b + three.size();
  const auto mark = [](size_t begin, size_t end, const std::string& title) {
    return "\n[CHAPTER]\nTIMEBASE=1/24000\nSTART=" + std::to_string(begin) +
           "\nEND=" + std::to_string(end) + "\ntitle=" + title + "\n";
  };
  CHECK(read_file(folder / "out/book.ffmetadata") ==
        ";FFMETADATA1\ntitle=book\n" + mark(0, a, "The \\= Book") + mark(a, b, "[[a]] One") +
            mark(b, c, "Two"));
}

TEST_CASE("tts batch: a plain book by chapters, without what Gutenberg adds") {
  const TemporaryFolder folder;
  write_file(folder / "b.txt",
             "Licence.\n*** START OF THE PROJECT GUTENBERG EBOOK B ***\n\nCHAPTER I\n\nCHAPTER "
             "II\n\n\nCHAPTER I\n\n[[a]].\nChapter nine is not alone.\n\nChapter II. [[k]]\n\n"
             "[[b]].\n*** END OF THE PROJECT GUTENBERG EBOOK B ***\nLicence.\n");
  CHECK(run_tts(kBatch + "--seed 1 --chapters " + (folder / "b.txt") + " -o " + (folder / "out"))
            .code == 0);
  CHECK((samples_of(folder / "out/b-01.wav") ==
         said("--seed 1", "CHAPTER I.\n\n[[a]].\nChapter nine is not alone.")));
  CHECK((samples_of(folder / "out/b-02.wav") == said("--seed 1", "Chapter II. [[k]].\n\n[[b]].")));
  CHECK(!std::filesystem::exists(folder / "out/b-03.wav"));
  CHECK(has(read_file(folder / "out/b.ffmetadata"), "title=Chapter II. [[k]]\n"));
}

TEST_CASE(
    "tts batch: names of a hundred chapters sort; those of chapters that are gone are named") {
  const TemporaryFolder folder;
  std::string book;
  for (int i = 1; i <= 100; ++i) book += "# One\n\n[[a]].\n\n";
  write_file(folder / "b.md", book);
  const std::string batch = kBatch + (folder / "b.md") + " -o " + (folder / "out");
  CHECK(run_tts(batch + " --shard 1/100").code == 0);
  CHECK(std::filesystem::exists(folder / "out/b-001.wav"));
  write_file(folder / "b.md", "# One\n\n[[a]].\n\n# Two\n\n[[b]].\n");
  CHECK(run_tts(batch).code == 0);
  CHECK(std::filesystem::exists(folder / "out/b-02.wav"));
  write_file(folder / "b.md", "# One\n\n[[a]].\n");
  CHECK(has(run_tts(batch).err, "of no chapter any more, but in the folder: b-001.wav, b-02.wav"));
}

TEST_CASE("tts batch: a folder may be that of its sounds") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "io");
  write_file(folder / "io/a.txt", "[[a]].");
  const std::string batch = kBatch + (folder / "io") + " -o " + (folder / "io");
  CHECK(has(run_tts(batch).err, "1 of 1 done"));
  CHECK(has(run_tts(batch).err, "1 of 1 done, 1 of them before"));
  CHECK(has(run_tts(kBatch + "'" + (folder / "io/*.*l") + "' " + (folder / "io/a.txt") + " -o " +
                    (folder / "io"))
                .err,
            "no file has such a name"));
}

TEST_CASE("tts batch: marks wait for the last shard") {
  const TemporaryFolder folder;
  write_file(folder / "b.md", "# A\n\n[[a]].\n\n# B\n\n[[b]].\n\n# C\n\n[[k]].\n");
  const std::string batch = kBatch + (folder / "b.md") + " -o " + (folder / "out") + " --shard ";
  CHECK(run_tts(batch + "1/2").code == 0);
  CHECK(std::filesystem::exists(folder / "out/b-03.wav"));
  CHECK(!std::filesystem::exists(folder / "out/b-02.wav"));
  CHECK(!std::filesystem::exists(folder / "out/b.ffmetadata"));
  CHECK(run_tts(batch + "2/2").code == 0);
  CHECK(std::filesystem::exists(folder / "out/b.ffmetadata"));
}

TEST_CASE("tts batch: what cannot begin says so, with its code") {
  const TemporaryFolder folder;
  write_file(folder / "a.txt", "[[a]].");
  write_file(folder / "a.srt", "1\n00:00:00,000 --> 00:00:02,000\n[[a]]\n");
  write_file(folder / "a.rst", "[[a]].");
  write_file(folder / "file", "");
  std::filesystem::create_directory(folder / "empty");
  const std::string out = " -o " + (folder / "out"), text = folder / "a.txt";
  check_fails("batch --voice nobody " + text + " " + (folder / "a.srt") + out,
              2,
              "a.txt and " + (folder / "a.srt") + " would both be written to a.wav");
  check_fails("batch --voice nobody " + text + out, 3, "unknown voice");
  check_fails(kBatch + text + out + " --generator nobody", 2, "no generator \"nobody\"");
  check_fails(kBatch + text, 2, "-o DIR");
  check_fails(kBatch + out, 2, "nothing to read");
  check_fails(kBatch + "--lines --chapters " + text + out, 2, "one of --lines");
  check_fails(kBatch + (folder / "a.rst") + out, 2, "a.rst: how is it to be read? Known: .jsonl");
  check_fails(kBatch + "-" + out, 2, "how is it to be read?");
  check_fails(kBatch + (folder / "none.txt") + out, 4, "none.txt: there is no such file");
  check_fails(kBatch + "'" + (folder / "none*.txt") + "'" + out, 4, "no file has such a name");
  check_fails(kBatch + (folder / "empty") + out, 4, "the inputs are empty");
  check_fails(kBatch + text + " -o " + (folder / "no/such"), 4, "does the folder above it exist");
  check_fails(kBatch + text + " -o " + (folder / "file"), 4, "is a file");
  check_fails(kBatch + text + out + " --journal " + (folder / "no/such"), 4, "no/such");
  check_fails(kBatch + text + out + " --format xyz", 2, "--format is \"xyz\"");
  check_fails(kBatch + text + out + " --text x", 2, "unknown flag --text");
  for (const char* shard : {"0/2", "3/2", "1", "a/b", "1/2/3", "-1/2"}) {
    check_fails(kBatch + text + out + " --shard=" + shard,
                2,
                std::string("--shard is \"") + shard + "\"; it must be I/N");
  }
  CHECK(has(run_tts("batch --help").out, "--dry-run"));
}

TEST_CASE("tts batch: what cannot be read is named, and the rest is made") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "in");
  std::string binary(2000, '\1');
  write_file(folder / "in/a.txt", binary);
  write_file(folder / "in/b.txt", " \n");
  write_file(folder / "in/c.txt", "[[a]].");
  write_file(folder / "in/d.jsonl", R"({"id": "one", "text": "[[a]].", "voice": "nobody"}
{"id": "two", "text": "[[a]].", "prompt-wav": "none.wav"}
{"id": "three", "text": "[[a]].", "lexicon": ["none.tsv"]}
{"id": "four", "text": "[[a]].", "generator": "nobody"}
{"id": "five", "text": "[[a]].", "sped": 2}
{"id": "six", "text": "[[a]]."}
)");
  const Outcome outcome =
      run_tts(kBatch + (folder / "in") + " -o " + (folder / "out") + " --results -");
  CHECK(outcome.code == 1);
  for (const char* part : {"a.txt: is not UTF-8 text",
                           "b.txt: there is no text to speak",
                           "d.jsonl: line 1: unknown voice",
                           "d.jsonl: line 2: none.wav: ",
                           "d.jsonl: line 3: none.tsv: ",
                           "d.jsonl: line 4: voice \"dummy\" has no generator \"nobody\"",
                           "d.jsonl: line 5: unknown key \"sped\"; did you mean \"speed\"?",
                           "2 of 9 done, 7 failed"}) {
    CHECK_MESSAGE(has(outcome.err, part), outcome.err);
  }
  const auto results = json_lines(outcome.out);
  REQUIRE(results.size() == 9);
  CHECK(results[0]["id"] == "a");
  CHECK(has(results[0]["error"], "is not UTF-8"));
  CHECK(results[2]["output"] == "c.wav");
  CHECK(results[2].count("error") == 0);
  CHECK(results[7]["id"] == "five");
  CHECK(results[8]["output"] == "six.wav");
  CHECK(!std::filesystem::exists(folder / "out/results.jsonl"));
}
