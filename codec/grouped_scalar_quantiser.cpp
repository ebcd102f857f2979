#include "codec/grouped_scalar_quantiser.h"

#include <cmath>

#include "core/error.h"

namespace tts {
namespace {

constexpr double kSlack = 1e-3;       // the outermost level is reached before infinity
constexpr double kUsedDeviation = 1;  // of a number before it is bounded: uses its levels evenly

// Each number's value, repeated for all groups. → [groups * levels]
Tensor for_all_groups(const GroupedScalarOptions& o, double (*value)(int64_t levels)) {
  std::vector<double> one;
  for (const int64_t levels : o.levels) one.push_back(value(levels));
  return torch::tensor(one, torch::kDouble).to(torch::kFloat).repeat({o.groups});
}

double half_reach(int64_t levels) {
  return static_cast<double>(levels - 1) * (1 + kSlack) / 2;
}

// An even count has no middle level: its numbers are rounded half a step aside.
double centre(int64_t levels) {
  return levels % 2 == 0 ? 0.5 : 0.0;
}

double centring_shift(int64_t levels) {
  return std::atanh(centre(levels) / half_reach(levels));
}

}  // namespace

GroupedScalarOptions GroupedScalarOptions::from(Config c) {
  GroupedScalarOptions o;
  o.latent = c.integer("latent", 1, 1024);
  o.groups = c.integer("groups", 1, 64);
  o.levels = c.integers("levels", 2, 1024);
  c.finish();
  return o;
}

nlohmann::json GroupedScalarOptions::to_json() const {
  return {{"latent", latent}, {"groups", groups}, {"levels", levels}};
}

int64_t GroupedScalarOptions::codes() const {
  int64_t product = 1;
  for (const int64_t count : levels) product *= count;
  return product;
}

GroupedScalarQuantiserImpl::GroupedScalarQuantiserImpl(const GroupedScalarOptions& o)
    : options_(o),
      half_(for_all_groups(o, half_reach)),
      shift_(for_all_groups(o, centring_shift)),
      offset_(for_all_groups(o, centre)),
      down_(register_module("down", torch::nn::Linear(o.latent, o.numbers()))),
      up_(register_module("up", torch::nn::Linear(o.numbers(), o.latent))) {}

Tensor GroupedScalarQuantiserImpl::bounded(const Tensor& latents) {
  const Tensor half = half_.to(latents.device());
  return torch::tanh(down_->forward(latents) + shift_.to(latents.device())) * half -
         offset_.to(latents.device());
}

Tensor GroupedScalarQuantiserImpl::latents_of(const Tensor& rounded) {
  return up_->forward((rounded + offset_.to(rounded.device())) / half_.to(rounded.device()));
}

GroupedScalarQuantiserImpl::Output GroupedScalarQuantiserImpl::forward(const Tensor& latents) {
  const Tensor numbers = bounded(latents);
  Output out;
  out.quantised = latents_of(numbers + (torch::round(numbers) - numbers).detach());
  const Tensor variance =
      (latents - latents.mean(std::vector<int64_t>{0, 1}, true)).square().mean();
  out.left = (latents - out.quantised).square().mean() / variance.clamp_min(1e-12);
  return out;
}

Tensor GroupedScalarQuantiserImpl::encode(const Tensor& latents) {
  torch::NoGradGuard no_grad;
  const auto per_group = static_cast<int64_t>(options_.levels.size());
  const Tensor numbers = torch::round(bounded(latents)).to(torch::kLong);
  const Tensor grouped =
      numbers.reshape({latents.size(0), latents.size(1), options_.groups, per_group});
  Tensor codes = torch::zeros_like(grouped.select(3, 0));
  for (int64_t k = 0; k < per_group; ++k) {
    const int64_t levels = options_.levels[static_cast<size_t>(k)];
    codes = codes * levels + (grouped.select(3, k) + levels / 2).clamp(0, levels - 1);
  }
  return codes;
}

Tensor GroupedScalarQuantiserImpl::decode(const Tensor& codes) {
  if (codes.size(-1) != options_.groups) {
    fail(ErrorCode::kInput,
         "codes have ",
         codes.size(-1),
         " groups [B, T, G]; this quantiser has ",
         options_.groups);
  }
  std::vector<Tensor> numbers;
  Tensor rest = codes;
  for (size_t k = options_.levels.size(); k-- > 0;) {
    const int64_t levels = options_.levels[k];
    numbers.insert(numbers.begin(), torch::remainder(rest, levels) - levels / 2);
    rest = torch::div(rest, levels, "floor");
  }
  return latents_of(torch::stack(numbers, -1).flatten(-2).to(up_->weight.scalar_type()));
}

void GroupedScalarQuantiserImpl::initialise(const Tensor& frames) {
  torch::NoGradGuard no_grad;
  const Tensor data = frames.to(torch::kDouble), mean = data.mean(0);
  const Tensor covariance = torch::matmul((data - mean).t(), data - mean) / data.size(0);
  const auto [values, vectors] = torch::linalg_eigh(covariance, "L");
  const int64_t kept = std::min(options_.numbers(), options_.latent);
  const Tensor basis = vectors.flip(1).slice(1, 0, kept);  // [D, kept], largest variance first
  // A random rotation spreads the variance evenly, so that all numbers are worth their levels.
  const Tensor noise = torch::randn({options_.numbers(), kept}, torch::kDouble);
  const Tensor turn = std::get<0>(torch::linalg_qr(noise, "reduced"));  // [numbers, kept]
  const Tensor map = torch::matmul(turn, basis.t());                    // [numbers, D]
  const Tensor spread = torch::matmul(data - mean, map.t()).std(0).clamp_min(1e-9) / kUsedDeviation;
  down_->weight.copy_(map / spread.unsqueeze(1));
  down_->bias.copy_(-torch::matmul(down_->weight.to(torch::kDouble), mean));
  // tanh is nearly its argument where most numbers are; training finds the rest.
  up_->weight.copy_(map.t() * spread.unsqueeze(0));
  up_->bias.copy_(mean);
}

}  // namespace tts
