// Conditions of one row as the rows of one condition.
#pragma once
#include <vector>

#include "acoustic/generator.h"

namespace tts {

// Frames that are to be made of a condition of one row.
int64_t frame_count(const Condition& condition);

// Whether both have the same parts; of prompts, and of speakers, the same number.
bool may_be_stacked(const Condition& a, const Condition& b);

// Shorter rows are padded with zeros behind. `rows`: of one row each, any two may_be_stacked.
Condition stacked(const std::vector<const Condition*>& rows);

}  // namespace tts
