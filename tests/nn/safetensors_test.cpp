#include "nn/safetensors.h"

#include <filesystem>
#include <fstream>

#include "core/error.h"
#include "tests/test.h"

using namespace tts;

namespace {

namespace fs = std::filesystem;

// A fresh folder that goes away with the test.
struct Scratch {
  fs::path folder;
  Scratch() {
    folder = fs::temp_directory_path() / ("tts-safetensors-" + std::to_string(::getpid()));
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~Scratch() { fs::remove_all(folder); }
  std::string operator/(const std::string& name) const { return (folder / name).string(); }
};

std::string file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A safetensors file from its header text and its data.
std::string make(const std::string& header, const std::string& data) {
  const uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), 8) + header + data;
}

// The message of the Error(kVoice) that opening these bytes gives; empty if it opens.
std::string refusal(const std::string& bytes) {
  try {
    SafeTensors::from_memory(bytes, "w.safetensors");
    return "";
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::kVoice);
    return e.what();
  }
}

template <typename Call>
std::string message_of(Call call) {
  try {
    call();
    return "";
  } catch (const Error& e) {
    return e.what();
  }
}

bool contains(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) MESSAGE("got: " << text);
  return found;
}

struct TinyImpl : torch::nn::Module {
  torch::nn::Linear linear{nullptr};
  Tensor steps;
  TinyImpl() {
    linear = register_module("linear", torch::nn::Linear(3, 2));
    steps = register_buffer("steps", torch::zeros({1}, torch::kInt64));
  }
};
TORCH_MODULE(Tiny);

}  // namespace

TEST_CASE("a file worked out by hand is read") {
  const std::string header =
      R"({"__metadata__":{"made":"by hand"},"a":{"dtype":"I32","shape":[2],"data_offsets":[0,8]},)"
      R"("b":{"dtype":"U8","shape":[],"data_offsets":[8,9]},"e":{"dtype":"F32","shape":[0,3],"data_offsets":[9,9]}})";
  const auto file =
      SafeTensors::from_memory(make(header, std::string("\x01\0\0\0\xff\xff\xff\xff\x07", 9)), "x");
  CHECK(file.names() == std::vector<std::string>{"a", "b", "e"});
  CHECK(file.metadata().at("made") == "by hand");
  CHECK(torch::equal(file.get("a"), torch::tensor({1, -1}, torch::kInt32)));
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
    CHECK(torch::equal(file.get(name), tensor));
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
  CHECK(torch::equal(half.get("weight"), weight.to(torch::kFloat16)));
  CHECK(int8.names() == std::vector<std::string>{"bias", "weight", "zero"});
  CHECK(int8.is_float("weight"));
  CHECK(torch::equal(int8.get("bias"), bias.to(torch::kFloat16)));
  CHECK(torch::equal(int8.get("zero"), torch::zeros({2, 2})));
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
  for (const auto& [name, tensor] : given) CHECK(torch::equal(all.get(name), tensor));
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

TEST_CASE("damaged files are refused with what is wrong") {
  const std::string f32 = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
  const std::string eight(8, '\0');
  CHECK(refusal(make(f32, eight)) == "");
  const auto with = [&](const std::string& fields) {
    return refusal(make("{\"a\":{" + fields + "}}", eight));
  };
  CHECK(contains(refusal(""), "0 bytes are no safetensors file"));
  CHECK(contains(refusal("RIFF\x01\x02\x03\x04WAVE"), "no safetensors file, or truncated"));
  CHECK(contains(refusal(make(f32, eight).substr(0, 30)),
                 "the header is to have 54 bytes, the file has 30"));
  CHECK(contains(refusal(std::string(8, '\xff') + f32), "no safetensors file"));
  CHECK(contains(refusal(make(f32, "1234")),
                 "describes 8 bytes of weights, the file has 4 (is it truncated?)"));
  CHECK(contains(refusal(make(f32, eight + "x")), "describes 8 bytes of weights, the file has 9"));
  CHECK(contains(refusal(make("{\"a\":", eight)), "not valid JSON"));
  CHECK(contains(refusal(make("{\"\xff\xfe\":1}", eight)), "not valid JSON"));
  CHECK(contains(refusal(make("[1]", eight)), "not a JSON object"));
  CHECK(contains(refusal(make(R"({"a":3})", eight)), "tensor \"a\": is not a JSON object"));
  CHECK(contains(with(R"("dtype":"F8","shape":[2],"data_offsets":[0,8])"),
                 "dtype is \"F8\"; known: F32, F16"));
  CHECK(contains(with(R"("dtype":4,"shape":[2],"data_offsets":[0,8])"), "dtype is \"\""));
  CHECK(contains(with(R"("dtype":"F32","data_offsets":[0,8])"), "\"shape\" must be a list"));
  CHECK(contains(with(R"("dtype":"F32","shape":[-2],"data_offsets":[0,8])"), "\"shape\" holds -2"));
  CHECK(
      contains(with(R"("dtype":"F32","shape":[2.0],"data_offsets":[0,8])"), "\"shape\" holds 2.0"));
  CHECK(contains(with(R"("dtype":"F32","shape":[2],"data_offsets":[8])"), "must be [begin, end]"));
  CHECK(
      contains(with(R"("dtype":"F32","shape":[2],"data_offsets":[8,0])"), "must be [begin, end]"));
  CHECK(contains(with(R"("dtype":"F32","shape":[3],"data_offsets":[0,8])"),
                 "F32 [3] needs 12 bytes, data_offsets give 8"));
  CHECK(contains(refusal(make(R"({"__metadata__":{"a":1}})", "")),
                 "__metadata__: \"a\" is 1; it must be a string"));
  CHECK(contains(refusal(make(R"({"__metadata__":[]})", "")), "__metadata__ is not a JSON object"));
}

TEST_CASE("absurd sizes do not overflow") {
  const auto shape = [](const std::string& sizes) {
    return refusal(make(R"({"a":{"dtype":"F32","shape":)" + sizes + R"(,"data_offsets":[0,8]}})",
                        std::string(8, '\0')));
  };
  CHECK(
      contains(shape("[4611686018427387904, 4]"), "too many elements"));  // 2^64 elements wrap to 0
  CHECK(contains(shape("[2147483648, 2147483648, 4]"), "too many elements"));
  CHECK(contains(shape("[18446744073709551615]"), "too many elements"));
  CHECK(contains(shape("[0, 18446744073709551615]"), "too many elements"));
  CHECK(contains(shape("[99999999999999999999999]"), "must be an integer"));
  CHECK(contains(shape("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2]"), "has 17 axes"));
  const std::string far =
      R"({"a":{"dtype":"U8","shape":[8],"data_offsets":[18446744073709551608,18446744073709551615]}})";
  CHECK(contains(refusal(make(far, "12345678")), "U8 [8] needs 8 bytes"));
  const std::string deep = std::string(100000, '[');
  CHECK(contains(refusal(make(deep, "")), "not valid JSON"));
}

TEST_CASE("overlaps, holes and doubled names are refused") {
  const auto two = [](const std::string& a, const std::string& b) {
    return refusal(make(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":)" + a +
                            R"(},"b":{"dtype":"U8","shape":[4],"data_offsets":)" + b + "}}",
                        "12345678"));
  };
  CHECK(two("[0,4]", "[4,8]") == "");
  CHECK(two("[4,8]", "[0,4]") == "");
  CHECK(contains(two("[0,4]", "[2,6]"),
                 "tensor \"b\" begins at byte 2 and overlaps the one before it"));
  CHECK(contains(two("[0,4]", "[0,4]"), "overlaps"));
  CHECK(contains(two("[0,4]", "[5,9]"), "begins at byte 5; the one before it ends at 4"));
  const std::string one = R"("a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]})";
  CHECK(contains(refusal(make("{" + one + "," + one + "}", "1234")), "the header has \"a\" twice"));
}

TEST_CASE("every cut of a good file is refused, and no flipped header byte crashes") {
  const Scratch dir;
  save_safetensors(
      dir / "a.safetensors", {{"x", torch::ones({3})}, {"y", torch::arange(4)}}, {{"k", "v"}});
  const std::string good = file_bytes(dir / "a.safetensors");
  for (size_t length = 0; length < good.size(); ++length)
    CHECK(refusal(good.substr(0, length)) != "");
  for (size_t i = 0; i < good.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
      const bool opens = refusal(bad).empty();
      if (i < 8) CHECK(!opens);
    }
  }
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

TEST_CASE("a module comes back from its file, in any precision") {
  const Scratch dir;
  torch::manual_seed(3);
  Tiny saved, loaded;
  saved->steps.fill_(41);
  for (const auto type : {SaveType::kFloat32, SaveType::kHalf, SaveType::kInt8PerChannel}) {
    save_safetensors(dir / "m.safetensors", module_tensors(*saved, "net."), {}, type);
    load_into(*loaded, SafeTensors::open(dir / "m.safetensors"), "net.");
    CHECK(loaded->steps.item<int64_t>() == 41);
    CHECK(loaded->linear->weight.requires_grad());
    CHECK(torch::allclose(loaded->linear->weight, saved->linear->weight, 0, 5e-3));
  }
}

TEST_CASE("weights that do not fit the module are named, and the module stays as it was") {
  const Scratch dir;
  Tiny module;
  const Tensor before = module->linear->weight.detach().clone();
  const auto load = [&](const NamedTensors& changed, const char* dropped = "") {
    NamedTensors tensors;
    for (auto item : module_tensors(*module)) {
      item.second = item.second.detach() + 1;
      for (const auto& [name, value] : changed) {
        if (name == item.first) item.second = value;
      }
      if (item.first != dropped) tensors.push_back(item);
    }
    for (const auto& item : changed) {
      if (item.first == "extra") tensors.push_back(item);
    }
    save_safetensors(dir / "m.safetensors", tensors);
    const auto file = SafeTensors::open(dir / "m.safetensors");
    return message_of([&] { load_into(*module, file, "", "voice.json: acoustic"); });
  };
  const std::string where = "voice.json: acoustic: " + (dir / "m.safetensors") + ": tensor ";
  CHECK(load({{"linear.weight", torch::ones({3, 2})}}) ==
        where + "\"linear.weight\" has shape [3, 2]; the module needs [2, 3]");
  CHECK(load({}, "linear.bias") ==
        where + "\"linear.bias\" is missing; the module needs it with shape [2]");
  CHECK(load({{"extra", torch::ones({7})}}) ==
        where + "\"extra\" [7] is unexpected: the module has no weight of that name");
  CHECK(load({{"linear.bias", torch::tensor({1.f, NAN})}}) ==
        where + "\"linear.bias\" has NaN or infinite values");
  CHECK(load({{"linear.bias", torch::tensor({-INFINITY, 1.f})}}) ==
        where + "\"linear.bias\" has NaN or infinite values");
  CHECK(load({{"linear.bias", torch::ones({2}, torch::kInt64)}}) ==
        where + "\"linear.bias\" holds integers; the module needs floating-point numbers");
  CHECK(load({{"steps", torch::ones({1})}}) ==
        where + "\"steps\" holds floating-point numbers; the module needs integers");
  CHECK(torch::equal(module->linear->weight, before));
  CHECK(load({}) == "");
  CHECK(torch::equal(module->linear->weight, before + 1));
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
