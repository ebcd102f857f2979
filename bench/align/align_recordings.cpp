// align_recordings RECORDINGS.tsv OUT.tsv [--text LANGUAGE] [--held-back FILE] [--n-fft N]
//     [--prior WEIGHT] [--pause-cost C] [--short-cost C] [--soft ROUNDS] [--hard ROUNDS] [--seed N]
//
// Trains an aligner on recordings and writes their alignments, for report.py and espeak_truth.py.
//   in:  id <TAB> path <TAB> symbols, e.g. "_ ð ə | k æ t , … _" ("ː" marks a long phone), or text
//   out: id <TAB> path <TAB> score <TAB> symbol:frames … (100 frames per second)
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "analysis/aligner.h"
#include "audio/file.h"
#include "audio/mel.h"
#include "core/error.h"
#include "text/front_end.h"

namespace {

using namespace tts;

struct Arguments {
  std::string in, out, language, held_back;
  int64_t n_fft = 1024;
  AlignerOptions aligner;
};

struct Recording {
  std::string id, path, content;
  std::vector<Symbol> symbols;
};

Arguments parse(int argc, char** argv) {
  Arguments a;
  std::map<std::string, std::function<void(const std::string&)>> flags = {
      {"--text", [&](const std::string& v) { a.language = v; }},
      {"--held-back", [&](const std::string& v) { a.held_back = v; }},
      {"--n-fft", [&](const std::string& v) { a.n_fft = std::stoll(v); }},
      {"--prior", [&](const std::string& v) { a.aligner.final_prior_weight = std::stod(v); }},
      {"--pause-cost", [&](const std::string& v) { a.aligner.graph.pause_cost = std::stod(v); }},
      {"--short-cost",
       [&](const std::string& v) { a.aligner.graph.short_phone_cost = std::stod(v); }},
      {"--soft", [&](const std::string& v) { a.aligner.soft_rounds = std::stoi(v); }},
      {"--hard", [&](const std::string& v) { a.aligner.hard_rounds = std::stoi(v); }},
      {"--seed", [&](const std::string& v) { a.aligner.seed = std::stoull(v); }},
  };
  for (int i = 1; i < argc; ++i) {
    const auto flag = flags.find(argv[i]);
    if (flag != flags.end() && i + 1 < argc) {
      flag->second(argv[++i]);
    } else {
      (a.in.empty() ? a.in : a.out) = argv[i];
    }
  }
  if (a.out.empty()) fail(ErrorCode::kUsage, "align_recordings RECORDINGS.tsv OUT.tsv [options]");
  return a;
}

std::vector<Recording> read_list(const Arguments& arguments) {
  std::set<std::string> refused;
  std::string line;
  for (std::ifstream in(arguments.held_back); std::getline(in, line);) refused.insert(line);
  std::vector<Recording> out;
  for (std::ifstream in(arguments.in); std::getline(in, line);) {
    const size_t one = line.find('\t'), two = line.find('\t', one + 1);
    if (two == std::string::npos || refused.count(line.substr(0, one))) continue;
    out.push_back(
        {line.substr(0, one), line.substr(one + 1, two - one - 1), line.substr(two + 1), {}});
  }
  return out;
}

std::vector<Symbol> parse_symbols(const std::string& line) {
  std::vector<Symbol> out;
  std::istringstream in(line);
  for (std::string token; in >> token;) {
    Symbol symbol;
    const size_t mark = token.find("ː");
    symbol.long_mark = mark != std::string::npos;
    symbol.phone = token.substr(0, mark);
    out.push_back(symbol);
  }
  return out;
}

// All sentences in one line of symbols.
std::vector<Symbol> phonemise(const FrontEnd& front_end, const std::string& text) {
  std::vector<Symbol> out;
  for (const Sentence& sentence : front_end.process(text).sentences) {
    const bool joined = !out.empty() && !sentence.symbols.empty();
    out.insert(out.end(), sentence.symbols.begin() + (joined ? 1 : 0), sentence.symbols.end());
  }
  return out;
}

std::vector<AlignerItem> make_items(std::vector<Recording>& recordings, int64_t n_fft) {
  MelOptions mel_options;
  mel_options.n_fft = n_fft;
  mel_options.bands = n_fft < 1024 ? 64 : 100;
  const LogMel mel(mel_options);
  std::map<std::string, int64_t> ids;
  std::vector<AlignerItem> items;
  torch::NoGradGuard no_grad;
  for (Recording& recording : recordings) {
    Waveform wave = read_audio(recording.path, 24000);
    wave.samples.resize(wave.samples.size() / 480 * 480);
    const auto size = static_cast<int64_t>(wave.samples.size());
    AlignerItem item;
    item.id = recording.id;
    item.log_mel = mel.frames(torch::from_blob(wave.samples.data(), {1, size}))[0].clone();
    for (const Symbol& symbol : recording.symbols) {
      item.symbols.push_back(ids.emplace(symbol.phone, ids.size()).first->second);
      item.attributes.push_back(attribute_id(symbol));
      item.kinds.push_back(symbol_kind(symbol));
    }
    items.push_back(std::move(item));
  }
  return items;
}

void run(const Arguments& arguments) {
  std::vector<Recording> recordings = read_list(arguments);
  std::unique_ptr<FrontEnd> front_end;
  if (!arguments.language.empty()) {
    FrontEndOptions options;
    options.language = arguments.language;
    front_end = std::make_unique<FrontEnd>(options);
  }
  for (Recording& recording : recordings) {
    recording.symbols =
        front_end ? phonemise(*front_end, recording.content) : parse_symbols(recording.content);
  }
  std::fprintf(stderr, "%zu recordings phonemised\n", recordings.size());
  const std::vector<AlignerItem> items = make_items(recordings, arguments.n_fft);
  AlignerOptions options = arguments.aligner;
  options.bands = items.at(0).log_mel.size(1);
  Aligner aligner(options);
  const AlignerReport report = aligner.fit(items, [](const AlignerRound& round) {
    std::fprintf(
        stderr,
        "%s: loss %.3f, score %.3f, held-out accuracy %.3f, %lld pauses, %.2f %% long, %.0f s\n",
        round.kind.c_str(),
        round.loss,
        round.mean_score,
        round.held_out_accuracy,
        static_cast<long long>(round.pauses),
        100 * round.long_phones,
        round.seconds);
    return true;
  });
  for (const std::string& id : report.skipped) std::fprintf(stderr, "skipped: %s\n", id.c_str());
  std::ofstream out(arguments.out);
  for (size_t u = 0; u < items.size(); ++u) {
    const Alignment alignment = aligner.align(items[u]);
    out << recordings[u].id << '\t' << recordings[u].path << '\t' << alignment.score << '\t';
    for (size_t i = 0; i < alignment.durations.size(); ++i) {
      const Symbol& symbol = recordings[u].symbols[i];
      out << symbol.phone << (symbol.long_mark ? "ː" : "") << ':' << alignment.durations[i] << ' ';
    }
    out << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(parse(argc, argv));
  } catch (const tts::Error& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return tts::exit_code(e.code());
  }
}
