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
_BENT = 3
_BEFORE = re.compile(
    r"\b(?:no|not|different|another|other|otr[oa]|друг\w+|isnt|aint|wrong|whos|whois|who is|who the \w+ is|who dis|any|never heard of|know an?|know any|"
    r"know|looking for|you want|nobody named|no one named|ningun|ninguna|ninguno|quien es|busca a|buscan a|"
    r"conozco a|conozco|no soy|no es|esta|никакой|никакого|никакая|никаких|нет|не|кто так(?:ой|ая)|"
    r"знаю|зовут|какой|какая|какого) (?:\w+ )?$"
)
_AFTER = re.compile(
    r" (?:doesnt|does not|no longer|moved|died|passed|left|is dead|isnt here|is not here|never lived|"
    r"hasnt lived|(?:is|was) (?:my|our|the|his|her)|era mi|es mi|fue mi|(?:это )?мо[йяе]|sold (?:it|this|that)|ya no|no vive|se mudo|murio|fallecio|здесь|тут|больше|умер\w*|"
    r"не живет|переехал\w*|уволил\w*)\b"
)


def addressee(context: str) -> str:
    """The name of whom we wrote to, where the context tells; it stands under their answer too."""
    match = _ADDRESSEE.search(context)
    return match["name"].strip() if match else ""


def denies_being(words: str, context: str) -> bool:
    """Whether our addressee is spoken of as somebody else ("no Marta here"); words are plain."""
    names = [
        # Russian bends names by their last letters.
        name[:-1] if name[-1] in "аяйь" else name
        for name in re.findall(r"\w{3,}", plain(addressee(context)).text)
        if name not in _TITLES
    ]
    if not names:
        return False
    for word in re.finditer(r"\w{2,}", words):
        said = word.group()
        if any(said.startswith(name) and len(said) - len(name) <= _BENT for name in names) and (
            _BEFORE.search(words[max(0, word.start() - 40) : word.start()])
            or _AFTER.match(words, word.end())
        ):
            return True
    return False
