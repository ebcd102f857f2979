#include "train/model_card.h"

#include <set>
#include <sstream>

namespace tts {

std::string model_card(const std::string& name,
                       const std::string& language,
                       const std::string& licence,
                       const Corpus& corpus,
                       const AcousticData& data,
                       int argc,
                       char** argv) {
  std::set<std::string> speakers;
  for (const auto& u : corpus.train) speakers.insert(u.speaker);
  std::ostringstream out;
  out << "# " << name << "\n\nA voice of language " << language
      << ", trained by `tts train voice` on recordings of";
  for (const auto& speaker : speakers) out << " " << speaker;
  out << ".\n\n| | |\n|---|---|\n| licence of the recordings | " << licence
      << " |\n| recordings trained on | " << data.train.size()
      << " |\n| validation split (training text never seen by the trainer) | "
      << data.validation.size() << " |\n| held back, measured only | " << corpus.held_back.size()
      << " |\n| hash of the held-back ids | " << corpus.held_back_hash
      << " |\n| left out for their alignment | " << data.dropped.size() << " |\n| minutes | "
      << static_cast<int>(corpus.train_minutes()) << " |\n\nMade with\n\n    tts train";
  for (int i = 0; i < argc; ++i) out << " " << argv[i];
  out << "\n";
  return out.str();
}

}  // namespace tts
