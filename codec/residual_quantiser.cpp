#include "codec/residual_quantiser.h"

#include "core/error.h"

namespace tts {
namespace {

Tensor unit(const Tensor& x) {
  return torch::nn::functional::normalize(x, torch::nn::functional::NormalizeFuncOptions().dim(-1));
}

// Spherical k-means. points: [M, W] of unit length → [K, W]
Tensor kmeans(const Tensor& points, int64_t k, int64_t rounds) {
  Tensor centres =
      points.index_select(0,
                          torch::randperm(points.size(0), points.options().dtype(torch::kLong))
                              .remainder(points.size(0))
                              .slice(0, 0, k));
  for (int64_t round = 0; round < rounds; ++round) {
    const Tensor nearest = torch::matmul(points, centres.t()).argmax(1);
    const Tensor sums = torch::zeros_like(centres).index_add(0, nearest, points);
    const Tensor counts = torch::bincount(nearest, {}, k);
    const Tensor empty = counts == 0;
    const Tensor spare =
        points.index_select(0, torch::randint(points.size(0), {k}, counts.options()));
    centres = unit(torch::where(empty.unsqueeze(1), spare, sums));
  }
  return centres;
}

}  // namespace

QuantiserOptions QuantiserOptions::from(Config c) {
  QuantiserOptions o;
  o.latent = c.integer("latent", 1, 1024);
  o.codebooks = c.integer("codebooks", 1, 64);
  o.entries = c.integer("entries", 2, 65536);
  o.code_width = c.integer("code_width", 1, 512);
  c.finish();
  return o;
}

nlohmann::json QuantiserOptions::to_json() const {
  return {{"latent", latent},
          {"codebooks", codebooks},
          {"entries", entries},
          {"code_width", code_width}};
}

VectorQuantiserImpl::VectorQuantiserImpl(const QuantiserOptions& o)
    : in_(register_module("in", torch::nn::Linear(o.latent, o.code_width))),
      out_(register_module("out", torch::nn::Linear(o.code_width, o.latent))),
      entries_(register_parameter("entries", unit(torch::randn({o.entries, o.code_width})))) {}

Tensor VectorQuantiserImpl::project(const Tensor& residual) {
  return unit(in_(residual));
}

Tensor VectorQuantiserImpl::nearest(const Tensor& unit_rows) const {
  torch::NoGradGuard no_grad;
  return torch::matmul(unit_rows, unit(entries_).t()).argmax(-1);
}

VectorQuantiserImpl::Output VectorQuantiserImpl::forward(const Tensor& residual) {
  const Tensor projected = in_(residual);  // [M, W]
  Output out;
  out.codes = nearest(unit(projected));
  const Tensor chosen = torch::embedding(entries_, out.codes);
  out.commitment = (projected - chosen.detach()).square().mean(-1);
  out.codebook = (projected.detach() - chosen).square().mean(-1);
  // Straight-through: the value is the entry, the gradient is the projection's.
  out.quantised = out_(projected + (chosen - projected).detach());
  return out;
}

Tensor VectorQuantiserImpl::decode(const Tensor& codes) {
  return out_(torch::embedding(entries_, codes));
}

void VectorQuantiserImpl::set_entries(const Tensor& rows, const Tensor& entries) {
  torch::NoGradGuard no_grad;
  entries_.index_copy_(0, rows, entries);
}

ResidualQuantiserImpl::ResidualQuantiserImpl(const QuantiserOptions& o)
    : options_(o), levels_(register_module("levels", torch::nn::ModuleList())) {
  for (int64_t q = 0; q < o.codebooks; ++q) levels_->push_back(VectorQuantiser(o));
}

ResidualQuantiserImpl::Output ResidualQuantiserImpl::forward(const Tensor& latents,
                                                             const Tensor& levels) {
  const int64_t batch = latents.size(0), frames = latents.size(1), width = latents.size(2);
  Tensor residual = latents.reshape({-1, width}), sum = torch::zeros_like(residual);
  Tensor limit;  // [M, 1] levels allowed per frame
  if (levels.defined())
    limit = levels.to(latents.device()).unsqueeze(1).expand({batch, frames}).reshape({-1, 1});
  Output out;
  std::vector<Tensor> codes;
  Tensor commitment = latents.new_zeros({}), codebook = latents.new_zeros({});
  for (int64_t q = 0; q < options_.codebooks; ++q) {
    auto level = levels_[q]->as<VectorQuantiser>()->forward(residual);
    Tensor used = level.quantised;
    if (limit.defined()) {
      const Tensor on = (limit > q).to(latents.dtype());  // [M, 1]
      used = used * on;
      level.commitment = level.commitment * on.squeeze(1);
      level.codebook = level.codebook * on.squeeze(1);
    }
    // Quantise what is left, add it to the sum, subtract it from the rest.
    sum = sum + used;
    residual = residual - used.detach();
    commitment = commitment + level.commitment.mean();
    codebook = codebook + level.codebook.mean();
    codes.push_back(level.codes);
  }
  out.quantised = sum.reshape({batch, frames, width});
  out.codes = torch::stack(codes, 1).reshape({batch, frames, options_.codebooks});
  out.commitment = commitment;
  out.codebook = codebook;
  return out;
}

Tensor ResidualQuantiserImpl::encode(const Tensor& latents) {
  torch::NoGradGuard no_grad;
  return forward(latents).codes;
}

Tensor ResidualQuantiserImpl::decode(const Tensor& codes) {
  if (codes.size(-1) > options_.codebooks) {
    fail(ErrorCode::kInput,
         "codes have ",
         codes.size(-1),
         " codebooks [B, T, Q]; this codec has ",
         options_.codebooks);
  }
  Tensor sum;
  for (int64_t q = 0; q < codes.size(-1); ++q) {
    const Tensor part = levels_[q]->as<VectorQuantiser>()->decode(codes.select(-1, q));
    sum = q == 0 ? part : sum + part;
  }
  return sum;
}

void ResidualQuantiserImpl::initialise(const Tensor& frames) {
  torch::NoGradGuard no_grad;
  Tensor residual = frames;
  const Tensor rows = torch::arange(options_.entries, frames.options().dtype(torch::kLong));
  for (const auto& module : *levels_) {
    auto* level = module->as<VectorQuantiser>();
    level->set_entries(rows, kmeans(level->project(residual), options_.entries, 8));
    residual = residual - level->forward(residual).quantised;
  }
}

int64_t ResidualQuantiserImpl::revive(const Tensor& frames, int64_t least) {
  torch::NoGradGuard no_grad;
  int64_t revived = 0;
  Tensor residual = frames;
  for (const auto& module : *levels_) {
    auto* level = module->as<VectorQuantiser>();
    const auto out = level->forward(residual);
    const Tensor unused =
        torch::nonzero(torch::bincount(out.codes, {}, options_.entries) < least).squeeze(1);
    if (unused.numel() > 0) {
      const Tensor pick = torch::randint(residual.size(0), {unused.numel()}, unused.options());
      level->set_entries(unused, level->project(residual.index_select(0, pick)));
      revived += unused.numel();
    }
    residual = residual - level->forward(residual).quantised;
  }
  return revived;
}

}  // namespace tts
