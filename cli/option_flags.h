// Options of engine/options.h as flags of the command line.
#pragma once
#include <memory>
#include <string>

#include "cli/arguments.h"
#include "core/error.h"
#include "engine/generation_batches.h"
#include "engine/options.h"

namespace tts {

// "speaking rate, 0.5 to 2 (1)".
std::string help_of(const OptionInfo& option);

// A copy of an option of option_table(), of which a command may say something else.
OptionInfo option_named(const std::string& name);

// Under the name, letter of value and aliases of the command line.
Flag option_flag(const OptionInfo& option);

// Runs `parse`; its message names the option as it was typed.
template <typename Parse>
auto parse_flag(Parse parse) {
  try {
    return parse();
  } catch (const Error& e) {
    fail(e.code(), "--", e.what());
  }
}

Flag device_flag();
Flag threads_flag();
// Throws Error(kUsage).
int threads_of(const Arguments& arguments);

// --batch-size, of commands that have many texts at hand. Null: one sentence at a time.
Flag batch_size_flag();
// Throws Error(kUsage).
std::shared_ptr<GenerationBatches> batches_of(const Arguments& arguments);

}  // namespace tts
