// Dutch: grammar. Its tables are in dutch_tables.cpp.
#include "text/normalise/dutch/dutch.h"
#include "text/normalise/numbers.h"

namespace tts {
namespace {

// ICU leaves some parts unmarked: "honderdeen".
void mark_parts(std::string& words) {
  const std::string hundred = "honderd", soft_hyphen = "\u00AD";
  size_t at = words.find(hundred);
  if (at == words.npos) return;
  at += hundred.size();
  const std::string rest = words.substr(at);
  const bool marked = rest.empty() || rest[0] == ' ' || rest.compare(0, 2, soft_hyphen) == 0;
  if (!marked && rest != "ste") words.insert(at, soft_hyphen);
}

// "een" alone is the article.
std::string cardinal_number(int64_t n) {
  return n == 1 ? "één" : dutch_number("%spellout-numbering", n);
}

// "negentienvierentachtig", but "achttienhonderddertien" and "negentienhonderdvijf".
std::string year(int64_t y) {
  const int64_t rest = y % 100;
  if (y < 1100 || y >= 2000 || rest == 0) return dutch_number("%spellout-numbering-year", y);
  const char* join = rest < 10 || y < 1900 ? "\u00ADhonderd\u00AD" : "\u00AD";
  return cardinal_number(y / 100) + join + dutch_number("%spellout-numbering", rest);
}

std::string short_year(int64_t y) {
  return cardinal_number(y);
}

std::string ordinal(int64_t n, const Neighbours&) {
  return dutch_number("%spellout-ordinal", n);
}

std::string count(const std::string& digits, char, const Neighbours&) {
  return number_in_words(dutch(), digits);
}

bool counts(const Neighbours& around) {
  const std::string& next = around.after;
  static const Words plurals = {"mensen", "mannen", "vrouwen", "kinderen", "leden", "mijl", "km"};
  return plurals.count(next) != 0 ||
         (next.size() > 3 && next[0] >= 'a' && next.back() == 's' && next != "was");
}

std::string date(int day, int month, int64_t y, const Neighbours&) {
  std::string out = dutch().months[month - 1];
  if (day) out = count(std::to_string(day), 0, {}) + " " + out;
  return y ? out + " " + year(y) : out;
}

std::string time(int hour, int minute, int second, const std::string&) {
  std::string out = count(std::to_string(hour), 0, {}) + " uur";
  if (minute) out += " " + count(std::to_string(minute), 0, {});
  if (second)
    out += " en " + count(std::to_string(second), 0, {}) + (second == 1 ? " seconde" : " seconden");
  return out;
}

std::string running_time(int64_t hour, int64_t minute, const std::string& seconds) {
  const auto number = [](int64_t n) { return cardinal_number(n); };
  const bool zero = seconds[0] == '0' && seconds[1] != ',';
  return (hour < 0 ? "" : number(hour) + " uur ") + number(minute) +
         (minute == 1 ? " minuut en " : " minuten en ") +
         number_in_words(dutch(), zero ? seconds.substr(1) : seconds) + " seconden";
}

// "een halve liter", "een half uur".
bool takes_halve(const std::string& noun) {
  static const std::set<std::string> nouns = {
      "dag",  "dagen",  "week",      "weken",     "maand",      "maanden",  "eeuw",
      "fles", "ui",     "citroen",   "theelepel", "theelepels", "eetlepel", "eetlepels",
      "kop",  "koppen", "komkommer", "paprika",   "mijl",       "kilo's",   "bladzijde"};
  if (nouns.count(noun)) return true;
  for (const auto& [key, unit] : dutch().units) {
    if (unit.one == noun || unit.many == noun) return noun != "kilowattuur" && noun != "pond";
  }
  return false;
}

std::string fraction(int64_t above, int64_t below, const Neighbours& around) {
  const bool halve = takes_halve(around.after);
  if (above == 1 && below == 2 && halve) return "een halve";
  if (above == 3 && below == 4 && (halve || around.after == "uur")) return "driekwart";
  const std::string number = above == 1 ? "een" : cardinal(dutch(), above);
  const std::string part = below == 2 ? "half" : below == 4 ? "kwart" : ordinal(below, {});
  return number + " " + part;
}

std::string mixed(int64_t whole, int64_t above, int64_t below, const Neighbours& around) {
  if (above == 1 && below == 2) {
    const std::string half = takes_halve(around.after) ? "halve" : "half";
    const std::string number = cardinal(dutch(), whole);
    return whole == 1 ? "ander" + half : number + (number.back() == 'e' ? "ën" : "en") + half;
  }
  return count(std::to_string(whole), 0, {}) + " " + fraction(above, below, {});
}

std::string fraction_of(const std::string& words, int64_t, const Unit& unit) {
  return words + " " + unit.one;
}

std::string regnal(int64_t n, const Neighbours&) {
  return "de " + ordinal(n, {});
}

std::string power_name(const std::string& prefix, const std::string& unit) {
  return prefix + " " + unit;
}

std::string with_s(const std::string& ipa) {
  return ipa + "s";
}

std::string plural_letter(const std::string&, const std::string& ipa) {
  return ipa + "s";
}

std::string plural_number(const std::string& words) {
  return words + "s";
}

}  // namespace

std::string dutch_number(const std::string& rules, int64_t n) {
  std::string words = spell_out("nl", rules, n);
  mark_parts(words);
  return words;
}

const Language& dutch() {
  static const Language language = [] {
    Language l = dutch_tables();
    l.own_rules = dutch_rules;
    l.with_s = with_s;
    l.cardinal = cardinal_number;
    l.year = year;
    l.short_year = short_year;
    l.ordinal = ordinal;
    l.count = count;
    l.counts = counts;
    l.date = date;
    l.day_and_month = date;
    l.time = time;
    l.running_time = running_time;
    l.fraction = fraction;
    l.fraction_of = fraction_of;
    l.mixed = mixed;
    l.regnal = regnal;
    l.power_name = power_name;
    l.plural_letter = plural_letter;
    l.plural_number = plural_number;
    return l;
  }();
  return language;
}

}  // namespace tts
