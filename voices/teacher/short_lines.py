#!/usr/bin/env python3
"""Short lines that books lack: answers, questions, exclamations, lists, letters, numbers, dates, direct speech.

    short_lines.py [--grammar lines.txt] [--seed 1] [-o FILE]

Input:  the grammar (its first lines explain it) and the word lists beside it, all of them written for this purpose.
Output: lines `id|text` (standard output without -o), the same bytes for the same grammar, lists and seed; no two lines
        are equal but for case and punctuation. The id is s and four digits.
"""
import argparse
import random
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MONTHS, *NAMES = ((HERE / f"lists/{n}.txt").read_text(encoding="utf-8").split() for n in ("month", "name", "last_name"))
NAMES = sum(NAMES, [])
SLOT = re.compile(r"\{([^{}]+)\}")
WORDS = "twelve one two three four five six seven eight nine ten eleven".split()


def ordinal(n):
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def article(word):
    """"a" or "an", by the sound that the word begins with; a single capital is a letter's name."""
    if re.fullmatch("[A-Z]", word):
        return "an" if word in "AEFHILMNORSX" else "a"
    silent = re.match(r"hono|hour|heir", word, re.I)
    consonant = re.match(r"us[eu]|uni|eu|one\b|once\b", word, re.I)
    return "an" if (re.match("[aeiou]", word, re.I) and not consonant) or silent else "a"


class Made:
    """What is counted or spelled, by the name of its slot."""

    def __init__(self, chance):
        self.chance = chance

    def count(self):
        return str(self.chance.randint(2, 99))

    def big(self):
        n = round(10 ** self.chance.uniform(2, 5.7))
        return f"{n:,}" if self.chance.random() < 0.7 and n > 9999 else str(n if n < 10000 else n // 1000 * 1000)

    def ordinal(self):
        return ordinal(self.chance.randint(1, 31))

    def year(self):
        return str(self.chance.choice([self.chance.randint(1066, 1899), self.chance.randint(1900, 1999), self.chance.randint(2000, 2040)]))

    def time(self):
        hour, minute = self.chance.randint(1, 12), self.chance.choice([0, 5, 15, 20, 30, 45, self.chance.randint(1, 59)])
        clock = f"{hour}:{minute:02d}"
        spoken = f"half past {WORDS[hour % 12]}" if minute == 30 else f"{WORDS[hour % 12]} o'clock"
        return self.chance.choice([clock, clock, f"{clock} {self.chance.choice(['a.m.', 'p.m.'])}", spoken,
                                   f"a quarter {self.chance.choice(['to', 'past'])} {WORDS[hour % 12]}"])

    def date(self):
        month, day, year = self.chance.randint(1, 12), self.chance.randint(1, 28), self.year()
        return self.chance.choice([f"{MONTHS[month - 1]} {day}, {year}", f"{day} {MONTHS[month - 1]} {year}",
                                   f"{MONTHS[month - 1]} {ordinal(day)}, {year}", f"{month}/{day}/{self.chance.randint(1950, 2030)}"])

    def day_month(self):
        month, day = self.chance.choice(MONTHS), self.chance.randint(1, 28)
        return self.chance.choice([f"{month} {day}", f"{month} {ordinal(day)}", f"the {ordinal(day)} of {month}"])

    def price(self):
        whole, cents = self.chance.randint(1, 120), self.chance.randint(1, 99)
        return self.chance.choice([f"${whole}.{cents:02d}", f"£{whole}", f"${whole * 50}", f"{cents} cents", f"€{whole}.50"])

    def percent(self):
        return self.chance.choice([f"{self.chance.randint(1, 99)}%", f"{self.chance.randint(1, 99)} percent", f"{self.decimal()}%"])

    def decimal(self):
        return f"{self.chance.randint(0, 40)}.{self.chance.randint(1, 99)}"

    def phone(self):
        return f"555-{self.chance.randint(100, 199):04d}"

    def letter(self):
        return self.chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    letter_name = letter

    def letters(self):
        return "".join(self.chance.choice("BCDFGHJKLMNPQRSTVWXZ") for _ in range(self.chance.randint(2, 4)))

    def spelled(self, name=None):
        return self.chance.choice([", ", " ", ", "]).join((name or self.chance.choice(NAMES)).upper())

    def spelling(self):
        name = self.chance.choice(NAMES)
        return f"{name} is spelled {self.spelled(name)}"

    def letter_as(self):
        name = self.chance.choice(NAMES)
        return f"{name[0]} as in {name}"

    def plate(self):
        return f"{self.letters()} {self.count()} {self.letter()}"


class Grammar:
    """Patterns by kind, word lists, and how slots are filled."""

    def __init__(self, path, seed):
        self.path, self.kinds = path, []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            opening = re.fullmatch(r"\[(.+) (\d+)\]", line)
            if opening:
                self.kinds.append((opening[1], int(opening[2]), []))
            elif line.strip() and not line.startswith("#"):
                if not self.kinds:
                    raise SystemExit(f"{path}:{number}: a pattern before the first [kind count]")
                self.kinds[-1][2].append(line)
        self.lists = {f.stem: f.read_text(encoding="utf-8").splitlines() for f in sorted((path.parent / "lists").glob("*.txt"))}
        self.chance = random.Random(seed)
        self.made = Made(self.chance)

    def word(self, name, used):
        """A filler; none twice in a line."""
        if not name.startswith("_") and callable(getattr(self.made, name, None)):
            return getattr(self.made, name)()
        if name not in self.lists:
            raise SystemExit(f"{self.path}: no list {{{name}}}; known: {', '.join(self.lists)}")
        word = self.chance.choice([w for w in self.lists[name] if w not in used] or self.lists[name])
        used.add(word)
        return word

    def fill(self, pattern):
        used = set()

        def slot(match):
            *before, name = match[1].split(":")
            capital = (before or [name])[0][0].isupper()
            word = self.word(name.lower(), used)
            word = f"{article(word)} {word}" if before else word
            return word[0].upper() + word[1:] if capital else word
        return SLOT.sub(slot, pattern)

    def lines(self):
        """Texts, kind by kind."""
        seen = set()
        for kind, count, patterns in self.kinds:
            made = tries = 0
            while made < count:
                tries += 1
                if tries > 100 * count:
                    raise SystemExit(f"{self.path}: the patterns of [{kind}] give only {made} different lines of {count}")
                text = self.fill(patterns[tries % len(patterns)])
                text = text[0].upper() + text[1:].replace("..", ".")  # "at 6 a.m." ends with one
                key = re.sub(r"[\W_]+", " ", text.lower()).strip() + text[-1]
                if key not in seen:
                    seen.add(key)
                    made += 1
                    yield text


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--grammar", type=Path, default=HERE / "lines.txt")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("-o", "--out", type=Path)
    a = p.parse_args()
    lines = "".join(f"s{n:04d}|{text}\n" for n, text in enumerate(Grammar(a.grammar, a.seed).lines(), 1))
    if a.out:
        a.out.write_text(lines, encoding="utf-8")
    else:
        sys.stdout.write(lines)


if __name__ == "__main__":
    main()
