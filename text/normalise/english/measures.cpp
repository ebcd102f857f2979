// Units of measure and money in English.
#include "text/normalise/english/english.h"
#include "text/normalise/units.h"

namespace tts {
namespace {

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
  add_prefixed_units(
      prefixes,
      {{"m", "kcmnµd", {"meter", "meters"}},   {"g", "kmµn", {"gram", "grams"}},
       {"l", "mcdh", {"liter", "liters"}},     {"L", "md", {"liter", "liters"}},
       {"s", "mµn", {"second", "seconds"}},    {"Hz", "kMGT", {"hertz", "hertz"}},
       {"W", "mkMG", {"watt", "watts"}},       {"Wh", "kMGT", {"watt hour", "watt hours"}},
       {"V", "mkM", {"volt", "volts"}},        {"A", "mµk", {"amp", "amps"}},
       {"Ah", "m", {"amp hour", "amp hours"}}, {"B", "kMGT", {"byte", "bytes"}},
       {"bit", "kMG", {"bit", "bits"}},        {"Pa", "hkM", {"pascal", "pascals"}},
       {"N", "k", {"newton", "newtons"}},      {"J", "kM", {"joule", "joules"}},
       {"F", "µnm", {"farad", "farads"}},      {"eV", "kMG", {"electronvolt", "electronvolts"}},
       {"cal", "k", {"calorie", "calories"}},  {"Ω", "kM", {"ohm", "ohms"}},
       {"bar", "m", {"bar", "bars"}},          {"mol", "m", {"mole", "moles"}}},
      units);
  units.erase("B");
  units.erase("F");
}

}  // namespace

std::map<std::string, Unit> english_units() {
  std::map<std::string, Unit> units = {
      {"mi", {"mile", "miles"}},
      {"mi.", {"mile", "miles"}},
      {"ft", {"foot", "feet"}},
      {"ft.", {"foot", "feet"}},
      {"in.", {"inch", "inches"}},
      {"yd", {"yard", "yards"}},
      {"yd.", {"yard", "yards"}},
      {"t", {"ton", "tons"}},
      {"lb", {"pound", "pounds"}},
      {"lbs", {"pounds", "pounds"}},
      {"lb.", {"pound", "pounds"}},
      {"lbs.", {"pounds", "pounds"}},
      {"oz", {"ounce", "ounces"}},
      {"oz.", {"ounce", "ounces"}},
      {"gal", {"gallon", "gallons"}},
      {"gal.", {"gallon", "gallons"}},
      {"sec", {"second", "seconds"}},
      {"secs", {"second", "seconds"}},
      {"sec.", {"second", "seconds"}},
      {"min", {"minute", "minutes"}},
      {"mins", {"minute", "minutes"}},
      {"min.", {"minute", "minutes"}},
      {"h", {"hour", "hours"}},
      {"hr", {"hour", "hours"}},
      {"hr.", {"hour", "hours"}},
      {"hrs", {"hours", "hours"}},
      {"hrs.", {"hours", "hours"}},
      {"KB", {"kilobyte", "kilobytes"}},
      {"Mbit/s", {"megabit per second", "megabits per second"}},
      {"kbit/s", {"kilobit per second", "kilobits per second"}},
      {"kbps", {"kilobit per second", "kilobits per second"}},
      {"Mbps", {"megabit per second", "megabits per second"}},
      {"Gbps", {"gigabit per second", "gigabits per second"}},
      {"MB/s", {"megabyte per second", "megabytes per second"}},
      {"GB/s", {"gigabyte per second", "gigabytes per second"}},
      {"dB", {"decibel", "decibels"}},
      {"hp", {"horsepower", "horsepower"}},
      {"psi", {"^P ^S ^I", "^P ^S ^I"}},
      {"mph", {"mile per hour", "miles per hour"}},
      {"km/h", {"kilometer per hour", "kilometers per hour"}},
      {"kph", {"kilometer per hour", "kilometers per hour"}},
      {"kmh", {"kilometer per hour", "kilometers per hour"}},
      {"m/s", {"meter per second", "meters per second"}},
      {"ft/s", {"foot per second", "feet per second"}},
      {"mg/dL", {"milligram per deciliter", "milligrams per deciliter"}},
      {"rpm", {"revolution per minute", "revolutions per minute"}},
      {"bpm", {"beat per minute", "beats per minute"}},
      {"dpi", {"dot per inch", "dots per inch"}},
      {"°C", {"degree Celsius", "degrees Celsius"}},
      {"°F", {"degree Fahrenheit", "degrees Fahrenheit"}},
      {"°", {"degree", "degrees"}},
      {"º", {"degree", "degrees"}},
      {"ha", {"hectare", "hectares"}},
      {"px", {"pixel", "pixels"}},
      {"tsp", {"teaspoon", "teaspoons"}},
      {"tsp.", {"teaspoon", "teaspoons"}},
      {"tbsp", {"tablespoon", "tablespoons"}},
      {"tbsp.", {"tablespoon", "tablespoons"}},
      {"Tbsp", {"tablespoon", "tablespoons"}},
      {"Tbsp.", {"tablespoon", "tablespoons"}},
      {"c.", {"cup", "cups"}},
      {"qt", {"quart", "quarts"}},
      {"fl oz", {"fluid ounce", "fluid ounces"}},
      {"fl. oz.", {"fluid ounce", "fluid ounces"}},
      {"mpg", {"mile per gallon", "miles per gallon"}},
      {"mo.", {"month", "months"}},
      {"wk", {"week", "weeks"}},
      {"wks", {"week", "weeks"}},
      {"yr", {"year", "years"}},
      {"yr.", {"year", "years"}},
      {"yrs", {"years", "years"}},
      {"yrs.", {"years", "years"}},
      {"yo", {"year old", "years old"}},
      {"y/o", {"year old", "years old"}},
      {"fps", {"frame per second", "frames per second"}},
  };
  add_metric(units);
  add_spellings(units);
  return units;
}

std::map<std::string, Currency> english_currencies() {
  const auto dollar = [](const std::string& of) {
    const std::string begin = of.empty() ? "" : of + " ";
    return Currency{begin + "dollar", begin + "dollars", "cent", "cents"};
  };
  const auto cents = [](const char* one, const char* many) {
    return Currency{one, many, "cent", "cents"};
  };
  const Currency euro = cents("euro", "euros"), pound{"pound", "pounds", "penny", "pence"};
  const Currency yen{"yen", "yen", "", ""}, yuan{"yuan", "yuan", "", ""};
  const Currency franc{"Swiss franc", "Swiss francs", "centime", "centimes"};
  const Currency rupee{"rupee", "rupees", "paisa", "paise"};
  const Currency real{"real", "reais", "centavo", "centavos"};
  const Currency peso{"peso", "pesos", "centavo", "centavos"};
  const Currency canadian = dollar("Canadian"), zealand = dollar("New Zealand");
  return {
      {"$", dollar("")},
      {"US$", dollar("^U ^S")},
      {"USD", dollar("^U ^S")},
      {"A$", dollar("Australian")},
      {"AU$", dollar("Australian")},
      {"AUD", dollar("Australian")},
      {"C$", canadian},
      {"CA$", canadian},
      {"CAD", canadian},
      {"NZ$", zealand},
      {"NZD", zealand},
      {"HK$", dollar("Hong Kong")},
      {"HKD", dollar("Hong Kong")},
      {"S$", dollar("Singapore")},
      {"SGD", dollar("Singapore")},
      {"NT$", dollar("Taiwan")},
      {"R$", real},
      {"BRL", real},
      {"MX$", peso},
      {"MXN", peso},
      {"€", euro},
      {"EUR", euro},
      {"£", pound},
      {"GBP", pound},
      {"¥", yen},
      {"JPY", yen},
      {"CNY", yuan},
      {"RMB", yuan},
      {"CHF", franc},
      {"₹", rupee},
      {"INR", rupee},
      {"Rs.", rupee},
      {"Rs", rupee},
      {"₽", {"ruble", "rubles", "kopeck", "kopecks"}},
      {"RUB", {"ruble", "rubles", "kopeck", "kopecks"}},
      {"₩", {"won", "won", "", ""}},
      {"KRW", {"won", "won", "", ""}},
      {"₺", {"lira", "lira", "kurush", "kurush"}},
      {"TRY", {"lira", "lira", "kurush", "kurush"}},
      {"₿", {"bitcoin", "bitcoins", "", ""}},
      {"₴", {"hryvnia", "hryvnias", "kopiyka", "kopiykas"}},
      {"₪", {"shekel", "shekels", "", ""}},
      {"₫", {"dong", "dong", "", ""}},
      {"₱", peso},
      {"₦", {"naira", "naira", "kobo", "kobo"}},
      {"SEK", {"Swedish krona", "Swedish kronor", "öre", "öre"}},
      {"NOK", {"Norwegian krone", "Norwegian kroner", "øre", "øre"}},
      {"DKK", {"Danish krone", "Danish kroner", "øre", "øre"}},
      {"PLN", {"zloty", "zlotys", "grosz", "groszy"}},
      {"zł", {"zloty", "zlotys", "grosz", "groszy"}},
      {"CZK", {"koruna", "korunas", "", ""}},
      {"HUF", {"forint", "forints", "", ""}},
      {"HRK", {"kuna", "kuna", "lipa", "lipa"}},
      {"ZAR", {"rand", "rand", "cent", "cents"}},
      {"BTC", {"bitcoin", "bitcoins", "", ""}},
      {"¢", {"cent", "cents", "", ""}},
  };
}

}  // namespace tts
