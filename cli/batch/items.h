// Lines of text and of JSON become items.
#pragma once
#include <string>
#include <vector>

#include "cli/batch/item.h"
#include "cli/say_options.h"

namespace tts {

// An item with the options of the command line.
BatchItem item_of(const SayOptions& options, const std::string& where, const std::string& name);

// The items of `text`, whose kind options.mode says; blank lines are skipped. `file` names the text
// in messages, `stem` begins the names of items that have none; both may be empty.
std::vector<BatchItem> items_of_lines(const std::string& text,
                                      const SayOptions& options,
                                      const std::string& file = "",
                                      const std::string& stem = "");

// Throws Error(kUsage) when two would be the same file.
void refuse_duplicates(const std::vector<BatchItem>& items);

}  // namespace tts
