// XML of strangers: refused before anything reads it when it is too long, nested too deeply or has
// a document type, so that no entity can be defined.
#pragma once
#include <cstddef>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "core/text_types.h"

namespace tts {

inline constexpr int kMaxXmlDepth = 64;

struct XmlKind {
  const char* root;    // the one element of a document
  const char* prefix;  // which its elements' names may have, and then lose
  size_t max_bytes;
};

class XmlSource {
 public:
  // `bytes` outlive this; `name` stands at the start of messages. Throws Error(kInput) naming line
  // and column.
  XmlSource(std::string name, std::string_view bytes, const XmlKind& kind);
  XmlSource(const XmlSource&) = delete;
  XmlSource& operator=(const XmlSource&) = delete;

  const pugi::xml_node& root() const { return root_; }
  std::string_view bytes() const { return bytes_; }
  std::string name_of(const pugi::xml_node& node) const;
  static size_t offset_of(const pugi::xml_node& node);
  // "<name …>" of an element, as far as a warning needs it.
  ByteSpan span_of(const pugi::xml_node& node) const;

  // References are left as they are by the parser: only so do offsets lead back to the bytes.
  std::string attribute(const pugi::xml_node& node, const char* name) const;
  // All text of an element, the ends and runs of white space taken away.
  std::string text_of(const pugi::xml_node& node) const;
  // Of an attribute or a text that begins, or whose element begins, at `offset`.
  std::string decoded(std::string_view raw, size_t offset) const;
  // One character or reference of the text at `at`, appended. → its bytes in the source
  size_t decode(size_t at, size_t end, std::string& out) const;

  // "names.pls, line 3, column 7"
  std::string place(size_t offset) const;
  [[noreturn]] void fail_at(size_t offset, const std::string& message) const;
  [[noreturn]] void fail_at(const pugi::xml_node& node, const std::string& message) const {
    fail_at(offset_of(node), message);
  }

 private:
  void find_root();
  void check_depth() const;
  std::string reference(const std::string& name, size_t offset) const;

  std::string name_;
  std::string_view bytes_;
  XmlKind kind_;
  pugi::xml_document document_;
  pugi::xml_node root_;
};

}  // namespace tts
