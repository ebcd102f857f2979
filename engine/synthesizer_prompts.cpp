// Who is to be heard, and what was said before.
#include "core/error.h"
#include "engine/synthesizer.h"

namespace tts {

// Who speaks, and with words what is said before.
void Synthesizer::hear_prompts(std::shared_ptr<const Ear> ear) {
  if (options_.prompts.empty())
    fail(ErrorCode::kUsage, "prompt-text is given without prompt-wav, the recording that says it");
  const auto heard = voice_->hear(options_.prompts);
  speaker_ = heard->speaker.traits;
  warnings_.insert(warnings_.end(), heard->warnings.begin(), heard->warnings.end());
  if (options_.prompt_texts.size() > options_.prompts.size()) {
    fail(ErrorCode::kUsage,
         options_.prompt_texts.size(),
         " times prompt-text for ",
         options_.prompts.size(),
         " prompt-wav: each text is that of one recording, in the same order");
  }
  for (size_t i = 0; i < options_.prompt_texts.size(); ++i) {
    if (options_.prompt_texts[i].empty()) continue;
    if (ear == nullptr) ear = Ear::open();
    add_context(*ear, heard->prompts[i], options_.prompt_texts[i]);
  }
}

// One prompt more whose words are known, as far as there is room for it.
void Synthesizer::add_context(const Ear& ear, const Prompt& prompt, const std::string& text) {
  const c10::InferenceMode inference;
  const Document document = read(text);
  if (judge_ != nullptr) {
    for (auto& run : word_runs(ear, joined_sentences(document)))
      prompt_runs_.push_back(std::move(run));
  }
  SymbolEncoder encoder(voice_->manifest());
  const int64_t room = kLongestContextFrames - (context_ ? context_->count() : 0);
  const PromptSymbols said =
      symbols_of_prompt(ear, prompt, document, encoder, std::min(room, kLongestPromptFrames));
  if (said.symbols.ids.empty()) {
    warnings_.push_back(prompt.report.name + ": no word of it fits into what is continued");
    return;
  }
  const PromptContext context = context_of(
      *voice_, prompt, said, speaker_.statistics, condition_of(said.symbols, language()));
  context_ = std::make_shared<const PromptContext>(context_ ? context_->then(context) : context);
}

}  // namespace tts
