#include "train/model_card.h"

#include <set>
#include <sstream>

namespace tts {

std::string write_model_card(const ModelCard& card,
                             const Corpus& corpus,
                             const AcousticData& data) {
  std::set<std::string> speakers;
  for (const auto& u : corpus.train) speakers.insert(u.speaker);
  std::ostringstream out;
  out << "# " << card.name << "\n\nA voice of language " << card.language
      << ", trained by `tts train voice` on recordings of";
  for (const auto& speaker : speakers) out << " " << speaker;
  out << ".\n\n| | |\n|---|---|\n| licence of the recordings | " << card.licence
      << " |\n| recordings trained on | " << data.train.size()
      << " |\n| validation split (training text never seen by the trainer) | "
      << data.validation.size() << " |\n| held back, measured only | " << corpus.held_back.size()
      << " |\n| hash of the held-back ids | " << corpus.held_back_hash
      << " |\n| left out for their alignment | " << data.dropped.size() << " |\n| minutes | "
      << static_cast<int>(corpus.train_minutes()) << " |\n\nMade with\n\n    " << card.command
      << "\n";
  return out.str();
}

}  // namespace tts
