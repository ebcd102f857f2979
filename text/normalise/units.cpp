#include "text/normalise/units.h"

#include "text/unicode.h"

namespace tts {

void add_prefixed_units(const std::vector<Prefix>& prefixes,
                        const std::vector<BaseUnit>& bases,
                        std::map<std::string, Unit>& units) {
  for (const BaseUnit& base : bases) {
    units.insert({base.key, base.unit});
    for (const Prefix& prefix : prefixes) {
      if (base.prefixes.find(prefix.key) == base.prefixes.npos) continue;
      units.insert({prefix.key + base.key,
                    {prefix.name + lower_case(base.unit.one),
                     prefix.name + lower_case(base.unit.many),
                     base.unit.gender}});
    }
  }
}

void add_spellings(std::map<std::string, Unit>& units) {
  const std::string micro_sign = "\u00B5", greek_mu = "\u03BC";
  const std::map<std::string, Unit> written = units;
  for (const auto& [key, unit] : written) {
    if (key.compare(0, micro_sign.size(), micro_sign) == 0)
      units.insert({greek_mu + key.substr(micro_sign.size()), unit});
    if (key == "°C" || key == "°F") {
      units.insert({"° " + key.substr(2), unit});
      units.insert({"º" + key.substr(2), unit});
      units.insert({"º " + key.substr(2), unit});
    }
  }
  for (const char* key : {"km", "kg", "cm", "ml", "kwh", "khz", "mhz", "ghz", "mbps", "gbps"}) {
    for (const auto& [known, unit] : written) {
      if (lower_case(known) != key) continue;
      units.insert({key, unit});
      const std::string capitals = upper_case(key);
      if (capitals.size() == 2 || capitals == "KWH") units.insert({capitals, unit});
    }
  }
}

}  // namespace tts
