#include "cli/option_flags.h"

#include <algorithm>
#include <map>

#include "nn/runtime.h"

namespace tts {
namespace {

constexpr int kMaxBatchSize = 64;

const OptionInfo& batch_size_option() {
  static const OptionInfo option = {
      "batch-size",
      OptionType::kInteger,
      1,
      kMaxBatchSize,
      "1",
      "sentences of different texts that go through a generator at once",
      false};
  return option;
}

}  // namespace

std::string help_of(const OptionInfo& option) {
  const std::string range = range_of(option);
  return option.help + (range.empty() ? "" : ", " + range) + " (" + option.standard + ")";
}

OptionInfo option_named(const std::string& name) {
  const auto& table = option_table();
  return *std::find_if(
      table.begin(), table.end(), [&](const OptionInfo& option) { return option.name == name; });
}

Flag option_flag(const OptionInfo& option) {
  static const std::map<std::string, std::string> values = {{"language", "CODE"},
                                                            {"generator", "NAME"},
                                                            {"duration", "SECONDS"},
                                                            {"durations", "NAME"},
                                                            {"solver", "NAME"},
                                                            {"check", "MODE"},
                                                            {"sample-rate", "HZ"},
                                                            {"lexicon", "FILE"},
                                                            {"prompt-wav", "FILE"},
                                                            {"prompt-text", "TEXT"}};
  const auto value = values.find(option.name);
  Flag flag{option.name, 0, value == values.end() ? "N" : value->second, help_of(option), {}};
  flag.repeats = may_be_repeated(flag.name);
  flag.choices = choices_of(flag.name);
  if (flag.name == "prompt-wav") flag.aliases = {"speaker-wav", "ref-audio"};
  if (flag.name == "prompt-text") flag.aliases = {"ref-text"};
  if (flag.name == "language") {
    flag.name = "lang";
    flag.aliases = {"language", "language-idx"};
  }
  return flag;
}

Flag device_flag() {
  return {"device", 0, "NAME", "cpu, cuda or cuda:1 (cpu)", {}, false, {"cpu", "cuda"}};
}

Flag threads_flag() {
  return {"threads", 0, "N", help_of(threads_option()), {}};
}

int threads_of(const Arguments& arguments) {
  const OptionInfo& option = threads_option();
  return static_cast<int>(parse_flag(
      [&] { return parse_integer(option, arguments.get(option.name, option.standard)); }));
}

Flag batch_size_flag() {
  return {batch_size_option().name, 0, "N", help_of(batch_size_option()), {}};
}

std::shared_ptr<GenerationBatches> batches_of(const Arguments& arguments) {
  const OptionInfo& option = batch_size_option();
  const auto rows = static_cast<int>(parse_flag(
      [&] { return parse_integer(option, arguments.get(option.name, option.standard)); }));
  if (rows == 1) return nullptr;
  const int threads = threads_of(arguments);
  return std::make_shared<GenerationBatches>(rows, threads == 0 ? usable_threads() : threads);
}

}  // namespace tts
