#include "vocoder/source_filter.h"

#include <cmath>

#include "audio/stft.h"
#include "vocoder/synthesis.h"

namespace tts {
namespace {

const double kLowestLogF0 = std::log(kLowestF0Hz);
constexpr double kSharpness = 8;
// Gains are compared between these (natural logs); a gain that has no part in the sound counts a
// little, so that it stays where it was.
constexpr double kQuietestGain = -12, kLoudestGain = 6, kLeastShare = 0.05;
// Below a voice's F0 nothing is harmonic. The lowest bin (50 Hz) still carries part of a deep
// voice's fundamental, so it closes between these F0.
constexpr double kLowestBinOpenHz = 70, kLowestBinClosedHz = 110;
// What the harmonic filter wrote there, the noise writes: so much more of it (5 dB) brings rumble
// back to the recordings' level.
constexpr double kLowestBinMoreNoise = 0.8;
const double kLogF0Range = std::log(kHighestF0Hz / kLowestF0Hz);

Tensor bin_centres(int64_t bins, const Tensor& like) {
  return kLowestLogF0 + (torch::arange(bins, like.options()) + 0.5) * (kLogF0Range / bins);
}

// How far the harmonic filter's lowest bin is open at an F0 in Hz, 1 … 0.
Tensor lowest_bin_opening(const Tensor& f0) {
  return ((kLowestBinClosedHz - f0) / (kLowestBinClosedHz - kLowestBinOpenHz)).clamp(0, 1);
}

}  // namespace

SourceFilterOptions SourceFilterOptions::from(Config& c) {
  SourceFilterOptions o;
  o.trunk = TrunkOptions::from(c);
  o.f0_bins = c.integer("f0_bins", 8, 2048);
  o.f0_hidden = c.integer("f0_hidden", 1, 4096);
  o.breath_depth = c.number("breath_depth", 0, 1);
  return o;
}

nlohmann::json SourceFilterVocoder::to_json() const {
  nlohmann::json out = options_.trunk.to_json();
  out["type"] = "source_filter";
  out["f0_bins"] = options_.f0_bins;
  out["f0_hidden"] = options_.f0_hidden;
  out["breath_depth"] = options_.breath_depth;
  return out;
}

SourceFilterVocoder::SourceFilterVocoder(const SourceFilterOptions& o)
    : options_(o),
      trunk_(register_module("trunk", Trunk(o.trunk))),
      pitch_hidden_(
          register_module("pitch_hidden", torch::nn::Linear(o.trunk.channels, o.f0_hidden))),
      // two sub-frames to a codec frame, each with its bins and a voicing logit
      pitch_output_(
          register_module("pitch_output", torch::nn::Linear(o.f0_hidden, 2 * (o.f0_bins + 1)))),
      pitch_embedding_(register_module("pitch_embedding", torch::nn::Linear(2, o.trunk.channels))),
      // per sub-frame two synthesis frames of log H, θ and log N
      head_(register_module("head", torch::nn::Linear(o.trunk.channels, 2 * 3 * kBins))) {
  torch::NoGradGuard no_grad;
  head_->weight.mul_(0.5);
  const Tensor bias = head_->bias.view({2, 3, kBins});
  bias.select(1, 0).fill_(-4.0);
  bias.select(1, 1).zero_();
  bias.select(1, 2).fill_(-5.0);
}

SourceFilterVocoder::Pitch SourceFilterVocoder::read_pitch(const Tensor& slow) {
  const int64_t batch = slow.size(0), frames = 2 * slow.size(1);
  const Tensor raw = pitch_output_(torch::gelu(pitch_hidden_(slow)))
                         .reshape({batch, frames, options_.f0_bins + 1});
  Pitch out;
  out.logits = raw.slice(2, 0, options_.f0_bins);
  out.voicing = torch::sigmoid(raw.select(2, options_.f0_bins));
  // Expectation over sharpened votes: finer than a bin, nearly blind to a second, distant mode, and
  // without a threshold that a rounding error could tip.
  const Tensor votes = torch::softmax(out.logits * kSharpness, 2);
  out.log_f0 = (votes * bin_centres(options_.f0_bins, raw)).sum(2);
  return out;
}

VocoderOutput SourceFilterVocoder::stream(const Tensor& latents,
                                          bool last,
                                          VocoderStream& state,
                                          const VocoderTeacher& teacher) {
  state.convolutions.begin_chunk(last);
  const Tensor slow = trunk_->slow(latents, state.convolutions);
  const Pitch pitch = read_pitch(slow);
  const Tensor log_f0 = teacher.log_f0.defined() ? teacher.log_f0 : pitch.log_f0;
  const Tensor voicing = teacher.voicing.defined() ? teacher.voicing : pitch.voicing;
  const Tensor told =
      torch::stack({(log_f0 - 5.2) / 0.4, voicing * 2 - 1}, 2).detach();  // [B, 2T, 2]
  // F0 travels with the features, so that the causal blocks delay both alike.
  const Tensor features = trunk_->upsample(slow) + pitch_embedding_(told);
  const Tensor filters = head_(trunk_->fast(features, state.convolutions));
  VocoderOutput out;
  out.wave = render(filters, log_f0, voicing, last, state);
  out.f0_logits = pitch.logits;
  out.log_f0 = pitch.log_f0;
  out.voicing = pitch.voicing;
  out.filters = filters.reshape({filters.size(0), 2 * filters.size(1), 3, kBins});
  return out;
}

Tensor SourceFilterVocoder::render(const Tensor& filters,
                                   const Tensor& log_f0,
                                   const Tensor& voicing,
                                   bool last,
                                   VocoderStream& state) {
  const int64_t batch = filters.size(0);
  // Excitations, continued from where the last chunk stopped.
  if (!state.excitation.defined()) state.excitation = filters.new_zeros({batch, 3, kLead});
  if (log_f0.size(1) > 0) {
    const PhaseTrack track = follow_phase(log_f0, voicing, state);
    const Tensor harmonic = harmonic_excitation(track);
    const Tensor noise = noise_excitation(batch, harmonic.size(1), harmonic, state) *
                         breath_envelope(track, voicing, options_.breath_depth);
    state.excitation =
        torch::cat({state.excitation, torch::stack({harmonic, noise, track.hz.flatten(1)}, 1)}, 2);
  }
  if (last) state.excitation = torch::constant_pad_nd(state.excitation, {0, kLead});
  const Tensor fresh = filters.reshape({batch, 2 * filters.size(1), 3, kBins});
  state.filters = state.filters.defined() ? torch::cat({state.filters, fresh}, 1) : fresh;

  const int64_t available = std::max<int64_t>(0, (state.excitation.size(2) - kWindow) / kHop + 1);
  const int64_t ready =
      state.excitation.size(2) < kWindow ? 0 : std::min(available, state.filters.size(1));
  if (ready == 0) return finish_frames(filters.new_zeros({batch, 0, kWindow}), last, state);
  const Tensor window = torch::hann_window(kWindow, filters.options());
  const Tensor samples = state.excitation.slice(2, 0, (ready - 1) * kHop + kWindow);
  const Tensor windows = samples.unfold(2, kWindow, kHop);                   // [B, 3, m, 480]
  const Tensor spectra = torch::fft::rfft(windows.slice(1, 0, 2) * window);  // [B, 2, m, F]
  const Tensor f0 = windows.select(1, 2).select(2, kWindow / 2);             // [B, m] Hz
  const Tensor use = state.filters.slice(1, 0, ready);                       // [B, m, 3, F]
  state.excitation = state.excitation.slice(2, ready * kHop);
  state.filters = state.filters.slice(1, ready);

  // No mel band hears DC, so nothing would keep it from drifting.
  Tensor audible = torch::ones({kBins}, filters.options());
  audible[0] = 0;
  Tensor harmonic_gain = torch::exp(use.select(2, 0).clamp_max(6.0)) * audible;
  const Tensor opening = lowest_bin_opening(f0);
  harmonic_gain.select(2, 1) *= opening;
  Tensor noise_gain = torch::exp(use.select(2, 2).clamp_max(6.0)) * audible;
  noise_gain.select(2, 1) *= 1 + kLowestBinMoreNoise * (1 - opening);
  const Tensor spectrum = spectra.select(1, 0) * torch::polar(harmonic_gain, use.select(2, 1)) +
                          spectra.select(1, 1) * noise_gain;
  return finish_frames(torch::fft::irfft(spectrum, kWindow) * window, last, state);
}

Tensor SourceFilterVocoder::filter_distance(const VocoderOutput& output,
                                            const VocoderOutput& teacher) {
  const Tensor theirs = teacher.filters.detach();
  const auto gain = [](const Tensor& filters, int64_t which) {
    return filters.select(2, which).clamp(kQuietestGain, kLoudestGain);
  };
  const Tensor harmonic = gain(theirs, 0), noise = gain(theirs, 2);  // [B, m, F]
  const Tensor share = torch::sigmoid(2 * (harmonic - noise));       // of the power
  const auto weighted = [](const Tensor& error, const Tensor& weight) {
    return (error * weight).sum() / weight.sum();
  };
  const Tensor turned = 1 - torch::cos(output.filters.select(2, 1) - theirs.select(2, 1));
  return weighted((gain(output.filters, 0) - harmonic).abs(), share + kLeastShare) +
         weighted((gain(output.filters, 2) - noise).abs(), 1 - share + kLeastShare) +
         weighted(turned, share);
}

Tensor SourceFilterVocoder::f0_loss(const VocoderOutput& output, const VocoderTeacher& teacher) {
  const int64_t bins = output.f0_logits.size(2);
  const Tensor offset =
      (bin_centres(bins, output.f0_logits) - teacher.log_f0.unsqueeze(2)) * (bins / kLogF0Range);
  Tensor target = torch::exp(-0.5 * (offset / 1.25).square());
  target = target / target.sum(2, true).clamp_min(1e-8);
  const Tensor entropy = -(target * torch::log_softmax(output.f0_logits, 2)).sum(2);  // [B, 2T]
  const Tensor weight = teacher.voicing + 0.05;
  const Tensor voicing =
      torch::binary_cross_entropy(output.voicing.clamp(1e-4, 1 - 1e-4), teacher.voicing);
  return (entropy * weight).sum() / weight.sum() + voicing;
}

}  // namespace tts
