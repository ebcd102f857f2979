#include "cli/verdicts.h"

#include <algorithm>

#include "engine/verdict.h"

namespace tts {

void Verdicts::add(const Event& event) {
  if (event.kind != EventKind::kVerdict) return;
  const Verdict& verdict = *event.verdict;
  ++sentences_;
  retried_ += verdict.tries > 1 ? 1 : 0;
  flagged_ += verdict.ok() ? 0 : 1;
  for (auto& finding : findings_json(verdict)) findings_.push_back(std::move(finding));
  for (const auto& what : verdict.unchecked) {
    if (std::find(unchecked_.begin(), unchecked_.end(), what) == unchecked_.end())
      unchecked_.push_back(what);
  }
}

nlohmann::ordered_json Verdicts::to_json() const {
  if (sentences_ == 0) return nullptr;
  nlohmann::ordered_json out = {{"ok", flagged_ == 0},
                                {"sentences", sentences_},
                                {"retried", retried_},
                                {"flagged", flagged_}};
  if (!findings_.empty()) out["findings"] = findings_;
  if (!unchecked_.empty()) out["unchecked"] = unchecked_;
  return out;
}

}  // namespace tts
