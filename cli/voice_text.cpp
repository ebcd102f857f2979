#include "cli/voice_text.h"

#include <cmath>

#include "core/number_text.h"

namespace tts {
namespace {

std::string row(const std::string& name, const std::string& value) {
  return name + std::string(name.size() < 10 ? 10 - name.size() : 1, ' ') + value + "\n";
}

std::string prompt_text(const VoicePrompt& prompt) {
  std::string out = prompt.report.value("name", "?") + ", " +
                    fixed_text(prompt.report.value("speech_s", 0.0), 1) + " s of speech, " +
                    fixed_text(prompt.report.value("snr_db", 0.0), 0) +
                    " dB above the background, " + std::to_string(prompt.codes.size(0)) + " frames";
  for (const auto& problem : prompt.report.value("problems", std::vector<std::string>{}))
    out += ", " + problem;
  return out + (prompt.text.empty() ? "" : ": \"" + prompt.text + "\"");
}

}  // namespace

std::string voice_text(const VoiceFile& file, const std::string& refusal) {
  const VoiceStatistics& s = file.traits.statistics;
  std::string out =
      row("name", file.name) + row("language", file.language) +
      row("licence", file.licence.empty() ? "not stated" : file.licence) +
      row("origin", file.origin) +
      row("base", file.base + " " + file.base_identity + ", codec " + file.codec_identity) +
      row("pitch",
          fixed_text(std::exp(s.log_f0_mean), 0) + " Hz, deviation " +
              fixed_text(s.log_f0_deviation * 12 / M_LN2, 1) + " semitones") +
      row("vector",
          std::to_string(file.traits.vector.size()) + " numbers, of " +
              std::to_string(file.vectors.size(0)) + " windows");
  for (const auto& prompt : file.prompts) out += row("prompt", prompt_text(prompt));
  return out + row("here", refusal.empty() ? "can be used" : "cannot be used: " + refusal);
}

nlohmann::json voice_json(const VoiceFile& file, const std::string& refusal) {
  nlohmann::json prompts = nlohmann::json::array();
  for (const auto& prompt : file.prompts) {
    prompts.push_back(prompt.report);
    prompts.back()["text"] = prompt.text;
    prompts.back()["frames"] = prompt.codes.size(0);
  }
  nlohmann::json out = {{"name", file.name},
                        {"language", file.language},
                        {"licence", file.licence},
                        {"origin", file.origin},
                        {"base", {{"folder", file.base}, {"identity", file.base_identity}}},
                        {"codec", file.codec_identity},
                        {"statistics", to_json(file.traits.statistics)},
                        {"gain_db", file.traits.gain_db},
                        {"duration", file.duration},
                        {"speaker", file.traits.vector},
                        {"windows", file.vectors.size(0)},
                        {"prompts", prompts},
                        {"usable", refusal.empty()}};
  if (!refusal.empty()) out["refusal"] = refusal;
  return out;
}

std::string report_text(const PromptReport& report) {
  std::string out = report.name + ": " + fixed_text(report.speech_s, 1) + " s of speech, " +
                    fixed_text(report.snr_db, 0) + " dB above the background, " +
                    (!report.usable()          ? "cannot be used"
                     : report.problems.empty() ? "good"
                                               : "can be used") +
                    "\n";
  for (const PromptProblem problem : report.problems)
    out += "  " + sentence_of(report, problem) + "\n";
  return out;
}

}  // namespace tts
