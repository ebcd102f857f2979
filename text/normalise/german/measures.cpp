// Units of measure and money in German.
#include "text/normalise/german/german.h"
#include "text/normalise/units.h"

namespace tts {
namespace {

Unit same(const char* name, char gender) {
  return {name, name, gender};
}

void add_metric(std::map<std::string, Unit>& units) {
  const std::vector<Prefix> prefixes = {{"n", "Nano"},
                                        {"µ", "Mikro"},
                                        {"m", "Milli"},
                                        {"c", "Zenti"},
                                        {"d", "Dezi"},
                                        {"h", "Hekto"},
                                        {"k", "Kilo"},
                                        {"M", "Mega"},
                                        {"G", "Giga"},
                                        {"T", "Tera"}};
  add_prefixed_units(prefixes,
                     {{"m", "kcmnµd", same("Meter", 'm')},
                      {"g", "kmµn", same("Gramm", 'n')},
                      {"l", "mcdh", same("Liter", 'm')},
                      {"s", "mµn", {"Sekunde", "Sekunden", 'f'}},
                      {"Hz", "kMGT", same("Hertz", 'n')},
                      {"W", "mkMG", same("Watt", 'n')},
                      {"Wh", "kMGT", {"Wattstunde", "Wattstunden", 'f'}},
                      {"V", "mkM", same("Volt", 'n')},
                      {"A", "mµk", same("Ampere", 'n')},
                      {"Ah", "m", {"Amperestunde", "Amperestunden", 'f'}},
                      {"B", "kMGT", same("Byte", 'n')},
                      {"bit", "kMG", same("Bit", 'n')},
                      {"Pa", "hkM", same("Pascal", 'n')},
                      {"N", "k", same("Newton", 'n')},
                      {"J", "kM", same("Joule", 'n')},
                      {"F", "µnm", same("Farad", 'n')},
                      {"eV", "kMG", same("Elektronenvolt", 'n')},
                      {"cal", "k", {"Kalorie", "Kalorien", 'f'}},
                      {"Ω", "kM", same("Ohm", 'n')},
                      {"bar", "m", same("Bar", 'n')},
                      {"mol", "m", same("Mol", 'n')}},
                     units);
  units.erase("B");
  units.erase("F");
}

}  // namespace

std::map<std::string, Unit> german_units() {
  std::map<std::string, Unit> units = {
      {"t", {"Tonne", "Tonnen", 'f'}},
      {"Sek.", {"Sekunde", "Sekunden", 'f'}},
      {"sec", {"Sekunde", "Sekunden", 'f'}},
      {"min", {"Minute", "Minuten", 'f'}},
      {"Min.", {"Minute", "Minuten", 'f'}},
      {"h", {"Stunde", "Stunden", 'f'}},
      {"Std.", {"Stunde", "Stunden", 'f'}},
      {"PS", {"^P ^S", "^P ^S", 'n'}},
      {"KB", same("Kilobyte", 'n')},
      {"Mbit/s", same("Megabit pro Sekunde", 'n')},
      {"Gbit/s", same("Gigabit pro Sekunde", 'n')},
      {"kbit/s", same("Kilobit pro Sekunde", 'n')},
      {"MB/s", same("Megabyte pro Sekunde", 'n')},
      {"Mbps", same("Megabit pro Sekunde", 'n')},
      {"Nm", same("Newtonmeter", 'm')},
      {"dB", same("Dezibel", 'n')},
      {"km/h", same("Kilometer pro Stunde", 'm')},
      {"m/s", same("Meter pro Sekunde", 'm')},
      {"U/min", same("Umdrehungen pro Minute", 'f')},
      {"°C", same("Grad Celsius", 'm')},
      {"°F", same("Grad Fahrenheit", 'm')},
      {"°", same("Grad", 'm')},
      {"º", same("Grad", 'm')},
      {"ha", same("Hektar", 'n')},
      {"qm", same("Quadratmeter", 'm')},
      {"qkm", same("Quadratkilometer", 'm')},
      {"px", same("Pixel", 'n')},
      {"TL", same("Teelöffel", 'm')},
      {"EL", same("Esslöffel", 'm')},
      {"Pfd.", same("Pfund", 'n')},
      {"Ztr.", same("Zentner", 'm')},
      {"Stk.", same("Stück", 'n')},
      {"ft", same("Fuß", 'm')},
      {"in.", same("Zoll", 'm')},
      {"mi", {"Meile", "Meilen", 'f'}},
      {"mph", {"Meile pro Stunde", "Meilen pro Stunde", 'f'}},
      {"yd", same("Yard", 'n')},
      {"lb", same("Pfund", 'n')},
      {"lbs", same("Pfund", 'n')},
      {"oz", {"Unze", "Unzen", 'f'}},
      {"gal", {"Gallone", "Gallonen", 'f'}},
  };
  add_metric(units);
  add_spellings(units);
  return units;
}

std::map<std::string, Currency> german_currencies() {
  const Currency euro{"Euro", "Euro", "Cent", "Cent"}, dollar{"Dollar", "Dollar", "Cent", "Cent"};
  const Currency pound{"Pfund", "Pfund", "Penny", "Pence"},
      franc{"Schweizer Franken", "Schweizer Franken", "Rappen", "Rappen"};
  const Currency yen{"Yen", "Yen", "", ""};
  return {{"€", euro},
          {"EUR", euro},
          {"Euro", euro},
          {"$", dollar},
          {"USD", dollar},
          {"US-Dollar", {"U S Dollar", "U S Dollar", "Cent", "Cent"}},
          {"£", pound},
          {"GBP", pound},
          {"CHF", franc},
          {"¥", yen},
          {"JPY", yen},
          {"DM", {"D-Mark", "D-Mark", "Pfennig", "Pfennig", 'f'}},
          {"SFr.", franc},
          {"A$", {"australische Dollar", "australische Dollar", "Cent", "Cent"}},
          {"CA$", {"kanadische Dollar", "kanadische Dollar", "Cent", "Cent"}},
          {"₺", {"Lira", "Lira", "Kuruş", "Kuruş", 'f'}},
          {"₽", {"Rubel", "Rubel", "Kopeke", "Kopeken"}},
          {"₹", {"Rupie", "Rupien", "", "", 'f'}},
          {"PLN", {"Zloty", "Zloty", "Groschen", "Groschen"}},
          {"SEK", {"schwedische Krone", "schwedische Kronen", "Öre", "Öre", 'f'}},
          {"DKK", {"dänische Krone", "dänische Kronen", "Öre", "Öre", 'f'}},
          {"NOK", {"norwegische Krone", "norwegische Kronen", "Öre", "Öre", 'f'}},
          {"CZK", {"tschechische Krone", "tschechische Kronen", "", "", 'f'}},
          {"BTC", {"Bitcoin", "Bitcoin", "", ""}},
          {"¢", {"Cent", "Cent", "", ""}}};
}

}  // namespace tts
