// Units of measure and money in Dutch.
#include "text/normalise/dutch/dutch.h"
#include "text/normalise/units.h"

namespace tts {
namespace {

Unit same(const char* name) {
  return {name, name};
}

void add_metric(std::map<std::string, Unit>& units) {
  const std::vector<Prefix> prefixes = {{"n", "nano"},
                                        {"µ", "micro"},
                                        {"m", "milli"},
                                        {"c", "centi"},
                                        {"d", "deci"},
                                        {"h", "hecto"},
                                        {"k", "kilo"},
                                        {"M", "mega"},
                                        {"G", "giga"},
                                        {"T", "tera"}};
  add_prefixed_units(prefixes,
                     {{"m", "kcmnµd", same("meter")},
                      {"g", "mµn", same("gram")},
                      {"l", "mcdh", same("liter")},
                      {"s", "mµn", {"seconde", "seconden"}},
                      {"Hz", "kMGT", same("hertz")},
                      {"W", "mkMG", same("watt")},
                      {"Wh", "kMGT", same("wattuur")},
                      {"V", "mkM", same("volt")},
                      {"A", "mµk", same("ampère")},
                      {"Ah", "m", same("ampère-uur")},
                      {"B", "kMGT", same("byte")},
                      {"bit", "kMG", same("bit")},
                      {"Pa", "hkM", same("pascal")},
                      {"N", "k", same("newton")},
                      {"J", "kM", same("joule")},
                      {"F", "µnm", same("farad")},
                      {"eV", "kMG", same("elektronvolt")},
                      {"cal", "k", {"calorie", "calorieën"}},
                      {"Ω", "kM", same("ohm")},
                      {"bar", "m", same("bar")},
                      {"mol", "m", same("mol")}},
                     units);
  units.erase("B");
  units.erase("F");
}

}  // namespace

std::map<std::string, Unit> dutch_units() {
  std::map<std::string, Unit> units = {
      {"kg", same("kilo")},
      {"t", same("ton")},
      {"sec", {"seconde", "seconden"}},
      {"sec.", {"seconde", "seconden"}},
      {"min", {"minuut", "minuten"}},
      {"min.", {"minuut", "minuten"}},
      {"pk", {"^P ^K", "^P ^K"}},
      {"KB", same("kilobyte")},
      {"Mbit/s", same("megabit per seconde")},
      {"Gbit/s", same("gigabit per seconde")},
      {"MB/s", same("megabyte per seconde")},
      {"Mbps", same("megabit per seconde")},
      {"Nm", same("newtonmeter")},
      {"dB", same("decibel")},
      {"km/u", same("kilometer per uur")},
      {"km/h", same("kilometer per uur")},
      {"m/s", same("meter per seconde")},
      {"°C", {"graad Celsius", "graden Celsius"}},
      {"°F", {"graad Fahrenheit", "graden Fahrenheit"}},
      {"°", {"graad", "graden"}},
      {"º", {"graad", "graden"}},
      {"ha", same("hectare")},
      {"px", {"pixel", "pixels"}},
      {"el", {"eetlepel", "eetlepels"}},
      {"tl", {"theelepel", "theelepels"}},
      {"ct", same("cent")},
      {"ct.", same("cent")},
      {"ft", same("voet")},
      {"in.", same("inch")},
      {"mi", same("mijl")},
      {"lb", same("pond")},
      {"oz", same("ounce")},
  };
  add_metric(units);
  add_spellings(units);
  return units;
}

std::map<std::string, Currency> dutch_currencies() {
  const Currency euro{"euro", "euro", "cent", "cent"}, dollar{"dollar", "dollar", "cent", "cent"};
  const Currency pound{"pond", "pond", "penny", "pence"}, yen{"yen", "yen", "", ""};
  return {{"€", euro},
          {"EUR", euro},
          {"euro", euro},
          {"$", dollar},
          {"USD", dollar},
          {"£", pound},
          {"GBP", pound},
          {"¥", yen},
          {"JPY", yen},
          {"CHF", {"Zwitserse frank", "Zwitserse frank", "rappen", "rappen"}},
          {"A$", {"Australische dollar", "Australische dollar", "cent", "cent"}},
          {"CA$", {"Canadese dollar", "Canadese dollar", "cent", "cent"}},
          {"US$", {"Amerikaanse dollar", "Amerikaanse dollar", "cent", "cent"}},
          {"₺", {"lira", "lira", "", ""}},
          {"₽", {"roebel", "roebel", "kopeke", "kopeken"}},
          {"₹", {"roepie", "roepie", "", ""}},
          {"PLN", {"zloty", "zloty", "", ""}},
          {"SEK", {"Zweedse kroon", "Zweedse kroon", "öre", "öre"}},
          {"DKK", {"Deense kroon", "Deense kroon", "öre", "öre"}},
          {"NOK", {"Noorse kroon", "Noorse kroon", "öre", "öre"}},
          {"BTC", {"bitcoin", "bitcoin", "", ""}},
          {"¢", {"cent", "cent", "", ""}}};
}

}  // namespace tts
