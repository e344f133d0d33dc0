"""Which languages a reply can be in, so that no table hears words of another tongue. Pure.

"Ask me later" is no Spanish, and "no me llame" no English, though both tables know pieces of it.
"""

import re
from functools import lru_cache

# Small words that the other language does not have.
_WORDS = {
    "en": """the is are am was were be been you u your ur yours we our i im ive id ill my mine it its this
        that these those they and or but if of to for from with at on in by about not dont doesnt didnt
        cant wont isnt aint have has had will would could should can may what who whos where when why
        how which please pls thanks thank thx yes yeah yep nope sorry here there just any some more
        now yet ask later already still only also too very never ever again stop""",
    "es": """el la los las un una unos unas de del al que y o es son soy somos esta estan estoy estamos
        en por para con sin mi mis su sus se lo le les nos te tu yo usted ustedes pero ya si muy mas
        como cuando cuanto cuanta cuantos donde quien quienes cual aqui alli ahi ahora hoy manana gracias
        hola buenos buenas dias tardes favor porque tengo tiene tienen hay era fue este ese esa eso
        esto tambien nunca nada ni llame quiero puede gusta numero casa""",
}
_ENGLISH, _SPANISH = (frozenset(_WORDS[code].split()) for code in ("en", "es"))
_LATIN = re.compile(r"[a-z]{2,}")
_CYRILLIC = re.compile(r"[а-я]")


@lru_cache(maxsize=256)
def spoken(words: str) -> frozenset[str]:
    """The codes of the languages `words` (plain) may be in; all that are not ruled out."""
    found = set()
    if _CYRILLIC.search(words):
        found.add("ru")
    if not _LATIN.search(words):
        return frozenset(found or {"en", "es", "ru"})
    said = set(re.findall(r"[^\W\d_]+", words))
    english, spanish = bool(said & _ENGLISH), bool(said & _SPANISH)
    if english or not spanish:
        found.add("en")
    if spanish or not english:
        found.add("es")
    return frozenset(found)
