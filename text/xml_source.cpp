#include "text/xml_source.h"

#include <algorithm>
#include <cstdlib>

#include "core/error.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr size_t kMaxReferenceBytes = 13;  // "&#x10FFFF;" and some zeros
constexpr char kBlank[] = " \t\r\n";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\xEF\xBB\xBF") == text.npos;
}

std::string collapsed(const std::string& text) {
  std::string out;
  for (size_t begin = text.find_first_not_of(kBlank); begin != text.npos;) {
    const size_t end = std::min(text.find_first_of(kBlank, begin), text.size());
    out += (out.empty() ? "" : " ") + text.substr(begin, end - begin);
    begin = text.find_first_not_of(kBlank, end);
  }
  return out;
}

struct DepthOf : pugi::xml_tree_walker {
  bool for_each(pugi::xml_node& node) override {
    if (depth() < kMaxXmlDepth || node.type() != pugi::node_element) return true;
    too_deep = node;
    return false;
  }
  pugi::xml_node too_deep;
};

}  // namespace

XmlSource::XmlSource(std::string name, std::string_view bytes, const XmlKind& kind)
    : name_(std::move(name)), bytes_(bytes), kind_(kind) {
  if (bytes.size() > kind.max_bytes) {
    fail(ErrorCode::kInput,
         name_,
         ": ",
         bytes.size(),
         " bytes; at most ",
         kind.max_bytes,
         " are read");
  }
  const unsigned flags =
      pugi::parse_cdata | pugi::parse_ws_pcdata | pugi::parse_doctype | pugi::parse_fragment;
  const auto result = document_.load_buffer(bytes.data(), bytes.size(), flags, pugi::encoding_utf8);
  if (!result)
    fail_at(static_cast<size_t>(result.offset),
            std::string(result.description()) + " (not well-formed XML)");
  find_root();
  check_depth();
}

void XmlSource::find_root() {
  for (const auto& node : document_.children()) {
    if (node.type() == pugi::node_doctype)
      fail_at(node, "a document type is not taken; none is needed");
    if (node.type() == pugi::node_element && !root_) {
      root_ = node;
    } else if (node.type() == pugi::node_element || !is_blank(node.value())) {
      fail_at(node, std::string("something stands beside the one element <") + kind_.root + ">");
    }
  }
  if (!root_ || name_of(root_) != kind_.root) {
    const std::string root = kind_.root;
    fail_at(0, "the document must be one element <" + root + ">…</" + root + ">");
  }
}

// The walk does not recurse, so that no depth can end the program.
void XmlSource::check_depth() const {
  DepthOf walker;
  pugi::xml_node(document_).traverse(walker);
  if (walker.too_deep)
    fail_at(walker.too_deep, "elements are nested deeper than " + std::to_string(kMaxXmlDepth));
}

std::string XmlSource::name_of(const pugi::xml_node& node) const {
  const std::string name = node.name(), prefix = kind_.prefix;
  return name.compare(0, prefix.size(), prefix) == 0 ? name.substr(prefix.size()) : name;
}

size_t XmlSource::offset_of(const pugi::xml_node& node) {
  return static_cast<size_t>(std::max<ptrdiff_t>(0, node.offset_debug()));
}

ByteSpan XmlSource::span_of(const pugi::xml_node& node) const {
  const size_t begin = offset_of(node) - 1;
  const size_t end = bytes_.find('>', begin);
  return {begin, end == bytes_.npos ? bytes_.size() : end + 1};
}

std::string XmlSource::attribute(const pugi::xml_node& node, const char* name) const {
  return decoded(node.attribute(name).value(), offset_of(node));
}

std::string XmlSource::text_of(const pugi::xml_node& node) const {
  std::string out;
  for (const auto& child : node.children()) {
    if (child.type() == pugi::node_cdata) out += child.value();
    if (child.type() == pugi::node_pcdata) out += decoded(child.value(), offset_of(child));
  }
  return collapsed(out);
}

size_t XmlSource::decode(size_t at, size_t end, std::string& out) const {
  if (bytes_[at] != '&') {
    const char c = bytes_[at];
    out += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
    return 1;
  }
  const std::string_view near = bytes_.substr(at, std::min(end - at, kMaxReferenceBytes));
  const size_t semicolon = near.find(';');
  if (semicolon == near.npos)
    fail_at(at, "\"&\" begins no reference; write &amp; for the character");
  out += reference(std::string(near.substr(1, semicolon - 1)), at);
  return semicolon + 1;
}

std::string XmlSource::decoded(std::string_view raw, size_t offset) const {
  std::string out;
  for (size_t i = 0; i < raw.size();) {
    const std::string_view near = raw[i] == '&' ? raw.substr(i, kMaxReferenceBytes) : "";
    const size_t semicolon = near.find(';');
    if (semicolon == near.npos) {
      out += raw[i++];
    } else {
      out += reference(std::string(near.substr(1, semicolon - 1)), offset);
      i += semicolon + 1;
    }
  }
  return out;
}

std::string XmlSource::reference(const std::string& name, size_t offset) const {
  static const std::pair<const char*, const char*> known[] = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
  for (const auto& [entity, text] : known) {
    if (name == entity) return text;
  }
  if (name.size() > 1 && name[0] == '#') {
    const bool hex = name[1] == 'x' || name[1] == 'X';
    char* rest = nullptr;
    const unsigned long code = std::strtoul(name.c_str() + (hex ? 2 : 1), &rest, hex ? 16 : 10);
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    if (*rest == '\0' && code > 0 && code < 0x110000 && !surrogate)
      return to_utf8(static_cast<char32_t>(code));
  }
  fail_at(offset, "unknown entity \"&" + name + ";\"; known: amp, lt, gt, quot, apos and numbers");
}

std::string XmlSource::place(size_t offset) const {
  const std::string_view before = bytes_.substr(0, std::min(offset, bytes_.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const size_t start = before.rfind('\n');
  const size_t column = before.size() - (start == before.npos ? 0 : start + 1) + 1;
  return name_ + ", line " + std::to_string(line) + ", column " + std::to_string(column);
}

void XmlSource::fail_at(size_t offset, const std::string& message) const {
  fail(ErrorCode::kInput, place(offset), ": ", message);
}

}  // namespace tts
