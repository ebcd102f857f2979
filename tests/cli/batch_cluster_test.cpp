// The examples for a Slurm array and a Kubernetes Job, with the variables that those set.
#include <sstream>

#include "tests/cli/batch_helpers.h"
#include "tests/test.h"

namespace {

constexpr int kItems = 7;
const std::string kExamples = TTS_SOURCE_DIR "/docs/examples/batch/";

void write_requests(const TemporaryFolder& folder) {
  std::string lines;
  for (int i = 1; i <= kItems; ++i)
    lines += R"({"voice": "dummy", "text": "[[a]].", "id": "item)" + std::to_string(i) + "\"}\n";
  write_file(folder / "requests.jsonl", lines);
}

int run(const std::string& command) {
  const int status = std::system((command + " 2> /dev/null").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Every sound is there, and entered in one journal once.
void check_complete(const std::string& sounds) {
  std::map<std::string, int> entered;
  for (const auto& file : fs::directory_iterator(sounds)) {
    const std::string name = file.path().filename().string();
    if (!has(name, ".journal.jsonl")) continue;
    for (const auto& entry : lines_of(file.path().string())) ++entered[entry["output"]];
  }
  CHECK(entered.size() == kItems);
  for (const auto& [output, times] : entered) {
    CHECK_MESSAGE(times == 1, output);
    CHECK(fs::exists(sounds + "/" + output));
  }
}

// What the Job's shell is given: the folded lines under "args:".
std::string job_command() {
  std::istringstream yaml(read_file(kExamples + "kubernetes.yaml"));
  std::string out;
  bool inside = false;
  for (std::string line; std::getline(yaml, line);) {
    line.erase(0, line.find_first_not_of(' '));
    if (inside && line.back() == ':') break;
    if (inside) out += line.substr(line.compare(0, 2, "- ") == 0 ? 2 : 0) + " ";
    if (has(line, "args:")) inside = true;
  }
  return out;
}

}  // namespace

TEST_CASE("tts batch: the tasks of the Slurm array make every item once") {
  const TemporaryFolder folder;
  write_requests(folder);
  for (const char* task : {"3", "1", "2", "2"}) {  // the second is submitted again
    CHECK(run("TTS=" TTS_BINARY_DIR "/tts SLURM_CPUS_PER_TASK=1 SLURM_ARRAY_TASK_COUNT=3 "
              "SLURM_ARRAY_TASK_ID=" +
              std::string(task) + " bash " + kExamples + "slurm.sh " + (folder / "requests.jsonl") +
              " " + (folder / "sounds")) == 0);
  }
  check_complete(folder / "sounds");
}

TEST_CASE("tts batch: the pods of the Kubernetes Job make every item once") {
  const TemporaryFolder folder;
  write_requests(folder);
  std::string command = job_command();
  REQUIRE(has(command, "exec tts batch /data/requests.jsonl"));
  for (size_t at; (at = command.find("/data/")) != command.npos;)
    command.replace(at, 6, folder.path + "/");
  write_file(folder / "pod.sh", command);
  for (int index = 0; index < 8; ++index) {
    CHECK(run("PATH=" TTS_BINARY_DIR ":$PATH JOB_COMPLETION_INDEX=" + std::to_string(index) +
              " sh " + (folder / "pod.sh")) == 0);
  }
  check_complete(folder / "sounds");
}
