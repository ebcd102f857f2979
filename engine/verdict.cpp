#include "engine/verdict.h"

#include <algorithm>
#include <cmath>

namespace tts {

std::string name_of(Fault fault) {
  switch (fault) {
    case Fault::kMissing:
      return "missing";
    case Fault::kDoubled:
      return "doubled";
    case Fault::kSwapped:
      return "swapped";
    case Fault::kReplaced:
      return "replaced";
    case Fault::kLength:
      return "length";
    case Fault::kFrozen:
      return "frozen";
    case Fault::kRepeated:
      return "repeated";
    case Fault::kDeadAir:
      return "dead_air";
    case Fault::kClipped:
      return "clipped";
    case Fault::kFaint:
      return "faint";
    case Fault::kEcho:
      return "echo";
    case Fault::kDamaged:
      return "damaged";
  }
  return "";
}

void Verdict::add(const Verdict& other) {
  findings.insert(findings.end(), other.findings.begin(), other.findings.end());
  for (const auto& what : other.unchecked) {
    if (std::find(unchecked.begin(), unchecked.end(), what) == unchecked.end())
      unchecked.push_back(what);
  }
  score = std::max(score, other.score);
  tries = std::max(tries, other.tries);
  if (generator.empty() || other.tries == tries) generator = other.generator;
}

nlohmann::ordered_json findings_json(const Verdict& verdict) {
  nlohmann::ordered_json findings = nlohmann::ordered_json::array();
  for (const Finding& f : verdict.findings) {
    nlohmann::ordered_json json = {{"fault", name_of(f.fault)}};
    if (!f.words.empty()) json["words"] = f.words;
    json["begin"] = f.bytes.begin;
    json["end"] = f.bytes.end;
    json["first_sample"] = f.samples.begin;
    json["end_sample"] = f.samples.end;
    json["score"] = std::round(100 * f.score) / 100;
    json["message"] = f.message;
    findings.push_back(std::move(json));
  }
  return findings;
}

nlohmann::ordered_json to_json(const Verdict& verdict) {
  nlohmann::ordered_json out = {{"ok", verdict.ok()},
                                {"score", std::round(100 * verdict.score) / 100},
                                {"tries", verdict.tries}};
  if (!verdict.generator.empty()) out["generator"] = verdict.generator;
  if (!verdict.findings.empty()) out["findings"] = findings_json(verdict);
  if (!verdict.unchecked.empty()) out["unchecked"] = verdict.unchecked;
  return out;
}

}  // namespace tts
