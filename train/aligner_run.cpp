#include "train/aligner_run.h"

#include <algorithm>

#include "analysis/phone_alignment.h"
#include "audio/mel.h"
#include "train/acoustic_data.h"

namespace tts {
namespace {

AlignerItem make_item(const Utterance& u,
                      const LogMel& log_mel,
                      const std::map<std::string, int64_t>& ids) {
  AlignerItem item;
  item.id = u.id;
  item.log_mel = log_mel.frames(u.samples().unsqueeze(0)).squeeze(0);
  for (const auto& s : u.symbols) {
    const auto id = ids.find(s.phone);
    item.symbols.push_back(id == ids.end() ? 0 : id->second);
    item.attributes.push_back(attribute_id(s));
    item.kinds.push_back(symbol_kind(s));
  }
  return item;
}

// About this share of the recordings that have a text, evenly spread.
std::vector<const Utterance*> spread(const std::vector<Utterance>& all, double share) {
  std::vector<const Utterance*> out;
  double due = 0;
  for (const auto& u : all) {
    due += std::min(share, 1.0);
    if (u.symbols.empty() || due < 1) continue;
    out.push_back(&u);
    due -= 1;
  }
  return out;
}

PhoneAlignment align_one(Recogniser& recogniser, const Utterance& u) {
  Outputs outputs;
  for (const auto& s : u.symbols)
    outputs.push_back(recogniser_output(recogniser->options().phones, s));
  const Tensor features = recogniser->features(u.samples().unsqueeze(0));
  const Tensor frames = recogniser->forward(features).frames[0].contiguous();
  return align_phones(
      {frames.data_ptr<float>(), frames.size(0), frames.size(1)}, u.symbols, outputs);
}

}  // namespace

Alignments run_aligner(const Corpus& corpus,
                       const AlignerRunOptions& run,
                       const Aligner::Progress& progress) {
  torch::NoGradGuard no_grad;
  const LogMel log_mel(MelOptions{});
  std::map<std::string, int64_t> ids;
  const auto table = make_symbol_table(corpus);
  for (size_t i = 0; i < table.size(); ++i) ids[table[i]] = static_cast<int64_t>(i);
  std::vector<AlignerItem> fitted;
  for (const Utterance* u : spread(corpus.train, run.fit_minutes / corpus.train_minutes()))
    fitted.push_back(make_item(*u, log_mel, ids));
  AlignerOptions options;
  options.seed = run.seed;
  Aligner aligner(options);
  {
    torch::AutoGradMode with_grad(true);
    aligner.fit(fitted, progress);
  }
  Alignments out;
  for (const auto* part : {&corpus.train, &corpus.held_back}) {
    for (const auto& u : *part) {
      if (u.symbols.empty()) continue;
      const Alignment a = aligner.align(make_item(u, log_mel, ids));
      if (a.possible) out[u.id] = {a.score, to_codec_frames(a.durations)};
    }
  }
  return out;
}

Alignments align_with(Recogniser recogniser,
                      const Corpus& corpus,
                      const std::function<void(size_t)>& progress) {
  torch::NoGradGuard no_grad;
  recogniser->eval();
  Alignments out;
  size_t done = 0;
  for (const auto* part : {&corpus.train, &corpus.held_back}) {
    for (const auto& u : *part) {
      progress(++done);
      if (u.symbols.empty()) continue;
      const PhoneAlignment found = align_one(recogniser, u);
      if (found.possible) out[u.id] = {found.score, found.durations};
    }
  }
  return out;
}

}  // namespace tts
