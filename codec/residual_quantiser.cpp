#include "codec/residual_quantiser.h"

#include "core/error.h"

namespace tts {
namespace {

constexpr double kDecay = 0.99;
constexpr double kLeastUsage = 0.05;  // of an even share: below it an entry is replaced
constexpr int64_t kKMeansRounds = 10;

// → [M] index of the nearest row of `entries`
Tensor nearest(const Tensor& points, const Tensor& entries) {
  // |p − e|² without |p|², which is the same for all entries
  return torch::addmm(entries.square().sum(1).unsqueeze(0), points, entries.t(), 1, -2).argmin(1);
}

Tensor random_rows(const Tensor& points, int64_t count) {
  const auto longs = points.options().dtype(torch::kLong);
  if (points.size(0) < count)
    return points.index_select(0, torch::randint(points.size(0), {count}, longs));
  return points.index_select(0, torch::randperm(points.size(0), longs).slice(0, 0, count));
}

}  // namespace

QuantiserOptions QuantiserOptions::from(Config c) {
  QuantiserOptions o;
  o.latent = c.integer("latent", 1, 1024);
  o.codebooks = c.integer("codebooks", 1, 64);
  o.entries = c.integer("entries", 2, 65536);
  c.finish();
  return o;
}

nlohmann::json QuantiserOptions::to_json() const {
  return {{"latent", latent}, {"codebooks", codebooks}, {"entries", entries}};
}

VectorQuantiserImpl::VectorQuantiserImpl(const QuantiserOptions& o)
    : entries_(register_buffer("entries", torch::randn({o.entries, o.latent}))),
      usage_(register_buffer("usage", torch::ones({o.entries}))) {}

Tensor VectorQuantiserImpl::encode(const Tensor& residual) const {
  return nearest(residual, entries_);
}

Tensor VectorQuantiserImpl::decode(const Tensor& codes) const {
  return torch::embedding(entries_, codes);
}

void VectorQuantiserImpl::initialise(const Tensor& residual) {
  const int64_t count = entries_.size(0);
  Tensor centres = random_rows(residual, count);
  for (int64_t round = 0; round < kKMeansRounds; ++round) {
    const Tensor codes = nearest(residual, centres);
    const Tensor members = torch::bincount(codes, {}, count).unsqueeze(1);
    const Tensor sums = torch::zeros_like(centres).index_add_(0, codes, residual);
    centres = torch::where(members > 0, sums / members.clamp_min(1), random_rows(residual, count));
  }
  entries_.copy_(centres);
  usage_.fill_(1);
}

int64_t VectorQuantiserImpl::follow(const Tensor& residual, const Tensor& codes) {
  const int64_t count = entries_.size(0);
  const double even_share = static_cast<double>(residual.size(0)) / count;
  const Tensor chosen = torch::bincount(codes, {}, count).to(entries_.dtype()) / even_share;
  const Tensor sums = torch::zeros_like(entries_).index_add_(0, codes, residual) / even_share;
  const Tensor kept = kDecay * usage_;
  usage_.copy_(kept + (1 - kDecay) * chosen);
  entries_.copy_((kept.unsqueeze(1) * entries_ + (1 - kDecay) * sums) /
                 usage_.clamp_min(1e-6).unsqueeze(1));
  const Tensor unused = torch::nonzero(usage_ < kLeastUsage).squeeze(1);
  if (unused.numel() > 0) {
    entries_.index_copy_(0, unused, random_rows(residual, unused.numel()));
    usage_.index_fill_(0, unused, 1);
  }
  return unused.numel();
}

ResidualQuantiserImpl::ResidualQuantiserImpl(const QuantiserOptions& o)
    : options_(o), levels_(register_module("levels", torch::nn::ModuleList())) {
  for (int64_t q = 0; q < o.codebooks; ++q) levels_->push_back(VectorQuantiser(o));
}

Tensor ResidualQuantiserImpl::entries() {
  std::vector<Tensor> all;
  for (int64_t q = 0; q < options_.codebooks; ++q) all.push_back(level(q).entries());
  return torch::stack(all);
}

VectorQuantiserImpl& ResidualQuantiserImpl::level(int64_t q) {
  return *levels_[static_cast<size_t>(q)]->as<VectorQuantiser>();
}

Tensor ResidualQuantiserImpl::encode(const Tensor& latents, int64_t merged) {
  torch::NoGradGuard no_grad;
  Tensor residual = latents.reshape({-1, options_.latent});
  std::vector<Tensor> codes;
  for (int64_t q = 0; q < options_.codebooks; ++q) {
    codes.push_back(q == 0 && merged > 1 ? shared_codes(latents, merged)
                                         : level(q).encode(residual));
    residual = residual - level(q).decode(codes.back());
  }
  return torch::stack(codes, 1).reshape({latents.size(0), latents.size(1), options_.codebooks});
}

Tensor ResidualQuantiserImpl::shared_codes(const Tensor& latents, int64_t merged) {
  std::vector<Tensor> codes;
  for (int64_t t = 0; t < latents.size(1); t += merged) {
    const Tensor group = latents.slice(1, t, t + merged);
    codes.push_back(level(0).encode(group.mean(1)).unsqueeze(1).expand({-1, group.size(1)}));
  }
  return torch::cat(codes, 1).flatten();
}

Tensor ResidualQuantiserImpl::decode(const Tensor& codes) {
  if (codes.size(-1) > options_.codebooks) {
    fail(ErrorCode::kInput,
         "codes have ",
         codes.size(-1),
         " codebooks [B, T, Q]; this codec has ",
         options_.codebooks);
  }
  Tensor sum = level(0).decode(codes.select(-1, 0));
  for (int64_t q = 1; q < codes.size(-1); ++q) sum = sum + level(q).decode(codes.select(-1, q));
  return sum;
}

ResidualQuantiserImpl::Output ResidualQuantiserImpl::forward(const Tensor& latents,
                                                             const Tensor& levels) {
  Output out;
  out.codes = encode(latents);
  Tensor sum = torch::zeros_like(latents);
  {
    torch::NoGradGuard no_grad;
    for (int64_t q = 0; q < options_.codebooks; ++q) {
      Tensor part = level(q).decode(out.codes.select(2, q));
      if (levels.defined()) {
        const Tensor on = (levels.to(latents.device()) > q).to(latents.dtype());
        part = part * on.view({-1, 1, 1});
      }
      sum = sum + part;
    }
  }
  const std::vector<int64_t> frames = {0, 1};
  const Tensor variance = (latents - latents.mean(frames, true)).square().mean();
  // A share of the variance, so that shrinking the latents gains nothing.
  out.commitment = (latents - sum).square().mean() / variance.clamp_min(1e-12);
  out.quantised = latents + (sum - latents).detach();
  return out;
}

void ResidualQuantiserImpl::initialise(const Tensor& frames) {
  torch::NoGradGuard no_grad;
  Tensor residual = frames;
  for (int64_t q = 0; q < options_.codebooks; ++q) {
    level(q).initialise(residual);
    residual = residual - level(q).decode(level(q).encode(residual));
  }
}

int64_t ResidualQuantiserImpl::follow(const Tensor& latents, const Tensor& codes) {
  torch::NoGradGuard no_grad;
  Tensor residual = latents.detach().reshape({-1, options_.latent});
  int64_t replaced = 0;
  for (int64_t q = 0; q < options_.codebooks; ++q) {
    const Tensor chosen = codes.select(2, q).reshape({-1});
    const Tensor next = residual - level(q).decode(chosen);
    replaced += level(q).follow(residual, chosen);
    residual = next;
  }
  return replaced;
}

}  // namespace tts
