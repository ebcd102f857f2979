// Items in an order that fills batches of sentences well, and how well it did.
#pragma once
#include <string>
#include <vector>

#include "cli/batch/batch_run.h"
#include "engine/generation_batches.h"

namespace tts {

// Texts of similar length side by side, so that batches need little padding; in windows, so that
// the order of the texts is kept on the whole. `side_by_side`: items made at the same time.
void order_by_length(std::vector<BatchEntry*>& entries, size_t side_by_side);

// "3.6 sentences in a batch, 6.2 % of the frames are padding".
std::string sentence_of(const GenerationBatches::Counts& counts);

}  // namespace tts
