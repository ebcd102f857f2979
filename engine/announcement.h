// Tells the listener what will be heard when.
#pragma once
#include <vector>

#include "core/text_types.h"
#include "engine/delivery.h"
#include "engine/take.h"

namespace tts {

// The sentence, then each of its words before its phones.
void announce(const Sentence& sentence, const std::vector<Take>& takes, Delivery& out);

// Of the sentence alone.
Event sentence_event(const Sentence& sentence, const std::vector<Take>& takes);

}  // namespace tts
