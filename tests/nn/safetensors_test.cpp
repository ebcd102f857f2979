#include "nn/safetensors.h"

#include <filesystem>

#include "core/error.h"
#include "tests/nn/files.h"
#include "tests/tensor_checks.h"
#include "tests/test.h"

using namespace tts;
using namespace tts::testing;
namespace fs = std::filesystem;

TEST_CASE("a file worked out by hand is read") {
  const std::string header =
      R"({"__metadata__":{"made":"by hand"},"a":{"dtype":"I32","shape":[2],"data_offsets":[0,8]},)"
      R"("b":{"dtype":"U8","shape":[],"data_offsets":[8,9]},"e":{"dtype":"F32","shape":[0,3],"data_offsets":[9,9]}})";
  const auto file =
      SafeTensors::from_memory(make(header, std::string("\x01\0\0\0\xff\xff\xff\xff\x07", 9)), "x");
  CHECK(file.names() == std::vector<std::string>{"a", "b", "e"});
  CHECK(file.metadata().at("made") == "by hand");
  CHECK_TENSOR_EQ(file.get("a"), torch::tensor({1, -1}, torch::kInt32));
  CHECK(file.get("b").item<int>() == 7);
  CHECK(file.get("e").sizes() == std::vector<int64_t>{0, 3});
  CHECK(contains(message_of([&] { file.get("c"); }), "x: tensor \"c\" is missing"));
}

TEST_CASE("what was saved is read back, whatever its type") {
  const Scratch dir;
  torch::manual_seed(1);
  const NamedTensors given = {{"bytes", torch::arange(5).to(torch::kUInt8)},
                              {"float", torch::randn({3, 4}).t()},
                              {"int", torch::arange(-3, 3).to(torch::kInt32)},
                              {"long", torch::full({1}, int64_t{1} << 40)},
                              {"none", torch::empty({0, 2})},
                              {"scalar", torch::tensor(2.5f)},
                              {"signed", torch::arange(-3, 3).to(torch::kInt8)}};
  save_safetensors(dir / "a.safetensors", given, {{"key", "value \"ü\""}});
  const auto file = SafeTensors::open(dir / "a.safetensors");
  CHECK(file.names().size() == given.size());
  CHECK(file.metadata() == Metadata{{"key", "value \"ü\""}});
  for (const auto& [name, tensor] : given) {
    CAPTURE(name);
    CHECK((file.get(name).scalar_type() == tensor.scalar_type()));
    CHECK_TENSOR_EQ(file.get(name), tensor);
  }
}

TEST_CASE("a tensor outlives its file object, and writing to it leaves the file alone") {
  const Scratch dir;
  save_safetensors(dir / "a.safetensors", {{"x", torch::ones({4})}});
  Tensor x = SafeTensors::open(dir / "a.safetensors").get("x");
  x.mul_(3);
  CHECK(x.sum().item<float>() == 12);
  CHECK(SafeTensors::open(dir / "a.safetensors").get("x").sum().item<float>() == 4);
}

TEST_CASE("half precision and int8 per channel keep what they promise") {
  const Scratch dir;
  torch::manual_seed(2);
  const Tensor weight = torch::randn({6, 5, 3}) * torch::logspace(-4, 1, 6).view({6, 1, 1});
  const Tensor bias = torch::randn({6});
  const NamedTensors given = {{"weight", weight}, {"bias", bias}, {"zero", torch::zeros({2, 2})}};
  save_safetensors(dir / "h.safetensors", given, {}, SaveType::kHalf);
  save_safetensors(dir / "q.safetensors", given, {}, SaveType::kInt8PerChannel);
  const auto half = SafeTensors::open(dir / "h.safetensors");
  const auto int8 = SafeTensors::open(dir / "q.safetensors");
  CHECK_TENSOR_EQ(half.get("weight"), weight.to(torch::kFloat16));
  CHECK(int8.names() == std::vector<std::string>{"bias", "weight", "zero"});
  CHECK(int8.is_float("weight"));
  CHECK_TENSOR_EQ(int8.get("bias"), bias.to(torch::kFloat16));
  CHECK_TENSOR_EQ(int8.get("zero"), torch::zeros({2, 2}));
  // At most half a step of its own channel away.
  const Tensor step = weight.abs().amax(std::vector<int64_t>{1, 2}, true) / 127;
  CHECK(((int8.get("weight") - weight).abs() <= step * 0.5001).all().item<bool>());
}

TEST_CASE("saving refuses what it cannot hold, and leaves no file") {
  const Scratch dir;
  const auto save = [&](const NamedTensors& tensors, SaveType type) {
    return message_of([&] { save_safetensors(dir / "a.safetensors", tensors, {}, type); });
  };
  CHECK(contains(save({{"x", torch::full({2}, 1e5f)}}, SaveType::kHalf),
                 "\"x\" has values beyond 65504"));
  CHECK(contains(save({{"x", torch::full({2}, NAN)}}, SaveType::kHalf), "\"x\" has NaN"));
  CHECK(contains(save({{"x", torch::ones(1)}, {"x", torch::ones(1)}}, SaveType::kFloat32),
                 "two tensors"));
  CHECK(contains(save({{"x", torch::ones(1, torch::kBool)}}, SaveType::kFloat32), "has type Bool"));
  CHECK(
      contains(message_of([&] { save_safetensors(dir / "no/a", {}); }), "no/a: cannot be written"));
  CHECK(fs::is_empty(dir.folder));
}

TEST_CASE("shards: one file if it fits, else several, and no stale ones") {
  const Scratch dir;
  NamedTensors given;
  for (int i = 0; i < 9; ++i)
    given.emplace_back("t" + std::to_string(i), torch::full({300, 4}, float(i)));
  save_sharded(dir / "w", given, {{"k", "v"}}, SaveType::kFloat32, 20000);
  CHECK(!fs::exists(dir / "w.safetensors"));
  CHECK(fs::exists(dir / "w-00003-of-00003.safetensors"));
  for (const auto& item : fs::directory_iterator(dir.folder)) CHECK(item.file_size() <= 20000);
  const auto all = SafeTensors::open_sharded(dir / "w");
  CHECK(all.metadata().at("k") == "v");
  for (const auto& [name, tensor] : given) CHECK_TENSOR_EQ(all.get(name), tensor);
  CHECK(content_hash(all) == content_hash(given));

  fs::remove(dir / "w-00002-of-00003.safetensors");
  CHECK(contains(message_of([&] { SafeTensors::open_sharded(dir / "w"); }), "is missing"));
  save_sharded(dir / "w", given, {}, SaveType::kInt8PerChannel, 30000);
  CHECK(std::distance(fs::directory_iterator(dir.folder), {}) == 1);
  CHECK(
      torch::allclose(SafeTensors::open_sharded(dir / "w").get("t8"), torch::full({300, 4}, 8.f)));
  CHECK(contains(message_of([&] { save_sharded(dir / "w", given, {}, SaveType::kFloat32, 3000); }),
                 "\"t0\" has 4800 bytes; a weight file holds at most 3000"));
  CHECK(contains(message_of([&] { SafeTensors::open_sharded(dir / "v"); }),
                 "v.safetensors: does not exist"));
}

TEST_CASE("a tensor and its scale may lie in different shards") {
  const Scratch dir;
  save_sharded(dir / "w", {{"x", torch::ones({100, 2})}}, {}, SaveType::kInt8PerChannel, 600);
  CHECK(fs::exists(dir / "w-00002-of-00002.safetensors"));
  CHECK(torch::allclose(SafeTensors::open_sharded(dir / "w").get("x"), torch::ones({100, 2})));
}

TEST_CASE("files that are not there, folders and devices") {
  CHECK(contains(message_of([] { SafeTensors::open("/nonexistent/x"); }),
                 "cannot be opened (No such file"));
  CHECK(contains(message_of([] { SafeTensors::open("/dev/null"); }),
                 "is empty or not a regular file"));
  CHECK(contains(message_of([] { SafeTensors::open("/tmp"); }), "is empty or not a regular file"));
}

TEST_CASE("an unaligned foreign file gives the same values") {
  const std::string header =
      R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"x":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}})";
  CHECK(SafeTensors::from_memory(make(header, std::string("\x01\0\0\x80\x3f", 5)), "x")
            .get("x")
            .item<float>() == 1);
}

TEST_CASE("NaN is found in every float type") {
  for (const auto type : {torch::kFloat32, torch::kFloat16, torch::kBFloat16}) {
    Tensor x = torch::linspace(-5, 5, 40).to(type);
    const auto stored = [&](const char* name) {
      const std::string header = std::string(R"({"x":{"dtype":")") + name +
                                 R"(","shape":[40],"data_offsets":[0,)" +
                                 std::to_string(x.nbytes()) + "]}}";
      const std::string data(static_cast<const char*>(x.data_ptr()), x.nbytes());
      return SafeTensors::from_memory(make(header, data), "x");
    };
    const char* name = type == torch::kFloat32 ? "F32" : type == torch::kFloat16 ? "F16" : "BF16";
    CHECK(stored(name).is_finite("x"));
    x[33] = NAN;
    CHECK(!stored(name).is_finite("x"));
  }
}

TEST_CASE("the content hash sees names, types, shapes and bytes, and not the order") {
  const Tensor a = torch::arange(6).to(torch::kFloat32), b = torch::ones({2});
  const std::string hash = content_hash(NamedTensors{{"a", a}, {"b", b}});
  CHECK(hash == "61d4c81125884f6b");  // stable for ever: it stands in token files
  CHECK(content_hash(NamedTensors{{"b", b}, {"a", a}}) == hash);
  CHECK(content_hash(NamedTensors{{"a", a}, {"c", b}}) != hash);
  CHECK(content_hash(NamedTensors{{"a", a.view({2, 3})}, {"b", b}}) != hash);
  CHECK(content_hash(NamedTensors{{"a", a + 1e-6}, {"b", b}}) != hash);
  const Scratch dir;
  save_safetensors(dir / "a.safetensors", {{"a", a}, {"b", b}}, {{"not", "hashed"}});
  const auto file = SafeTensors::open(dir / "a.safetensors");
  CHECK(content_hash(file) == hash);
  CHECK(content_hash(file, "a") == content_hash(NamedTensors{{"a", a}}));
}
