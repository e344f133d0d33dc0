"""Hears that the one who answers is not the one we wrote to, by the name we used. Pure."""

import re

from outreach.conversations.plain import plain

_ADDRESSEE = re.compile(
    r"\b(?:to|asked|invited|e-mailed|emailed|texted|pitched)\s(?P<name>[^\W\d_][^,(]{1,60}?)"
    r"(?=\s?[,(]|\s(?:at|by|about|offering|asking|for|whether|proposing|over|through|becoming)\b)",
    re.IGNORECASE,
)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "fr",
        "rev",
        "sr",
        "sra",
        "prof",
        "lic",
        "ing",
        "sister",
        "coach",
        "the",
        "our",
        "school",
    ]
)
_BEFORE = (
    r"(?:no|not|isnt|aint|wrong|whos|whois|who is|who the \w+ is|who dis|any|never heard of|know an?|know any|"
    r"know|looking for|you want|nobody named|no one named|ningun|ninguna|ninguno|quien es|busca a|buscan a|"
    r"conozco a|conozco|no soy|no es|esta|никакой|никакого|никакая|никаких|нет|не|кто так(?:ой|ая)|"
    r"знаю|зовут|какой|какая|какого)"
)
_AFTER = (
    r"(?:doesnt|does not|no longer|moved|died|passed|left|is dead|isnt here|is not here|never lived|"
    r"hasnt lived|sold (?:it|this|that)|ya no|no vive|se mudo|murio|fallecio|здесь|тут|больше|умер\w*|"
    r"не живет|переехал\w*|уволил\w*)"
)


def addressee(context: str) -> str:
    """The name of whom we wrote to, where the context tells; it stands under their answer too."""
    match = _ADDRESSEE.search(context)
    return match["name"].strip() if match else ""


def denies_being(words: str, context: str) -> bool:
    """Whether our addressee is spoken of as somebody else ("no Marta here"); words are plain."""
    for name in re.findall(r"\w{3,}", plain(addressee(context)).text):
        if name in _TITLES:
            continue
        # Russian bends names by their last letters.
        bent = re.escape(name[:-1] if name[-1] in "аяйь" else name) + r"\w{0,3}"
        if re.search(rf"\b{_BEFORE} (?:\w+ )?{bent}\b|\b{bent} {_AFTER}\b", words):
            return True
    return False
