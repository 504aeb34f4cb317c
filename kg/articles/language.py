"""Is this text plainly not English? A test by its commonest words, made not to refuse in doubt."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_COMMON = {
    "English": """the of and to in a is that for it on with as was by at from are be this has have
        an its will not but or which their they he his said we you i who would more been were about
        after also""",
    "German": """der die das und ist nicht ein eine einen dem den des mit auf für von zu im sich auch
        werden wird sie er es bei nach wie über oder zum zur aus hat haben""",
    "French": """le la les des une et est dans que qui pour sur pas du au aux avec par il elle ce
        cette sont ne plus se son sa ses nous vous mais ou été""",
    "Spanish": """el la los las de y en que una un por con para del se su al es no más como ha sus
        este esta pero fue lo son sobre entre""",
    "Italian": """il lo la gli le di e che un una per con non del della dei delle nel nella al alla è
        sono si da più anche come ha questo questa ma""",
    "Portuguese": """o os as de e que do da dos das em um uma para com não por no na nos nas ao é se
        mais como foi são sua seu pelo pela""",
    "Dutch": """de het een en van is dat niet op te zijn met voor die aan er ook maar om als bij door
        naar wordt werd heeft hij zij ze uit over""",
    "Swedish": """och att det som en är av för på med den till inte om ett har de men var sig så från
        kan nu skulle efter vid också""",
    "Danish or Norwegian": """og at det som en er af av for på med den til ikke om et har de men var
        sig seg så fra kan nu ville efter etter ved også""",
    "Polish": """i w na z się nie do że to jest o jak po co tak za od jego przez ale dla oraz który
        które już tym był""",
    "Finnish": """ja on ei se että oli hän mutta ovat kun myös joka sen tai niin kuin vain ole
        mukaan""",
    "Turkish": """ve bir bu da de için ile olarak çok daha olan gibi en ne kadar sonra ama var
        olduğu""",
}
_OTHERS = {name: frozenset(words.split()) for name, words in _COMMON.items()}
_ENGLISH = _OTHERS.pop("English")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters from the beginning, as many from the middle
_LEAST_WORDS = 40
_LEAST_LETTERS = 80
_SCRIPTS = {
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "CYRILLIC": "a language in Cyrillic script",
    "ARABIC": "a language in Arabic script",
    "GREEK": "Greek",
    "HEBREW": "Hebrew",
    "DEVANAGARI": "a language in Devanagari script",
    "THAI": "Thai",
}


def foreign(text: str) -> str | None:
    """The language of a text that is surely not English; None in all other cases.

    Short texts pass, as do texts where two languages mix: what is refused wrongly cannot
    be found again, what is let in wrongly merely yields no fact.
    """
    middle = max(_SAMPLE, len(text) // 2)
    sample = text[:_SAMPLE] + " " + text[middle : middle + _SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    latin = sum(
        1 for c in letters if c < "\u0250" or "\u1e00" <= c < "\u1f00" or c >= "\uff21" <= "\uff5a"
    )
    if len(letters) >= _LEAST_LETTERS and latin < len(letters) / 2:
        return _script(letters)
    words = [w.casefold() for w in _WORD.findall(sample)]
    if len(words) < _LEAST_WORDS:
        return None
    english = _share(words, _ENGLISH)
    best, share = max(
        ((name, _share(words, common)) for name, common in _OTHERS.items()), key=lambda p: p[1]
    )
    if share > 0.15 and share > 3 * english:
        return best
    return None


def _share(words: list[str], common: frozenset[str]) -> float:
    return sum(1 for word in words if word in common) / len(words)


def _script(letters: list[str]) -> str:
    counted = Counter(unicodedata.name(c, "").partition(" ")[0] for c in letters[:2000])
    counted.pop("LATIN", None)
    if counted["HIRAGANA"] + counted["KATAKANA"] > len(letters[:2000]) / 20:
        return "Japanese"
    script = counted.most_common(1)[0][0] if counted else ""
    return _SCRIPTS.get(script, "another script than Latin")
