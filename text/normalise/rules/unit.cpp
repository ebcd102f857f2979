// Numbers with units of measure.
#include "text/normalise/rules/unit.h"

#include <unicode/uchar.h>

#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr char kTail[] = R"((?:(²|³|\^[23]|[23](?=\D|$))|)(?![\p{L}\d]))";

bool is_speed(const std::string& key) {
  return key.find('/') != key.npos;
}

bool takes_power(const std::string& key, const Language& language) {
  return is_speed(key) || language.powers.count(key) != 0;
}

std::string sign_words(const std::string& sign, bool spaced, const Language& language) {
  if (sign == "-") return language.words.minus + " ";
  if (sign == "+") return language.words.plus + " ";
  if (sign == "±") {
    const std::string& about = language.words.sign_of_about;
    return (about.empty() || !spaced ? language.words.plus_minus : about) + " ";
  }
  return sign.empty() ? "" : language.words.about + " ";
}

// "5 A levels", "708 N 1st St", "1101 W. Main": a capital letter is a unit only where nothing makes
// it something else.
bool is_doubtful(const std::string& key, const std::string& joint, const Neighbours& around) {
  if (key.size() == 2 && key[1] == '.' && joint.empty()) return true;  // "16c."
  const bool capital = key.size() == 1 && key[0] >= 'A' && key[0] <= 'Z';
  if (!capital) return false;
  const bool dotted = sign_after(around) == '.' && around.text &&
                      around.end + 1 < around.text->length() &&
                      u_isalpha((*around.text)[around.end + 1]);  // "340 A.D."
  const bool street = sign_after(around) == '.' && around.text &&
                      around.end + 2 < around.text->length() &&
                      u_isupper((*around.text)[around.end + 2]) && joint == " ";  // "1101 W. Main"
  const bool followed =
      street || (joint == " " && (!around.after.empty() || u_isdigit(sign_after(around))));
  return joint == "-" || dotted || followed;
}

Expansion measure(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (is_doubtful(m[4], m[3], around) || (!m[5].empty() && !takes_power(m[4], language)))
    return std::nullopt;
  const Unit& unit = language.units.at(m[4]);
  const bool attributive = !language.singular_after.empty() && m[3] == "-";
  const bool one = attributive || is_singular_unit(m[2], around, language);
  const bool spaced = !m[1].empty() && m[0][m[1].size()] == ' ';
  return sign_words(m[1], spaced, language) + language.count(m[2], unit.gender, around) + " " +
         unit_in_words(m[4], m[5], one, language);
}

// "20.3 °C" where a comma parts decimals.
Expansion dotted_measure(const RuleMatch& m, const Neighbours&, const Language& language) {
  return sign_words(m[1], false, language) +
         number_in_words(language, m[2] + language.decimal + m[3]) + " " +
         unit_in_words(m[4], m[5], false, language);
}

// "90 Millionen km", "5 Mio. kg".
Expansion scaled_measure(const RuleMatch& m, const Neighbours&, const Language& language) {
  const auto full = language.scale_names.find(m[2]);
  const bool one = is_one(language, m[1]), named = full != language.scale_names.end();
  const char gender = named ? full->second.gender : 'n';
  return language.count(m[1], gender, {}) + " " +
         (!named ? m[2]
          : one  ? full->second.one
                 : full->second.many) +
         " " + unit_in_words(m[3], m[4], false, language);
}

Expansion range(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (!m[4].empty() && !takes_power(m[3], language)) return std::nullopt;
  return number_in_words(language, m[1]) + " " + range_word(around, language) + " " +
         number_in_words(language, m[2]) + " " + unit_in_words(m[3], m[4], false, language);
}

Expansion area(const RuleMatch& m, const Neighbours&, const Language& language) {
  if (m[4] == "s") return std::nullopt;  // "2x4s"
  std::string out = number_in_words(language, m[1]) + " " + language.words.by + " " +
                    number_in_words(language, m[2]);
  if (!m[3].empty()) out += " " + language.words.by + " " + number_in_words(language, m[3]);
  return out + " " + unit_in_words(m[4], m[5], false, language);
}

// "2 * 10 µm".
Expansion product(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + language.words.times + " " +
         number_in_words(language, m[2]) + " " + unit_in_words(m[3], m[4], false, language);
}

// "$3/lb", "5 kg/m³".
Expansion per_unit(const RuleMatch& m, const Neighbours&, const Language& language) {
  if (!m[2].empty() && !takes_power(m[1], language)) return std::nullopt;
  return language.words.per + " " + unit_in_words(m[1], m[2], true, language);
}

// "$9.99/mo", "5 € / Stk.".
Expansion per_noun(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.per + " " + language.per_nouns.at(m[1]);
}

// "6.5 l/100 km".
Expansion per_measure(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.per + " " + number_in_words(language, m[1]) + " " +
         unit_in_words(m[2], "", is_one(language, m[1]), language);
}

// "2h 15m 30s", "2 min 10 s", "2d 3h": two parts at least.
Expansion duration(const RuleMatch& m, const Neighbours&, const Language& language) {
  std::string out;
  int parts = 0;
  for (size_t i = 1; i + 1 < m.group.size(); i += 2) {
    if (m[i].empty()) continue;
    const auto key = language.durations.find(m[i + 1]);
    if (key == language.durations.end()) return std::nullopt;
    const Unit& unit = key->second;
    out += (out.empty() ? "" : " ") + language.count(m[i], unit.gender, {}) + " " +
           (is_one(language, m[i]) ? unit.one : unit.many);
    ++parts;
  }
  return parts < 2 ? std::nullopt : Expansion(out);
}

// "1m85": a length in meters and centimeters.
Expansion meters_and_more(const RuleMatch& m, const Neighbours&, const Language& language) {
  const Unit& unit = language.units.at("m");
  return language.count(m[1], unit.gender, {}) + " " + (m[1] == "1" ? unit.one : unit.many) + " " +
         number_in_words(language, m[2]);
}

// 48°51'24"N
Expansion angle(const RuleMatch& m, const Neighbours&, const Language& language) {
  const Vocabulary& words = language.words;
  std::string out =
      number_in_words(language, m[1]) + " " + (m[1] == "1" ? words.degree : words.degrees);
  const auto part = [&](const std::string& digits) {  // "03"
    return number_in_words(language, digits[0] == '0' && digits[1] ? digits.substr(1) : digits);
  };
  if (!m[2].empty()) out += " " + part(m[2]) + " " + words.minutes;
  if (!m[3].empty()) out += " " + part(m[3]) + " " + words.seconds;
  if (m[4].empty()) return out;
  const char side = m[4][0];
  return out + " " +
         (side == 'N'   ? words.north
          : side == 'S' ? words.south
          : side == 'W' ? words.west
                        : words.east);
}

// "MP3s", "F-16s".
Expansion plural(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.plural_number(number_in_words(language, m[1]));
}

// "per km": a unit without a number. "Team GB" is none.
Expansion alone(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (!m[2].empty() && !takes_power(m[1], language)) return std::nullopt;
  const icu::UnicodeString before = from_utf8(around.before_written);
  const bool name = before.length() > 0 && u_isupper(before.char32At(0)) && m[1].back() == 'B';
  if (name || !language.units.count(m[1])) return std::nullopt;
  return unit_in_words(
      m[1], m[2], language.unit_singular_after.count(around.before) != 0, language);
}

// Days, hours, minutes and seconds as one writes them together, from the long to the short.
std::string duration_pattern() {
  const std::string number = R"((\d{1,4}) ?)", joint = R"((?:,? ?(?=\d)|(?![\p{L}\d])))";
  return R"((?=\d{1,4} ?\p{L}{1,4}\.?,? ?\d))"  // two of them
         "(?:" +
         number + "(d)" + joint + ")?(?:" + number + "(hrs?|h|u|Std)(?:(?<=Std)\\.)?" + joint +
         ")?(?:" + number + "(mins?|m|Min)(?:(?<=[Mm]in)\\.)?" + joint +
         R"()?(?:(\d{1,4}(?:[.,]\d{1,3})?) ?(secs?|Sek|s))" +
         R"((?:(?<=e[ck])\.)?(?![\p{L}\d]))?(?![\p{L}\d/]))";
}

}  // namespace

std::string unit_in_words(const std::string& key,
                          const std::string& power,
                          bool one,
                          const Language& language) {
  const Unit& unit = language.units.at(key);
  const std::string name = one ? unit.one : unit.many;
  if (power.empty()) return name;
  if (is_speed(key)) return name + " " + language.words.squared;
  const bool cubic = power == "³" || power.back() == '3';
  return language.power_name(cubic ? language.words.cubic : language.words.square, name);
}

bool is_singular_unit(const std::string& number,
                      const Neighbours& around,
                      const Language& language) {
  const bool before_noun =
      language.singular_after.count(around.before) != 0 && !around.after.empty();
  return before_noun || is_one(language, number);
}

std::vector<Rule> unit_rules(const Language& language) {
  const std::string tail = kTail, sign = R"((?<![\p{L}\d])([-+±~≈]?) ?)";
  std::vector<Rule> rules = {
      {"plural", "d", R"((?<=\p{Lu}|\p{Lu}-)(\d{1,4})s(?!\p{L}))", plural},
      {"duration", "d", duration_pattern(), duration},
      {"angle",
       "d",
       R"((?=\d{1,3} ?[°º] ?(?:\d{1,2} ?'|[NSEWO](?!\p{L})))(\d{1,3}) ?[°º] ?)"
       R"((?:(\d{1,2}) ?' ?(?:(\d{1,2}(?:[.,]\d{1,4})?) ?(?:"|'') ?)?)?([NSEWO](?!\p{L}))?)",
       angle},
      {"area", "d", R"(({NUM}) ?[x×] ?({NUM})(?: ?[x×] ?({NUM}))? ?({UNIT}))" + tail, area},
      {"product of measures", "d", R"(({NUM}) ?[*·⋅] ?({NUM}) ?({UNIT}))" + tail, product},
      {"range of measures", "d", R"(({NUM})(?:–|-| – | - )({NUM}) ?({UNIT}))" + tail, range},
      {"scaled measure", "d", R"(({NUM}) ?({SCALE}) ({UNIT}))" + tail, scaled_measure},
      {"measure",
       "ds",
       sign + R"((\.\d{1,9}|{NUM})(?! [NESW]\.? \d)([ -]?)({UNIT}))" + tail,
       measure},
      {"per unit", "s", R"((?<=\d ?[\p{L}µ]{0,4})/({UNIT}))" + tail, per_unit},
      {"per noun", "s", R"((?<=[\d€$£] ?[\p{L}]{0,5} ?)/ ?({PER})(?![\p{L}\d])\.?)", per_noun},
      {"per measure", "s", R"((?<=\d ?\p{L}{1,3})/({NUM}) ?({UNIT})(?![\p{L}\d]))", per_measure},
      {"unit",
       "l",
       R"((km/h|km|kg|cm|mm|m(?=[²³])|kHz|MHz|GHz|GB|MB|TB|kWh|kW|ml|mg|dB|hPa))" + tail,
       alone},
  };
  if (language.decimal != '.') {
    rules.push_back(
        {"measure", "ds", sign + R"((\d{1,5})\.(\d{1,2}) ?({UNIT}))" + tail, dotted_measure});
    rules.push_back({"length", "d", R"((\d)m(\d\d)(?![\p{L}\d]))", meters_and_more});
  }
  return rules;
}

}  // namespace tts
