#include "cli/timings.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "engine/verdict.h"

namespace tts {
namespace {

constexpr size_t kCueBytes = 84;  // two lines of 42 characters, the usual subtitle

nlohmann::json to_list(const std::vector<Event>& events, const char* label, double rate) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& event : events) {
    list.push_back({{label, event.text},
                    {"start_s", static_cast<double>(event.samples.begin) / rate},
                    {"end_s", static_cast<double>(event.samples.end) / rate},
                    {"begin", event.bytes.begin},
                    {"end", event.bytes.end}});
  }
  return list;
}

// "00:01:02,345"
std::string clock(int64_t sample, int rate, char point) {
  const int64_t ms = std::llround(1000.0 * static_cast<double>(sample) / rate);
  char out[40];
  std::snprintf(out,
                sizeof(out),
                "%02lld:%02lld:%02lld%c%03lld",
                static_cast<long long>(ms / 3600000),
                static_cast<long long>(ms / 60000 % 60),
                static_cast<long long>(ms / 1000 % 60),
                point,
                static_cast<long long>(ms % 1000));
  return out;
}

// Stands where markup was taken out: text keeps its places.
constexpr char kNothing = '\1';

// The character that a reference of XML stands for; "" for others.
std::string referred(std::string_view name) {
  static const std::map<std::string_view, const char*> known = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
  const auto found = known.find(name);
  return found == known.end() ? "" : found->second;
}

// What a reader of subtitles should see of a cue: no [[pause 1s]], no brackets, and no arrow that a
// player would take for the next cue's.
std::string readable(std::string text) {
  for (size_t at = 0; (at = text.find("[[pause", at)) != text.npos;) {
    const size_t end = text.find("]]", at);
    if (end == text.npos) break;
    text.erase(at, end + 2 - at);
  }
  for (const char* brackets : {"[[", "]]"}) {
    for (size_t at = 0; (at = text.find(brackets, at)) != text.npos;) text.erase(at, 2);
  }
  text.erase(std::remove(text.begin(), text.end(), kNothing), text.end());
  for (size_t at = 0; (at = text.find("-->", at)) != text.npos;) text.replace(at, 3, "→");
  return text;
}

// One line: runs of white space become a space; VTT's special characters are escaped.
std::string one_line(std::string_view cue, bool vtt) {
  const std::string text = readable(std::string(cue));
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\0';
    if (space) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (vtt && (c == '<' || c == '>' || c == '&')) {
      out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;";
    } else {
      out += c;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

std::string without_markup(std::string_view xml) {
  std::string out(xml);
  const auto blank = [&](size_t begin, size_t end) {
    std::fill(out.begin() + begin, out.begin() + std::min(end, out.size()), kNothing);
  };
  for (size_t at = 0; at < out.size();) {
    const std::string_view rest = xml.substr(at);
    if (rest.substr(0, 9) == "<![CDATA[") {
      const size_t close = std::min(rest.find("]]>"), rest.size());
      blank(at, at + 9);
      blank(at + close, at + close + 3);
      at += close + 3;
    } else if (rest[0] == '<') {
      const bool comment = rest.substr(0, 4) == "<!--";
      const size_t close = std::min(rest.find(comment ? "-->" : ">"), rest.size());
      blank(at, at + close + (comment ? 3 : 1));
      at += close + (comment ? 3 : 1);
    } else if (rest[0] == '&') {
      const size_t close = rest.find(';');
      const std::string character = close == rest.npos ? "" : referred(rest.substr(1, close - 1));
      if (!character.empty()) {
        blank(at, at + close + 1);
        out[at] = character[0];
      }
      ++at;
    } else {
      ++at;
    }
  }
  return out;
}

TimingsFormat timings_format(const std::string& path) {
  const std::string extension = std::filesystem::path(path).extension().string();
  if (extension == ".json") return TimingsFormat::kJson;
  if (extension == ".srt") return TimingsFormat::kSrt;
  if (extension == ".vtt") return TimingsFormat::kVtt;
  fail(ErrorCode::kUsage,
       "--timings ",
       path,
       ": the extension says the format; known: .json, .srt, .vtt");
}

void Timings::add(const Event& event) {
  if (event.kind == EventKind::kSentence) sentences_.push_back(event);
  if (event.kind == EventKind::kWord) words_.push_back(event);
  if (event.kind == EventKind::kPhoneme) phonemes_.push_back(event);
  if (event.kind == EventKind::kMark) marks_.push_back(event);
  if (event.kind == EventKind::kVerdict) verdicts_.push_back(event);
  if (event.kind == EventKind::kDone) whole_ = event.samples;
}

std::string Timings::write(TimingsFormat format, std::string_view text, int sample_rate_hz) const {
  if (format == TimingsFormat::kJson) return to_json(sample_rate_hz);
  return subtitles(text, sample_rate_hz, format == TimingsFormat::kVtt);
}

std::string Timings::to_json(int sample_rate_hz) const {
  const double rate = sample_rate_hz;
  nlohmann::json out = {{"sample_rate_hz", sample_rate_hz},
                        {"duration_s", static_cast<double>(whole_.end) / rate},
                        {"sentences", to_list(sentences_, "text", rate)},
                        {"words", to_list(words_, "word", rate)},
                        {"phonemes", to_list(phonemes_, "phone", rate)}};
  if (!marks_.empty()) out["marks"] = to_list(marks_, "mark", rate);
  for (size_t i = 0; i < verdicts_.size(); ++i)  // each sentence has one, in their order
    out["sentences"][i]["verdict"] = tts::to_json(*verdicts_[i].verdict);
  return out.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

// A sentence is a cue; a long one is cut between words.
std::vector<Timings::Cue> Timings::cues() const {
  std::vector<Cue> out;
  size_t next = 0;
  for (const auto& sentence : sentences_) {
    const size_t first = out.size();
    for (; next < words_.size() && words_[next].samples.begin < sentence.samples.end; ++next) {
      const Event& word = words_[next];
      const bool fits = out.size() > first && word.bytes.end <= out.back().bytes.begin + kCueBytes;
      if (fits) {
        out.back().samples.end = word.samples.end;
      } else {
        if (out.size() > first) out.back().bytes.end = word.bytes.begin;
        out.push_back({word.samples, word.bytes});
      }
    }
    if (out.size() > first)
      out.back().bytes.end = std::max(out.back().bytes.begin, sentence.bytes.end);
  }
  return out;
}

std::string Timings::subtitles(std::string_view text, int sample_rate_hz, bool vtt) const {
  std::string out = vtt ? "WEBVTT\n\n" : "";
  size_t number = 0;
  for (const Cue& cue : cues()) {
    const char point = vtt ? '.' : ',';
    if (!vtt) out += std::to_string(++number) + "\n";
    out += clock(cue.samples.begin, sample_rate_hz, point) + " --> " +
           clock(cue.samples.end, sample_rate_hz, point);
    out += "\n" + one_line(text.substr(cue.bytes.begin, cue.bytes.end - cue.bytes.begin), vtt) +
           "\n\n";
  }
  return out;
}

}  // namespace tts
