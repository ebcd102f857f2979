// Text → events, one assignment per stage. Start reading here.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

#include "core/text_types.h"
#include "engine/cast.h"
#include "engine/delivery.h"
#include "engine/event.h"
#include "engine/front_ends.h"
#include "engine/input_kind.h"
#include "engine/judge.h"
#include "engine/options.h"
#include "engine/performers.h"
#include "engine/prompt_context.h"
#include "engine/take.h"
#include "engine/text_source.h"
#include "engine/voice.h"
#include "text/front_end.h"
#include "text/ssml.h"

namespace tts {

class BlockReader;

// A voice with the options of a request. Calls may run at the same time; the same text, options and
// seed give the same bytes whatever ran before.
class Synthesizer {
 public:
  // Throws Error(kUsage) for an option that the chosen generator does not have, naming those that
  // do, and as Voice::hear for its prompts, which are heard here, once. `ear` finds the words of a
  // prompt and hears what is judged; null: that of the search path, opened when it is needed.
  Synthesizer(std::shared_ptr<const Voice> voice,
              SpeakOptions options,
              std::shared_ptr<const Ear> ear = nullptr);

  // The front end alone, for all kinds but SSML. Throws EmptyText for white space alone. Text of
  // punctuation or of characters that nobody can read is a document without words, and spoken as a
  // short silence.
  Document read(std::string_view text, InputKind kind = InputKind::kPlain) const;

  // Speaks a text to the sink, block by block: neither the first sound nor the memory depend on its
  // length. `cancelled` may be set by any thread at any time: then, and only then, throws
  // Error(kCancelled). Otherwise throws as read() does.
  void speak(std::string_view text,
             InputKind kind,
             const EventSink& sink,
             const std::atomic<bool>& cancelled) const;

  // The same while the text comes: what is certain to be a sentence is spoken, however it arrives
  // with the same result. SSML, Markdown, HTML and texts that are fitted to a time are spoken when
  // they are whole.
  void speak(TextSource& text,
             InputKind kind,
             const EventSink& sink,
             const std::atomic<bool>& cancelled) const;

  // The same for what read() gave, or what a program made of it.
  void speak(const Document& document,
             const EventSink& sink,
             const std::atomic<bool>& cancelled) const;

  uint64_t seed() const { return *options_.seed; }
  int sample_rate_hz() const { return *options_.sample_rate_hz; }
  const std::string& language() const { return front_ends_->usual().options().language; }
  const Voice& voice() const { return *voice_; }

 private:
  friend class Editor;  // makes parts of recordings under the same conditions
  struct Session;       // the state of one call of speak()
  // `fitted` collects the sentences instead where the text is fitted to a time.
  void speak_document(const Document& document,
                      Session& session,
                      std::vector<Sentence>& fitted) const;
  Break break_at(InputKind kind, std::string_view text, size_t at) const;
  struct Source;  // what documents are read from
  void speak_blocks(BlockReader& reader,
                    const Source& source,
                    Session& session,
                    std::vector<Sentence>& fitted) const;
  void speak_marked(std::string_view text,
                    InputKind kind,
                    Session& session,
                    std::vector<Sentence>& fitted) const;
  void speak_ssml(std::string_view xml, Session& session, std::vector<Sentence>& fitted) const;
  const Synthesizer& speaker_of(const SsmlBlock& block, Session& session) const;
  const FrontEnd& front_end_of(const SsmlBlock& block, Session& session) const;
  void speak_fitted(const std::vector<Sentence>& sentences, Session& session) const;
  void speak_sentence(const Sentence& sentence, std::vector<Take> laid, Session& session) const;
  void hear_prompts(std::shared_ptr<const Ear> ear);
  void add_context(const Ear& ear, const Prompt& prompt, const std::string& text);
  void warn_of_voice(Session& session) const;
  void warn_of_language(const std::string& language, Session& session) const;
  std::vector<Take> takes_of(const Sentence& sentence, size_t index, Session& session) const;
  void predict_prosody(Take& take) const;
  std::vector<int64_t> rounded(const Take& take) const;  // frames of its symbols
  void set_contours(Take& take) const;
  // Frames at durations that the generator finds, before the take has its place.
  void make_at_own_pace(Take& take, const std::atomic<bool>& cancelled) const;
  void perform(const Take& take,
               const Rendition& rendition,
               const std::atomic<bool>& cancelled,
               const Performers::Sink& sink) const;
  void start_judging(std::shared_ptr<const Ear> ear);
  // … with a verdict, and another rendition where it is bad and that was asked for.
  Verdict perform_judged(const Take& take,
                         const Sentence& sentence,
                         const std::atomic<bool>& cancelled,
                         const Performers::Sink& sink) const;
  // The same for make_at_own_pace: the best of the renditions settles the take's durations.
  void settle_pace(Take& take, const Sentence& sentence, const std::atomic<bool>& cancelled) const;
  std::vector<Rendition> other_renditions(const Take& take) const;
  int try_renditions(const Take& take, const std::function<bool(const Rendition&)>& try_one) const;
  Verdict verdict_of(const Take& take, const Sentence& sentence, std::vector<float> samples) const;
  Condition condition_of(const EncodedSymbols& symbols, const std::string& language) const;
  Tensor optional_silence(const EncodedSymbols& symbols) const;
  Sampling sampling_of(const Take& take) const;  // of its first rendition
  Sampling sampling_of(const Take& take, const Rendition& rendition) const;
  Sampling duration_sampling_of(const Take& take) const;

  std::shared_ptr<const Voice> voice_;
  SpeakOptions options_;  // every value that may be absent is filled in
  SpeakerTraits speaker_;
  std::vector<std::string> warnings_;             // of lexicons and prompts
  std::shared_ptr<const PromptContext> context_;  // of a prompt whose words are known
  std::shared_ptr<const Judge> judge_;            // null: nothing is judged
  std::vector<Outputs> prompt_runs_;              // words of the prompt that might be heard
  Generator* generator_;
  DurationModel* duration_;
  std::unique_ptr<FrontEnds> front_ends_;
  std::unique_ptr<Cast> cast_;
};

}  // namespace tts
