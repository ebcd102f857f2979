#include "train/alignments.h"

#include <fstream>
#include <sstream>

#include "core/atomic_file.h"
#include "core/error.h"

namespace tts {

void write_alignments(const std::string& path, const Alignments& alignments) {
  std::ostringstream out;
  out << "# id\tscore\tcodec frames per symbol\n";
  for (const auto& [id, a] : alignments) {
    out << id << '\t' << a.score << '\t';
    for (size_t i = 0; i < a.durations.size(); ++i) out << (i ? " " : "") << a.durations[i];
    out << '\n';
  }
  AtomicFile file(path);
  file.write(out.str());
  file.commit();
}

Alignments read_alignments(const std::string& path) {
  std::ifstream in(path);
  if (!in) fail(ErrorCode::kInput, path, ": cannot be opened; make it with `tts train aligner`");
  Alignments out;
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    std::string id;
    RecordingAlignment a;
    if (!(fields >> id >> a.score))
      fail(ErrorCode::kInput, path, ":", number, ": must be id, score, durations");
    for (int64_t d; fields >> d;) a.durations.push_back(d);
    out[id] = a;
  }
  return out;
}

}  // namespace tts
