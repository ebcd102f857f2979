// Units of measure and money in Dutch.
#include "text/normalise/measures.h"

namespace tts {

std::map<std::string, Unit> dutch_units() {
  const auto same = [](const char* name) { return Unit{name, name}; };
  return {
      {"km", same("kilometer")},
      {"m", same("meter")},
      {"cm", same("centimeter")},
      {"mm", same("millimeter")},
      {"µm", same("micrometer")},
      {"nm", same("nanometer")},
      {"kg", same("kilo")},
      {"g", same("gram")},
      {"mg", same("milligram")},
      {"t", same("ton")},
      {"l", same("liter")},
      {"ml", same("milliliter")},
      {"dl", same("deciliter")},
      {"s", {"seconde", "seconden"}},
      {"sec.", {"seconde", "seconden"}},
      {"ms", {"milliseconde", "milliseconden"}},
      {"min", {"minuut", "minuten"}},
      {"min.", {"minuut", "minuten"}},
      {"Hz", same("hertz")},
      {"kHz", same("kilohertz")},
      {"MHz", same("megahertz")},
      {"GHz", same("gigahertz")},
      {"W", same("watt")},
      {"kW", same("kilowatt")},
      {"MW", same("megawatt")},
      {"kWh", same("kilowattuur")},
      {"V", same("volt")},
      {"pk", {"paardenkracht", "paardenkracht"}},
      {"KB", same("kilobyte")},
      {"MB", same("megabyte")},
      {"GB", same("gigabyte")},
      {"TB", same("terabyte")},
      {"dB", same("decibel")},
      {"hPa", same("hectopascal")},
      {"kcal", {"kilocalorie", "kilocalorieën"}},
      {"km/u", same("kilometer per uur")},
      {"km/h", same("kilometer per uur")},
      {"m/s", same("meter per seconde")},
      {"°C", {"graad Celsius", "graden Celsius"}},
      {"°F", {"graad Fahrenheit", "graden Fahrenheit"}},
      {"°", {"graad", "graden"}},
      {"ha", same("hectare")},
      {"px", {"pixel", "pixels"}},
      {"el", {"eetlepel", "eetlepels"}},
      {"tl", {"theelepel", "theelepels"}},
      {"cl", same("centiliter")},
      {"Ω", same("ohm")},
      {"Mbit/s", same("megabit per seconde")},
  };
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
          {"¢", {"cent", "cent", "", ""}}};
}

}  // namespace tts
