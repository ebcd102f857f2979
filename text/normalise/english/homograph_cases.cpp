#include "text/normalise/english/homograph_cases.h"

#include <unordered_map>

namespace tts {
namespace {

using Words = std::set<std::string>;

const char* read(const WordContext& c) {
  constexpr const char* kPresent = "ɹˈiːd";
  constexpr const char* kPast = "ɹˈɛd";
  static const Words past_times = {"yesterday",
                                   "ago",
                                   "last",
                                   "once",
                                   "then",
                                   "already",
                                   "was",
                                   "were",
                                   "had",
                                   "said",
                                   "when",
                                   "until",
                                   "aloud"};
  static const Words plurals = {
      "people", "children", "men", "women", "students", "parents", "and", "or"};
  if (c.is_participle() || c.before_is({"well", "widely"})) return kPast;
  if (verb_cues().count(c.before()) || c.starts_clause()) return kPresent;
  if (c.before_is({"he", "she", "it"})) {
    const bool question = verb_cues().count(c.before(2)) != 0;  // "did she read"
    return question ? kPresent : kPast;
  }
  if (subject_pronouns().count(c.before())) {
    const bool question = verb_cues().count(c.before(2)) != 0;
    return !question && c.sentence_has(past_times) ? kPast : kPresent;
  }
  if (determiners().count(c.before()) || determiners().count(c.before(2))) {
    const bool object = determiners().count(c.after()) != 0;  // "the teacher read the book"
    return object ? kPast : kPresent;
  }
  if (c.before_is(plurals) || c.before().back() == 's' || c.before().size() < 3) return nullptr;
  return c.before_is({"not", "never", "always", "often", "also"}) ? nullptr
                                                                  : kPast;  // "Smith read"
}

const char* live(const WordContext& c) {
  static const Words things = {
      "music",  "show",     "shows",       "concert",      "concerts", "broadcast",  "stream",
      "tv",     "audience", "performance", "performances", "band",     "wire",       "wires",
      "animal", "animals",  "coverage",    "recording",    "album",    "version",    "bait",
      "birth",  "births",   "television",  "event",        "events",   "ammunition", "chat",
      "video",  "sports",   "action",      "from"};
  static const Words shown = {"broadcast",
                              "streamed",
                              "streaming",
                              "performed",
                              "perform",
                              "recorded",
                              "played",
                              "air",
                              "aired",
                              "going",
                              "go",
                              "goes",
                              "went",
                              "watch",
                              "watched",
                              "reporting",
                              "playing"};
  if (c.after_is(things) && !verb_cues().count(c.before())) {
    return c.after() == "from" && subject_pronouns().count(c.before()) ? "lˈɪv" : "lˈaɪv";
  }
  if (c.before_is(shown)) return "lˈaɪv";
  if (determiners().count(c.before()) && !c.before_is({"that", "who"})) return "lˈaɪv";
  if (c.is_participle()) return "lˈaɪv";  // "we are live"
  return "lˈɪv";
}

const char* lead(const WordContext& c) {
  static const Words metal = {"pipe",
                              "pipes",
                              "paint",
                              "poisoning",
                              "bullet",
                              "bullets",
                              "weight",
                              "weights",
                              "shot",
                              "acid",
                              "ore",
                              "glass",
                              "crystal",
                              "pencil",
                              "foil",
                              "content",
                              "free"};
  const bool substance = c.before_is({"of", "molten", "containing"}) &&
                         !determiners().count(c.after()) &&
                         !c.after_is({"singer", "guitar", "actor", "roles"});
  return c.after_is(metal) || substance || (c.before() == "like" && c.after().empty()) ? "lˈɛd"
                                                                                       : "lˈiːd";
}

const char* close(const WordContext& c) {
  constexpr const char* kVerb = "klˈoʊz";
  constexpr const char* kNear = "klˈoʊs";
  static const Words very = {"so",     "very", "too",  "as",    "quite", "really", "how", "pretty",
                             "that",   "come", "came", "comes", "get",   "gets",   "got", "stay",
                             "stayed", "is",   "was",  "are",   "were",  "be",     "been"};
  if (c.after() == "to" && !verb_cues().count(c.before())) return kNear;
  if (c.before_is(very)) return kNear;
  if (verb_cues().count(c.before())) return kVerb;
  if (c.starts_clause()) return determiners().count(c.after()) || c.after() == "it" ? kVerb : kNear;
  if (determiners().count(c.before())) {
    return c.after().empty() || c.after() == "," || c.after() == "of"
               ? kVerb
               : kNear;  // "the close of day"
  }
  return subject_pronouns().count(c.before()) || determiners().count(c.after()) ? kVerb : nullptr;
}

const char* tear(const WordContext& c) {
  constexpr const char* kRip = "tˈɛɹ";
  constexpr const char* kDrop = "tˈɪɹ";
  if (c.after_is({"gas", "drop", "drops", "duct", "ducts"})) return kDrop;
  if (c.before_is({"and"}) && c.before(2) == "wear") return kRip;
  if (c.after_is({"apart", "up", "down", "off", "open"})) return kRip;
  if (c.part_of_speech() == PartOfSpeech::kVerb) return kRip;
  const bool hole = c.after() == "in" && determiners().count(c.after(2)) && c.after(3) != "eye" &&
                    c.after(3) != "eyes" && c.after(3) != "corner";
  return hole ? kRip : kDrop;
}

const char* minute(const WordContext& c) {
  static const Words very = {"very", "so", "extremely", "most", "too", "such"};
  static const Words small = {"detail",     "details",     "amount",   "amounts",     "quantities",
                              "quantity",   "particles",   "traces",   "differences", "difference",
                              "inspection", "examination", "fraction", "particle",    "crack",
                              "cracks",     "trace",       "scale",    "size",        "changes",
                              "fragments",  "doses",       "dose"};
  return c.before_is(very) || c.after_is(small) ? "maɪnˈuːt" : "mˈɪnɪt";
}

const char* content(const WordContext& c) {
  static const Words being = {"is",
                              "was",
                              "are",
                              "were",
                              "be",
                              "am",
                              "feel",
                              "feels",
                              "felt",
                              "seem",
                              "seemed",
                              "i'm",
                              "he's",
                              "she's",
                              "not",
                              "perfectly",
                              "quite"};
  return c.before_is(being) || c.after_is({"with", "to"}) ? "kəntˈɛnt" : "kˈɑːntɛnt";
}

const char* bow(const WordContext& c) {
  if (c.part_of_speech() == PartOfSpeech::kVerb) return "bˈaʊ";
  const bool gesture = c.before(2) == "took" || c.before(2) == "take" || c.before(2) == "takes";
  const bool ship = c.after() == "of" && (c.after(3) == "ship" || c.after(3) == "boat");
  return gesture || ship ? "bˈaʊ" : "bˈoʊ";
}

const char* bass(const WordContext& c) {
  const bool fish = c.sentence_has({"fish", "fishing", "caught", "lake", "catch", "river"}) ||
                    c.before() == "sea";
  return fish && !c.after_is({"guitar", "player", "drum", "line"}) ? "bˈæs" : "bˈeɪs";
}

const char* dove(const WordContext& c) {
  const bool jumped =
      subject_pronouns().count(c.before()) || c.after_is({"into", "in", "off", "under", "down"});
  return jumped ? "dˈoʊv" : "dˈʌv";
}

const char* wound(const WordContext& c) {
  const bool turned =
      c.after_is({"up", "around", "down", "through", "its", "their", "round", "tightly"}) ||
      subject_pronouns().count(c.before());
  return turned ? "wˈaʊnd" : "wˈuːnd";
}

const char* resume(const WordContext& c) {
  return c.part_of_speech() == PartOfSpeech::kNoun ? "ɹˈɛzʊmˌeɪ" : "ɹᵻzˈuːm";
}

// "I used to go", but "a tool used to cut".
const char* used(const WordContext& c) {
  if (c.after() != "to") return nullptr;
  const bool habit =
      subject_pronouns().count(c.before()) || c.before_is({"get", "got", "getting", "am", "i'm"});
  return habit ? "jˈuːst" : nullptr;
}

// "Reading" in Berkshire or Pennsylvania.
const char* reading(const WordContext& c) {
  static const Words of_town = {"fc", "festival", "university", "railroad", "gaol", "station"};
  if (!c.is_name() || c.after(2) == "writing") return nullptr;
  const bool place = c.before_is({"in", "to", "from", "near", "at", "of", "around", "through"});
  return place || c.after_is(of_town) ? "ɹˈɛdɪŋ" : nullptr;
}

const char* polish(const WordContext& c) {
  return c.starts_clause() && determiners().count(c.after()) ? "pˈɑːlɪʃ" : nullptr;
}

// "He is an invalid", but "an invalid argument".
const char* invalid(const WordContext& c) {
  static const Words no_noun = {"",
                                ",",
                                "is",
                                "was",
                                "has",
                                "had",
                                "who",
                                "for",
                                "and",
                                "in",
                                "with",
                                "since",
                                "to",
                                "whose",
                                "could",
                                "would"};
  const bool noun = determiners().count(c.before()) && c.after_is(no_noun);
  return noun ? "ˈɪnvəlɪd" : "ɪnvˈælɪd";
}

const char* invalid_of(const WordContext&) {
  return "ˈɪnvəlɪdz";
}

// "He lives in town", but "it cost lives in town".
const char* lives(const WordContext& c) {
  static const Words place = {"in",     "at",      "on",     "here",    "there",  "with",
                              "near",   "by",      "alone",  "under",   "next",   "like",
                              "among",  "off",     "up",     "behind",  "across", "abroad",
                              "beside", "forever", "longer", "happily", "down",   "just"};
  static const Words taken = {"save",   "saves", "saved",   "saving", "lost",    "lose",
                              "cost",   "costs", "claimed", "ruined", "changed", "change",
                              "risked", "risk",  "taking",  "took",   "of",      "human",
                              "our",    "spent", "private", "daily",  "and"};
  if (subject_pronouns().count(c.before())) return "lˈɪvz";
  if (determiners().count(c.before()) || c.before_is(taken) || c.starts_clause()) return "lˈaɪvz";
  return c.after_is(place) ? "lˈɪvz" : nullptr;
}

// "The road winds through the hills."
const char* winds(const WordContext& c) {
  static const Words way = {"through", "around", "along", "its", "past", "between", "uphill"};
  return c.after_is(way) || (c.after_is({"up", "down"}) && c.after(2) != "to") ? "wˈaɪndz"
                                                                               : nullptr;
}

// "just deserts".
const char* deserts(const WordContext& c) {
  return c.before() == "just" ? "dᵻzˈɜːts" : nullptr;
}

// A quarrel.
const char* row(const WordContext& c) {
  const bool quarrel = determiners().count(c.before()) && c.before(2) != "in" &&
                       (c.after() == "over" || c.after() == "about");
  const bool had = c.before_is({"a", "another"}) && c.before(2) == "had" && c.after() == "with";
  return quarrel || had ? "ɹˈaʊ" : nullptr;
}

const char* perfect(const WordContext& c) {
  const bool verb =
      verb_cues().count(c.before()) && (determiners().count(c.after()) || c.after() == "it");
  return verb ? "pɚfˈɛkt" : "pˈɜːfɛkt";
}

using Choice = const char* (*)(const WordContext&);

}  // namespace

std::string special_homograph(const WordContext& context) {
  static const std::unordered_map<std::string, Choice> table = {{"read", read},
                                                                {"live", live},
                                                                {"lead", lead},
                                                                {"close", close},
                                                                {"tear", tear},
                                                                {"minute", minute},
                                                                {"content", content},
                                                                {"bow", bow},
                                                                {"bass", bass},
                                                                {"dove", dove},
                                                                {"wound", wound},
                                                                {"resume", resume},
                                                                {"used", used},
                                                                {"reading", reading},
                                                                {"polish", polish},
                                                                {"invalid", invalid},
                                                                {"invalid's", invalid_of},
                                                                {"invalids", invalid_of},
                                                                {"lives", lives},
                                                                {"winds", winds},
                                                                {"deserts", deserts},
                                                                {"row", row},
                                                                {"perfect", perfect}};
  const auto found = table.find(context.word());
  if (found == table.end()) return "";
  const char* ipa = found->second(context);
  return ipa ? ipa : "";
}

}  // namespace tts
