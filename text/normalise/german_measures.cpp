// Units of measure and money in German.
#include "text/normalise/measures.h"

namespace tts {

std::map<std::string, Unit> german_units() {
  const auto same = [](const char* name, char gender) { return Unit{name, name, gender}; };
  return {
      {"km", same("Kilometer", 'm')},
      {"m", same("Meter", 'm')},
      {"cm", same("Zentimeter", 'm')},
      {"mm", same("Millimeter", 'm')},
      {"µm", same("Mikrometer", 'm')},
      {"nm", same("Nanometer", 'm')},
      {"kg", same("Kilogramm", 'n')},
      {"g", same("Gramm", 'n')},
      {"mg", same("Milligramm", 'n')},
      {"t", {"Tonne", "Tonnen", 'f'}},
      {"l", same("Liter", 'm')},
      {"ml", same("Milliliter", 'm')},
      {"s", {"Sekunde", "Sekunden", 'f'}},
      {"Sek.", {"Sekunde", "Sekunden", 'f'}},
      {"ms", {"Millisekunde", "Millisekunden", 'f'}},
      {"min", {"Minute", "Minuten", 'f'}},
      {"Min.", {"Minute", "Minuten", 'f'}},
      {"h", {"Stunde", "Stunden", 'f'}},
      {"Std.", {"Stunde", "Stunden", 'f'}},
      {"Hz", same("Hertz", 'n')},
      {"kHz", same("Kilohertz", 'n')},
      {"MHz", same("Megahertz", 'n')},
      {"GHz", same("Gigahertz", 'n')},
      {"W", same("Watt", 'n')},
      {"kW", same("Kilowatt", 'n')},
      {"MW", same("Megawatt", 'n')},
      {"kWh", {"Kilowattstunde", "Kilowattstunden", 'f'}},
      {"V", same("Volt", 'n')},
      {"PS", {"P S", "P S", 'n'}},
      {"KB", same("Kilobyte", 'n')},
      {"MB", same("Megabyte", 'n')},
      {"GB", same("Gigabyte", 'n')},
      {"TB", same("Terabyte", 'n')},
      {"Mbit/s", {"Megabit pro Sekunde", "Megabit pro Sekunde", 'n'}},
      {"dB", same("Dezibel", 'n')},
      {"hPa", same("Hektopascal", 'n')},
      {"kcal", {"Kilokalorie", "Kilokalorien", 'f'}},
      {"km/h", {"Kilometer pro Stunde", "Kilometer pro Stunde", 'm'}},
      {"m/s", {"Meter pro Sekunde", "Meter pro Sekunde", 'm'}},
      {"°C", {"Grad Celsius", "Grad Celsius", 'm'}},
      {"°F", {"Grad Fahrenheit", "Grad Fahrenheit", 'm'}},
      {"°", same("Grad", 'm')},
      {"ha", same("Hektar", 'n')},
      {"px", same("Pixel", 'n')},
      {"TL", same("Teelöffel", 'm')},
      {"EL", same("Esslöffel", 'm')},
      {"dl", same("Deziliter", 'm')},
      {"cl", same("Zentiliter", 'm')},
      {"Pfd.", same("Pfund", 'n')},
      {"Ω", same("Ohm", 'n')},
  };
}

std::map<std::string, Currency> german_currencies() {
  const Currency euro{"Euro", "Euro", "Cent", "Cent"}, dollar{"Dollar", "Dollar", "Cent", "Cent"};
  const Currency pound{"Pfund", "Pfund", "Penny", "Pence"},
      franc{"Franken", "Franken", "Rappen", "Rappen"};
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
          {"¢", {"Cent", "Cent", "", ""}}};
}

}  // namespace tts
