#include "core/known_names.h"

#include <algorithm>

#include "core/error.h"
#include "core/join.h"

namespace tts {
namespace {

size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t changed = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row[b.size()];
}

}  // namespace

void fail_unknown(const char* what,
                  const std::string& name,
                  const std::vector<std::string>& known) {
  const std::string near = nearest_name(name, known);
  fail(ErrorCode::kUsage,
       "unknown ",
       what,
       " \"",
       name,
       "\"; ",
       near.empty() ? "" : "did you mean \"" + near + "\"? ",
       "known: ",
       join(known));
}

std::string nearest_name(const std::string& name, const std::vector<std::string>& known) {
  std::string best;
  size_t least = std::max<size_t>(2, name.size() / 3) + 1;
  for (const auto& candidate : known) {
    const auto [shorter, longer] = std::minmax({name.size(), candidate.size()});
    if (longer - shorter >= least) continue;  // so many edits it takes at least
    const size_t distance = edit_distance(name, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  if (!best.empty() || name.empty()) return best;
  const auto longer = std::find_if(known.begin(), known.end(), [&](const std::string& candidate) {
    return candidate.compare(0, name.size(), name) == 0;
  });
  return longer == known.end() ? "" : *longer;
}

}  // namespace tts
