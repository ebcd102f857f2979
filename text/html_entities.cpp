#include "text/html_entities.h"

#include <map>

#include "text/unicode.h"

namespace tts {
namespace {

constexpr size_t kLongest = 12;  // with & and ;
constexpr char32_t kLastCodePoint = 0x10FFFF;

const std::map<std::string, char32_t, std::less<>>& names() {
  static const std::map<std::string, char32_t, std::less<>> table = {
      {"amp", U'&'},    {"lt", U'<'},     {"gt", U'>'},     {"quot", U'"'},   {"apos", U'\''},
      {"nbsp", U' '},   {"ndash", U'–'},  {"mdash", U'—'},  {"hellip", U'…'}, {"lsquo", U'‘'},
      {"rsquo", U'’'},  {"ldquo", U'“'},  {"rdquo", U'”'},  {"sbquo", U'‚'},  {"bdquo", U'„'},
      {"laquo", U'«'},  {"raquo", U'»'},  {"copy", U'©'},   {"reg", U'®'},    {"trade", U'™'},
      {"deg", U'°'},    {"plusmn", U'±'}, {"times", U'×'},  {"divide", U'÷'}, {"minus", U'−'},
      {"frac12", U'½'}, {"frac14", U'¼'}, {"frac34", U'¾'}, {"sup2", U'²'},   {"sup3", U'³'},
      {"micro", U'µ'},  {"para", U'¶'},   {"sect", U'§'},   {"middot", U'·'}, {"bull", U'•'},
      {"euro", U'€'},   {"pound", U'£'},  {"yen", U'¥'},    {"cent", U'¢'},   {"larr", U'←'},
      {"rarr", U'→'},   {"harr", U'↔'},   {"ne", U'≠'},     {"le", U'≤'},     {"ge", U'≥'},
      {"infin", U'∞'},  {"radic", U'√'},  {"auml", U'ä'},   {"ouml", U'ö'},   {"uuml", U'ü'},
      {"Auml", U'Ä'},   {"Ouml", U'Ö'},   {"Uuml", U'Ü'},   {"szlig", U'ß'},  {"eacute", U'é'},
      {"egrave", U'è'}, {"ecirc", U'ê'},  {"euml", U'ë'},   {"agrave", U'à'}, {"aacute", U'á'},
      {"acirc", U'â'},  {"ccedil", U'ç'}, {"iuml", U'ï'},   {"icirc", U'î'},  {"iacute", U'í'},
      {"oacute", U'ó'}, {"ocirc", U'ô'},  {"ntilde", U'ñ'}, {"uacute", U'ú'}, {"ugrave", U'ù'},
      {"oelig", U'œ'},  {"aelig", U'æ'},  {"oslash", U'ø'}, {"aring", U'å'},  {"iexcl", U'¡'},
      {"iquest", U'¿'}, {"shy", 0x00AD},  {"ensp", U' '},   {"emsp", U' '},   {"thinsp", U' '},
      {"zwnj", 0x200C}, {"zwj", 0x200D},  {"permil", U'‰'}, {"dagger", U'†'}, {"prime", U'′'},
      {"Prime", U'″'},  {"alpha", U'α'},  {"beta", U'β'},   {"pi", U'π'},     {"Omega", U'Ω'}};
  return table;
}

// "39" and "x27" → their character; 0 for none.
char32_t code_point(std::string_view digits) {
  const bool hex = !digits.empty() && (digits[0] == 'x' || digits[0] == 'X');
  if (hex) digits.remove_prefix(1);
  const char32_t base = hex ? 16 : 10;
  char32_t value = 0;
  for (const char c : digits) {
    const bool decimal = c >= '0' && c <= '9';
    const char small = static_cast<char>(c | 0x20);
    if (!decimal && !(hex && small >= 'a' && small <= 'f')) return 0;
    value = value * base + static_cast<char32_t>(decimal ? c - '0' : small - 'a' + 10);
    if (value > kLastCodePoint) return 0;
  }
  return value >= 0xD800 && value < 0xE000 ? 0 : value;
}

}  // namespace

Entity entity_at(std::string_view text) {
  const size_t end = text.substr(0, kLongest).find(';');
  if (text.empty() || text[0] != '&' || end == text.npos) return {};
  const std::string_view name = text.substr(1, end - 1);
  char32_t c = 0;
  if (!name.empty() && name[0] == '#') {
    c = code_point(name.substr(1));
  } else if (const auto found = names().find(name); found != names().end()) {
    c = found->second;
  }
  return c == 0 ? Entity{} : Entity{to_utf8(c), end + 1};
}

}  // namespace tts
