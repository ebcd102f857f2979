#include "vocoder/vocoder.h"

#include <cmath>

#include "core/error.h"
#include "tests/gradient.h"
#include "tests/tensor_checks.h"
#include "tests/test.h"
#include "vocoder/chunked_stream.h"
#include "vocoder/discriminators.h"
#include "vocoder/source_filter.h"
#include "vocoder/synthesis.h"

using namespace tts;

namespace {

std::shared_ptr<Vocoder> tiny(const std::string& type) {
  nlohmann::json json = {{"type", type},
                         {"latent", 6},
                         {"channels", 16},
                         {"lookahead_50hz", {2, 1, 0}},
                         {"lookahead_100hz", {0, 0}}};
  if (type == "source_filter")
    json.update({{"f0_bins", 32}, {"f0_hidden", 8}, {"breath_depth", 0.8}});
  auto vocoder = make_vocoder(Config(json, "test"));
  // A random F0 head votes for all bins alike, and its best bin is a matter of rounding. A trained
  // one is sure.
  torch::NoGradGuard no_grad;
  for (auto& p : vocoder->named_parameters()) {
    if (p.key() == "pitch_output.weight") p.value().mul_(0.05);
    if (p.key() != "pitch_output.bias") continue;
    const Tensor bins = torch::arange(33, torch::kFloat);
    p.value().copy_((-0.5 * (bins - 12).square()).repeat({2}));
  }
  return vocoder;
}

VocoderStream seeded() {
  return VocoderStream({RandomStream(7, 0)});
}

Tensor pulses(const Tensor& log_f0, const Tensor& voicing, VocoderStream& state) {
  return harmonic_excitation(follow_phase(log_f0, voicing, state))[0];
}

}  // namespace

TEST_CASE("every vocoder: streamed in chunks = whole, to 1e-4") {
  torch::manual_seed(1);
  torch::NoGradGuard no_grad;
  for (const auto& type : vocoder_types()) {
    CAPTURE(type);
    auto vocoder = tiny(type);
    const Tensor latents = torch::randn({1, 31, 6});
    VocoderStream whole_state = seeded(), state = seeded();
    const Tensor whole = vocoder->stream(latents, true, whole_state).wave;
    CHECK(whole.size(1) == 31 * 480);
    std::vector<Tensor> pieces;
    int64_t fed = 0, out = 0;
    for (const int64_t size : {1, 2, 1, 7, 3, 10, 6, 1}) {
      fed += size;
      pieces.push_back(vocoder->stream(latents.slice(1, fed - size, fed), fed == 31, state).wave);
      out += pieces.back().size(1);
      CHECK(out >= (fed - vocoder->lookahead_frames()) * 480);  // the stated look-ahead
    }
    const Tensor joined = torch::cat(pieces, 1);
    REQUIRE(joined.sizes() == whole.sizes());
    CHECK((joined - whole).abs().max().item<float>() < 1e-4);
  }
}

TEST_CASE("a stream is sounded in growing chunks, or when it is told that no more will come soon") {
  auto vocoder = tiny("source_filter");
  vocoder->eval();
  torch::NoGradGuard no_grad;
  const Tensor latents = torch::randn({1, 90, 6});
  const auto sounded = [&](const std::vector<int64_t>& pieces, bool flush) {
    std::vector<Tensor> waves;
    ChunkedStream stream(
        *vocoder, {RandomStream(7, 0)}, [&](const Tensor& wave) { waves.push_back(wave.clone()); });
    int64_t at = 0;
    for (const int64_t size : pieces) {
      stream.feed(latents.slice(1, at, at + size));
      at += size;
      if (at == 50 && flush) stream.flush();
    }
    stream.finish();
    return waves;
  };
  const auto whole = sounded({90}, false), pieces = sounded({10, 40, 40}, false),
             flushed = sounded({50, 40}, true);
  CHECK(whole.size() == 2);  // 25 frames, 65
  REQUIRE(pieces.size() == 2);
  CHECK(torch::cat(pieces, 1).equal(torch::cat(whole, 1)));
  REQUIRE(flushed.size() == 3);  // 25, 24, 41
  const Tensor all = torch::cat(flushed, 1);
  REQUIRE(all.size(1) == 180 * kSubFrameSamples);
  CHECK((all - torch::cat(whole, 1)).abs().max().item<float>() < 1e-4);
  CHECK(flushed[0].size(1) + flushed[1].size(1) >
        80 * kSubFrameSamples);  // but for what looks ahead
}

TEST_CASE("every vocoder: a batch gives what each row gets alone") {
  torch::manual_seed(2);
  torch::NoGradGuard no_grad;
  for (const auto& type : vocoder_types()) {
    auto vocoder = tiny(type);
    const Tensor latents = torch::randn({2, 9, 6});
    VocoderStream both({RandomStream(1, 0), RandomStream(1, 1)}), second({RandomStream(1, 1)});
    const Tensor batch = vocoder->stream(latents, true, both).wave;
    const Tensor alone = vocoder->stream(latents.slice(0, 1, 2), true, second).wave;
    CHECK((batch[1] - alone[0]).abs().max().item<float>() < 1e-4);
  }
}

TEST_CASE("harmonic excitation: unit variance, period of F0, all harmonics alike") {
  VocoderStream state;
  const Tensor wave = pulses(torch::full({1, 100}, std::log(200.0f)), torch::ones({1, 100}), state);
  CHECK(wave.size(0) == 24000);
  CHECK(wave.square().mean().item<float>() == doctest::Approx(1).epsilon(0.03));
  const Tensor spectrum = torch::fft::rfft(wave).abs();  // 1 Hz bins
  const float first = spectrum[200].item<float>(), last = spectrum[11400].item<float>();
  CHECK(first == doctest::Approx(last).epsilon(0.05));
  CHECK(spectrum[300].item<float>() < 0.02 * first);
  CHECK(spectrum[11800].item<float>() < 0.02 * first);
}

TEST_CASE("harmonic excitation: after a pause the phase begins anew, whatever F0 did meanwhile") {
  // 30 voiced sub-frames, 10 unvoiced ones, 30 voiced: a rounding error in F0 ends with the pause.
  const auto excite = [](double unvoiced_f0, double first_f0) {
    VocoderStream state;
    Tensor log_f0 = torch::full({1, 70}, std::log(180.0f));
    log_f0.slice(1, 0, 30).fill_(std::log(first_f0));
    log_f0.slice(1, 30, 40).fill_(std::log(unvoiced_f0));
    Tensor voicing = torch::ones({1, 70});
    voicing.slice(1, 30, 40).zero_();
    return pulses(log_f0, voicing, state);
  };
  const Tensor plain = excite(180, 180), other = excite(300, 181);
  const auto largest = [&](int64_t from, int64_t to) {
    return (plain - other).slice(0, from, to).abs().max().item<float>();
  };
  CHECK(largest(20 * 240, 30 * 240) > 1);
  CHECK(largest(41 * 240, 70 * 240) < 1e-4);
}

TEST_CASE("breath envelope: unit power, loudest at the pulse, steady without voice") {
  VocoderStream state;
  const Tensor voicing = torch::ones({1, 100});
  const PhaseTrack track = follow_phase(torch::full({1, 100}, std::log(200.0f)), voicing, state);
  const Tensor gain = breath_envelope(track, voicing, 0.9)[0];
  CHECK(gain.square().mean().item<float>() == doctest::Approx(1).epsilon(0.01));
  const Tensor at_pulse = track.cycles.flatten().abs() < 0.02;
  const Tensor between = track.cycles.flatten().abs() > 0.48;
  CHECK(gain.masked_select(at_pulse).min().item<float>() > 1.5f);
  CHECK(gain.masked_select(between).max().item<float>() < 0.35f);
  CHECK(breath_envelope(track, torch::zeros({1, 100}), 0.9).sub(1).abs().max().item<float>() == 0);
  CHECK(breath_envelope(track, voicing, 0).sub(1).abs().max().item<float>() == 0);
}

TEST_CASE("pitch_ratio moves the harmonics") {
  VocoderStream state;
  state.pitch_ratio = 2;
  const Tensor wave = pulses(torch::full({1, 100}, std::log(100.0f)), torch::ones({1, 100}), state);
  const Tensor spectrum = torch::fft::rfft(wave).abs();
  CHECK(spectrum[200].item<float>() > 20 * spectrum[100].item<float>());
}

TEST_CASE("below F0 nothing is harmonic: the filter's lowest bin closes for high voices") {
  torch::NoGradGuard no_grad;
  torch::manual_seed(1);
  const auto vocoder = tiny("source_filter");
  vocoder->eval();
  const Tensor latents = torch::randn({1, 20, vocoder->to_json()["latent"].get<int64_t>()});
  const auto speak = [&](double f0_hz) {
    VocoderTeacher teacher{torch::full({1, 40}, std::log(f0_hz)), torch::ones({1, 40})};
    torch::manual_seed(2);  // the same noise
    return vocoder->forward(latents, teacher).wave;
  };
  const Tensor deep = speak(65), high = speak(200);
  vocoder->named_parameters()["head.bias"].view({2, 3, kBins}).select(1, 0).select(1, 1) += 2;
  CHECK(!speak(65).equal(deep));
  CHECK(speak(200).equal(high));
}

TEST_CASE("unknown types and keys name themselves") {
  CHECK_THROWS_WITH(make_vocoder(Config({{"type", "gan"}}, "codec.json: vocoder")),
                    doctest::Contains("type is \"gan\"; known: inverse_stft, source_filter"));
  nlohmann::json json = tiny("inverse_stft")->to_json();
  json["chanels"] = 3;
  CHECK_THROWS_WITH(make_vocoder(Config(json, "codec.json: vocoder")),
                    doctest::Contains("unknown key \"chanels\""));
}

TEST_CASE("finite differences: hinge, feature matching and F0 losses") {
  torch::manual_seed(3);
  const Tensor real = torch::randn({3, 5}, torch::kDouble);
  const auto output = [](const Tensor& x) {
    return std::vector<DiscriminatorOutput>{{x, {x * 2, x.square()}}};
  };
  check_gradient([&](const Tensor& x) { return discriminator_loss(output(real), output(x)); },
                 torch::randn({3, 5}));
  check_gradient([&](const Tensor& x) { return adversarial_loss(output(x)); },
                 torch::randn({3, 5}));
  check_gradient([&](const Tensor& x) { return feature_matching_loss(output(real), output(x)); },
                 torch::randn({3, 5}));
  VocoderTeacher teacher{torch::full({2, 4}, 5.0, torch::kDouble),
                         torch::tensor({1.0, 1.0, 0.0, 1.0}, torch::kDouble).repeat({2, 1})};
  check_gradient(
      [&](const Tensor& x) {
        VocoderOutput out;
        out.f0_logits = x.slice(2, 0, 16);
        out.voicing = torch::sigmoid(x.select(2, 16));
        return SourceFilterVocoder::f0_loss(out, teacher);
      },
      torch::randn({2, 4, 17}));
}

TEST_CASE("discriminators: small, and every layer's features come out") {
  Discriminators discriminators;
  int64_t parameters = 0;
  for (const auto& p : discriminators->parameters()) parameters += p.numel();
  CHECK(parameters <= 3000000);
  const auto out = discriminators->forward(torch::randn({2, 7200}) * 0.1);
  CHECK(out.size() == 8);
  for (const auto& d : out) CHECK(d.features.size() >= 4);
}

TEST_CASE("discriminators: those asked for answer, as they do among all") {
  torch::manual_seed(6);
  Discriminators discriminators;
  const Tensor wave = torch::randn({2, 7200}) * 0.1;
  const auto all = discriminators->forward(wave), some = discriminators->forward(wave, {6, 1});
  REQUIRE(all.size() == discriminators->count());
  REQUIRE(some.size() == 2);
  CHECK_TENSOR_EQ(some[0].score, all[6].score);
  CHECK_TENSOR_EQ(some[1].score, all[1].score);
}

TEST_CASE(
    "filter distance: nothing between equals, and each part of a filter counts where it sounds") {
  torch::manual_seed(4);
  const auto filters = [](double harmonic, double phase, double noise) {
    const std::vector<double> parts = {harmonic, phase, noise};
    VocoderOutput out;
    out.filters = torch::tensor(parts, torch::kFloat).view({1, 1, 3, 1}).expand({2, 6, 3, kBins});
    return out;
  };
  const auto distance = [](const VocoderOutput& a, const VocoderOutput& b) {
    return SourceFilterVocoder::filter_distance(a, b).item<double>();
  };
  const VocoderOutput voiced = filters(0, 1, -4), hiss = filters(-4, 1, 0);
  CHECK(distance(voiced, voiced) == doctest::Approx(0));
  CHECK(distance(filters(0.5, 1, -4), voiced) == doctest::Approx(0.5));
  CHECK(distance(filters(0, 1, -3), voiced) == doctest::Approx(1));
  CHECK(distance(filters(0, 1 + 2 * M_PI, -4), voiced) == doctest::Approx(0).epsilon(1e-4));
  CHECK(distance(filters(0, 1 + M_PI, -4), voiced) == doctest::Approx(2));
  // Where both are there, the part that sounds weighs more.
  VocoderOutput mixed = filters(0, 1, -4), wrong = filters(0, 1, -4);
  mixed.filters = torch::cat({voiced.filters, hiss.filters}, 1);
  const auto with_error = [&](int64_t half, int64_t part) {
    wrong.filters = mixed.filters.clone();
    wrong.filters.slice(1, 6 * half, 6 * half + 6).select(2, part) += 0.5;
    return distance(wrong, mixed);
  };
  CHECK(with_error(0, 0) > 5 * with_error(1, 0));
  CHECK(with_error(1, 2) > 5 * with_error(0, 2));
}

TEST_CASE("a small vocoder learns the filters of another on the same latents and F0") {
  torch::manual_seed(5);
  const auto teacher = tiny("source_filter"), pupil = tiny("source_filter");
  const Tensor latents = torch::randn({2, 12, 6});
  VocoderTeacher known;
  known.log_f0 = torch::full({2, 24}, 5.0);
  known.voicing = torch::ones({2, 24});
  VocoderOutput answer;
  {
    torch::NoGradGuard no_grad;
    answer = teacher->forward(latents, known);
  }
  torch::optim::Adam adam(pupil->parameters(), torch::optim::AdamOptions(3e-3));
  double first = 0, last = 0;
  for (int step = 0; step < 60; ++step) {
    adam.zero_grad();
    const Tensor loss =
        SourceFilterVocoder::filter_distance(pupil->forward(latents, known), answer);
    loss.backward();
    adam.step();
    last = loss.item<double>();
    if (step == 0) first = last;
  }
  CHECK(last < 0.5 * first);
}
