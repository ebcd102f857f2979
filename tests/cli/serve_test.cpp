// `tts serve` from outside: flags, exit codes, its end by a signal. tests/server speaks HTTP.
#include "tests/cli/program.h"
#include "tests/test.h"

TEST_CASE("serve: help shows a request") {
  const Outcome help = run_tts("serve --help");
  CHECK(help.code == 0);
  for (const char* part : {"curl http", "--port", "--workers", "TTS_API_KEY"})
    CHECK_MESSAGE(has(help.out, part), part);
}

TEST_CASE("serve: bad use is an error before it listens") {
  check_fails("serve --prot 1", 2, "did you mean --port?");
  check_fails("serve --port 65536", 2, "--port is \"65536\"; it must be a number from 0 to 65535");
  check_fails("serve --workers 0", 2, "--workers is \"0\"; it must be a number from 1 to 256");
  check_fails("serve --queue x", 2, "--queue is \"x\"");
  check_fails("serve --timeout 0", 2, "--timeout is \"0\"");
  check_fails("serve --max-body 1", 2, "--max-body is \"1\"");
  check_fails("serve --api-key ''", 2, "--api-key is empty");
  check_fails("serve words", 2, "words");
  check_fails("serve --voice nobody", 3, "unknown voice \"nobody\"");
  check_fails("serve --voice dummy --port 0 --host 203.0.113.1", 4, "cannot be listened on");
}

TEST_CASE("serve: says where it listens and ends by SIGTERM or Ctrl-C with 0") {
  for (const std::string signal : {"TERM", "INT"}) {
    const TemporaryFolder folder;
    const std::string err = folder / "err";
    const int status = std::system((TTS_BINARY_DIR "/tts serve --voice dummy --port 0 2> " + err +
                                    " & i=0; until grep -q listening " + err +
                                    " || [ $i = 600 ]; do sleep 0.1; i=$((i+1)); done; kill -" +
                                    signal + " $!; wait $!")
                                       .c_str());
    CHECK(status == 0);
    CHECK_MESSAGE(has(read_file(err), "listening on http://127.0.0.1:"), read_file(err));
    CHECK(has(read_file(err), "finishing what was begun"));
  }
}
