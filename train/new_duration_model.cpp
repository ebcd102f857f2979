#include "core/error.h"
#include "core/join.h"
#include "duration/total/total.h"
#include "train/voice_build.h"

namespace tts {
namespace {

nlohmann::json with(nlohmann::json json, const nlohmann::json& more) {
  json.update(more);
  return json;
}

// Sizes of the shipped voices.
nlohmann::json sizes_of(const std::string& type, const AcousticData& data) {
  const auto symbols = static_cast<int64_t>(data.symbol_table.size());
  const auto languages = static_cast<int64_t>(data.languages.size());
  const nlohmann::json text = {{"type", type},
                               {"symbols", symbols},
                               {"dropout", 0.2},
                               {"languages", languages > 1 ? languages : 0},
                               {"speaker_vector", data.speaker_vector},
                               {"duration_scale", 1.0},
                               {"pause_scale", 1.0}};
  const nlohmann::json flat = {{"pitch_contrast", 1.0}, {"energy_contrast", 1.0}};
  const nlohmann::json small = {{"channels", 128}, {"blocks", 3}};
  if (type == "autoregressive")
    return with(with(with(text, flat), small),
                {{"heads", 4},
                 {"decoder_blocks", 2},
                 {"contour_blocks", 2},
                 {"components", 4},
                 {"history_noise", 0.2},
                 {"temperature", 0.8}});
  if (type == "flow")
    return with(with(text, small), {{"flow_blocks", 4}, {"steps", 8}, {"temperature", 0.8}});
  const nlohmann::json large = {{"channels", 160}, {"blocks", 5}};
  if (type == "phoneme") return with(with(with(text, flat), large), {{"duration_contrast", 1.0}});
  return with(with(text, flat), large);  // total
}

nlohmann::json total_sizes(const std::string& predictor, const AcousticData& data) {
  nlohmann::json out = sizes_of("total", data);
  out["predictor"] = predictor;
  if (predictor != "autoregressive" && predictor != "phoneme") return out;
  for (const char* key : {"channels", "blocks", "dropout", "languages", "speaker_vector"})
    out.erase(key);
  out["model"] = sizes_of(predictor, data);
  return out;
}

}  // namespace

std::shared_ptr<DurationModel> new_duration_model(const AcousticData& data,
                                                  const std::string& type,
                                                  const std::string& predictor) {
  if (!contains(duration_types(), type))
    fail(ErrorCode::kUsage, "--type is \"", type, "\"; known: ", join(duration_types()));
  if (type != "total") {
    if (!predictor.empty())
      fail(ErrorCode::kUsage, "--predictor is for --type total, not for \"", type, "\"");
    return make_duration_model(Config(sizes_of(type, data), "--type " + type));
  }
  const std::string chosen = predictor.empty() ? "regression" : predictor;
  if (!contains(total_predictors(), chosen)) {
    fail(ErrorCode::kUsage, "--predictor is \"", chosen, "\"; known: ", join(total_predictors()));
  }
  return make_duration_model(Config(total_sizes(chosen, data), "--predictor " + chosen));
}

}  // namespace tts
