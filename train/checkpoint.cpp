#include "train/checkpoint.h"

#include <filesystem>
#include <fstream>

#include "core/error.h"
#include "nn/safetensors.h"
#include "train/json_file.h"

namespace tts {
namespace fs = std::filesystem;

void save_checkpoint(Task& task, const std::string& folder, const Progress& progress) {
  const fs::path target = folder, temporary = folder + ".tmp", old = folder + ".old";
  fs::remove_all(temporary);
  fs::create_directories(temporary);
  for (const auto& [name, module] : task.modules()) {
    save_safetensors((temporary / (name + ".safetensors")).string(), module_tensors(*module));
  }
  for (const auto& [name, optimiser] : task.optimisers()) {
    optimiser->save((temporary / ("optimiser-" + name + ".pt")).string());
  }
  std::ofstream out(temporary / "state.json");
  out << nlohmann::json{{"step", progress.step},
                        {"seconds", progress.seconds},
                        {"best", progress.best},
                        {"task", task.state()}}
             .dump(1);
  out.close();
  if (!out)
    fail(ErrorCode::kOutput,
         temporary.string(),
         ": the checkpoint cannot be written (is the disk full?)");
  fs::remove_all(old);
  if (fs::exists(target)) fs::rename(target, old);
  fs::rename(temporary, target);
  fs::remove_all(old);
}

bool load_checkpoint(Task& task, const std::string& folder, Progress& progress) {
  fs::path source = folder;
  if (!fs::exists(source / "state.json"))
    source = folder + ".old";  // killed between the two renames
  if (!fs::exists(source / "state.json")) return false;
  const auto state = read_json((source / "state.json").string());
  progress.step = state.at("step");
  progress.seconds = state.at("seconds");
  progress.best = state.value("best", progress.best);
  task.set_state(state.at("task"));
  for (const auto& [name, module] : task.modules()) {
    load_into(*module, SafeTensors::open((source / (name + ".safetensors")).string()));
  }
  for (const auto& [name, optimiser] : task.optimisers()) {
    optimiser->load((source / ("optimiser-" + name + ".pt")).string());
  }
  return true;
}

}  // namespace tts
