#include "engine/voice_file.h"

#include <algorithm>
#include <filesystem>

#include "core/error.h"
#include "engine/voice_search.h"

namespace tts {
namespace {

constexpr char kKey[] = "tts_voice";  // of the metadata
constexpr int64_t kVoiceFileFormat = 1;

std::string codes_name(size_t index) {
  return "codes." + std::to_string(index);
}

Tensor tensor_of(const SafeTensors& content,
                 const std::string& name,
                 int64_t axes,
                 torch::ScalarType type) {
  if (!content.has(name)) {
    fail(ErrorCode::kVoice, content.where(), ": tensor \"", name, "\" is missing");
  }
  const Tensor tensor = content.get(name);
  if (tensor.dim() != axes || tensor.scalar_type() != type) {
    fail(ErrorCode::kVoice,
         content.where(),
         ": tensor \"",
         name,
         "\" has ",
         tensor.dim(),
         " axes of ",
         torch::toString(tensor.scalar_type()),
         "; it must have ",
         axes,
         " of ",
         torch::toString(type));
  }
  return tensor;
}

Config header_of(const SafeTensors& content) {
  const auto found = content.metadata().find(kKey);
  if (found == content.metadata().end()) {
    fail(ErrorCode::kVoice, content.where(), ": is not a voice file; `tts voice make` writes one");
  }
  return Config::from_text(found->second, content.where());
}

void read_prompts(Config& config, const SafeTensors& content, VoiceFile& file) {
  // Reports are for people and programs that judge; nothing here depends on them.
  const nlohmann::json reports = config.section("prompts").json();
  const auto texts = config.texts("texts");
  for (size_t i = 0; i < texts.size(); ++i) {
    const Tensor codes = tensor_of(content, codes_name(i), 2, torch::kInt16);
    file.prompts.push_back({reports.value(codes_name(i), nlohmann::json()), texts[i], codes});
  }
}

void refuse_other(const VoiceFile& file,
                  const char* what,
                  const std::string& made_for,
                  const std::string& found) {
  if (made_for == found) return;
  fail(ErrorCode::kVoice,
       file.where,
       ": was made for ",
       what,
       " ",
       made_for,
       ", but the ",
       what,
       " found is ",
       found,
       "; take the one that it was made with, or make the voice again from its recordings (tts "
       "voice make)");
}

}  // namespace

void write_voice_file(const std::string& path, const VoiceFile& file) {
  nlohmann::json header = {{"format", kVoiceFileFormat},
                           {"name", file.name},
                           {"language", file.language},
                           {"licence", file.licence},
                           {"origin", file.origin},
                           {"base", {{"folder", file.base}, {"identity", file.base_identity}}},
                           {"codec", file.codec_identity},
                           {"statistics", to_json(file.traits.statistics)},
                           {"gain_db", file.traits.gain_db},
                           {"duration", file.duration},
                           {"prompts", nlohmann::json::object()},
                           {"texts", nlohmann::json::array()}};
  NamedTensors tensors = {{"speaker", torch::tensor(file.traits.vector, torch::kFloat)},
                          {"vectors", file.vectors}};
  for (size_t i = 0; i < file.prompts.size(); ++i) {
    header["prompts"][codes_name(i)] = file.prompts[i].report;
    header["texts"].push_back(file.prompts[i].text);
    tensors.emplace_back(codes_name(i), file.prompts[i].codes);
  }
  save_safetensors(path, tensors, {{kKey, header.dump()}});
}

VoiceFile read_voice_file(const std::string& path) {
  return voice_file_of(SafeTensors::open(path));
}

VoiceFile voice_file_of(const SafeTensors& content) {
  Config config = header_of(content);
  const int64_t format = config.integer("format", 1, INT64_MAX);
  if (format > kVoiceFileFormat) {
    fail(ErrorCode::kVoice,
         content.where(),
         ": \"format\" is ",
         format,
         "; this program reads up to ",
         kVoiceFileFormat,
         " and is too old for it");
  }
  VoiceFile file;
  file.where = content.where();
  file.name = config.text("name");
  file.language = config.text("language");
  file.licence = config.text("licence");
  file.origin = config.text("origin");
  Config base = config.section("base");
  file.base = base.text("folder");
  file.base_identity = base.text("identity");
  base.finish();
  file.codec_identity = config.text("codec");
  file.traits.statistics = statistics_from(config.section("statistics"));
  file.traits.gain_db = config.number("gain_db", -60, 60);
  file.duration = config.section("duration").json();
  const Tensor vector = tensor_of(content, "speaker", 1, torch::kFloat).contiguous();
  file.traits.vector.assign(vector.data_ptr<float>(), vector.data_ptr<float>() + vector.numel());
  if (!content.is_finite("speaker")) {
    fail(ErrorCode::kVoice, file.where, ": tensor \"speaker\" has NaN or infinite values");
  }
  file.vectors = tensor_of(content, "vectors", 2, torch::kFloat);
  read_prompts(config, content, file);
  config.finish();
  return file;
}

bool has_voice_extension(const std::string& path) {
  return std::filesystem::path(path).extension() == kVoiceExtension;
}

std::string base_identity(const VoiceFiles& base) {
  return content_hash(base.weights("frame_encoder"));
}

namespace {

// Corrections of several models are objects under their names.
bool by_name(const nlohmann::json& duration) {
  return std::any_of(duration.begin(), duration.end(), [](const nlohmann::json& value) {
    return value.is_object();
  });
}

}  // namespace

VoiceSource source_of(const VoiceFile& file, std::unique_ptr<VoiceFiles> base) {
  VoiceSource out;
  const nlohmann::json base_json = base->config(kBaseFile).json();
  out.base = file.base;
  out.base_duration = duration_section_of(base_json);
  const nlohmann::json own = {{"name", file.name},
                              {"language", file.language},
                              {"gain_db", file.traits.gain_db},
                              {"statistics", to_json(file.traits.statistics)},
                              {"speaker", file.traits.vector},
                              {by_name(file.duration) ? "durations" : "duration", file.duration}};
  out.manifest = VoiceManifest::from({lay_over_base(base_json, own), file.where});
  refuse_other(file, "codec", file.codec_identity, out.manifest.codec_identity);
  refuse_other(file, "base", file.base_identity, base_identity(*base));
  out.files = std::move(base);
  return out;
}

VoiceSource open_voice_source(const std::string& path) {
  if (!has_voice_extension(path)) return open_source(folder_files(path));
  const VoiceFile file = read_voice_file(path);
  const std::string folder = std::filesystem::absolute(path).parent_path().string();
  return source_of(file, folder_files(find_base(folder, file.base)));
}

}  // namespace tts
