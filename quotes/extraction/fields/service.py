"""Fields about how a service is done: hours, response, rights, languages, catering, formats. Pure."""

import re

from quotes.extraction.fields.matching import FieldReader, Found, first_of, taken
from quotes.extraction.reader import Clause, Reader

HOUR = r"\d{1,2}(?:[:.h]\d{2})?\s?(?:[ap]\.?m\b\.?|uhr|h\b|heures|hs\b|noon|uur|ч\b)?"
TO = r"\s?(?:-|–|—|to|till|until|bis|à|a|au|al|às|tot|до|alle)\s?"
DAY = (
    r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|пн|вт|ср|чт|пт|сб|вс|"
    r"maandag|vrijdag|seg|sex|понедельник|пятниц)\w*\.?"
)
SUPPORT = re.compile(
    r"\b24\s?[/x×-]\s?7(?:\s?[/x×-]\s?365)?\b|\bround[- ]the[- ]clock\b|\brund um die uhr\b|\bкруглосуточно\b|\b8\s?[x×]\s?5\b"
    r"|\b(?:weekdays|business days|working days|werktags|an werktagen|werktage|werkdagen|jours ouvr\w+|días (?:laborables|hábiles)|giorni (?:lavorativi|feriali)|dias úteis|рабочи\w+ дн\w+|будн\w+),?\s"
    rf"(?:from |von |de |van |dalle |das |с |entre )?(?:las )?{HOUR}{TO}(?:las )?{HOUR}"
    rf"|\b(?:du |von |de |с |da |от )?{DAY}{TO}{DAY},?\s?(?:from |von |de |с |dalle |das )?{HOUR}{TO}{HOUR}"
    rf"|\b{HOUR}{TO}{HOUR},?\s(?:du |von |de |с )?{DAY}{TO}{DAY}"
    r"|\b(?:business|office|working) hours\b|\bgeschäftszeiten\b|\bheures (?:de bureau|ouvrées)\b|\bhorario (?:de oficina|laboral)\b|\bрабочее время\b",
    re.I,
)
VENUE_CLOCK = re.compile(
    rf"(?<![\d.,$€£])\d{{1,2}}(?:[:.h]\d{{2}})?\s?(?:[ap]\.?m\b\.?|uhr|h\b|heures|noon)?{TO}(?:\d{{1,2}}(?:[:.h]\d{{2}})?\s?(?:[ap]\.?m\b\.?|uhr|uur|h\b|heures|hs\b|ч\b)|midnight|mitternacht|minuit|medianoche|mezzanotte|close|\d{{1,2}}[:.h]\d{{2}}(?:\s?(?:h|uur|uhr)\b)?)",
    re.I,
)
VENUE_HOURS = re.compile(
    r"\b(?:until|till) (?:midnight|\d{1,2}\s?[ap]m)\b|\b(?:all day|full day|ganztägig|toute la journée|todo el día)\b"
    r"|\b(?:\d{1,2}|four|five|six|eight|ten|twelve)[- ]hours?\b(?! (?:notice|before|prior|of overtime))|\b\d{1,2} (?:stunden|heures|horas|часов|ore)\b",
    re.I,
)
RESPONSE_WORD = r"(?:réponses?|gets? (?:on it|back to you)|meldet sich|melden uns|texts? back|returns? (?:calls|texts|messages)|rings? back|replies|отвеч\w+|rappel\w+|calls? (?:you )?back|answers?|respon[ds]\w*|reaktion\w*|reagieren|intervention|respuesta|respondemos|реаги\w+|реакци\w+|ответ\w*|sla|reactietijd|risposta|intervento|callback|call back|resposta|on[- ]site|vor ort|rispondiamo|reply)"
LASTING = (
    r"(?:\d{1,3}|the (?=hour)|an|one|two|three|four|six|eight|fifteen|thirty|ein\w*|zwei|vier|une?|deux|quatre|dos|cuatro|due|quattro)[\s-]?"
    r"(?:business |working |рабочих |рабочий )?(?:minutes?|mins?|hours?|hrs?|std\.?|days?|stunden?|minuten|tage?n?|heures?|horas?|minutos?|час\w*|минут\w*|ore|ora|minuti|uur)"
)
RESPONSE = (
    re.compile(rf"\b(?P<v>{LASTING})\b[^.\n;,]{{0,25}}?\b{RESPONSE_WORD}", re.I),
    re.compile(
        rf"\b{RESPONSE_WORD}\b[^.\n;]{{0,35}}?\b(?P<v>{LASTING}|same[- ]day|next business day)\b",
        re.I,
    ),
    re.compile(
        r"\b(?P<v>same[- ]day|next[- ]business[- ]day|am selben tag|le jour même|el mismo día|в тот же день)\b",
        re.I,
    ),
)
SINGULAR = re.compile(r"^(?P<n>\d+|two|four|thirty|fifteen)[\s-](?P<u>minute|hour|day)$", re.I)


def read_response(reader: Reader) -> Found | None:
    """ "30 minute response" is "30 minutes"; other words stay as written."""
    for pattern in RESPONSE:
        match = pattern.search(reader.text, reader.offset)
        if match:
            value, evidence = taken(match, reader)
            short = SINGULAR.match(value)
            if short and short["n"] != "1":
                value = f"{short['n']} {short['u']}s"
            return value.replace("-", " ") if "day" in value.lower() else value, evidence
    return None


def phrase_with(pattern: re.Pattern[str], drop: re.Pattern[str]) -> FieldReader:
    """A reader of the stretch between commas that a word stands in, without its filler."""

    def read(reader: Reader) -> Found | None:
        for clause in reader.clauses:
            match = pattern.search(reader.words(clause))
            if match and clause.start >= reader.offset:
                return _stretch(reader, clause, match, drop)
        return None

    return read


def _stretch(
    reader: Reader, clause: Clause, match: "re.Match[str]", drop: re.Pattern[str]
) -> Found | None:
    text = reader.text[clause.start : clause.end]
    marks = [0, *(m.end() for m in re.finditer(r"[,:(]\s|\s(?:and|und|et|y|и|e)\s", text))]
    start = max(mark for mark in marks if mark <= match.start())
    end = next(
        (m.start() for m in re.finditer(r"[,;)(]|\s[–-]\s", text) if m.start() >= match.end()),
        len(text),
    )
    start, end = _shrunk(text, start, end, drop)
    if end - start < 3:
        return None
    value = " ".join(text[start:end].split())[:120]
    return value, reader.evidence(clause.start + start, clause.start + end)


def _shrunk(text: str, start: int, end: int, drop: re.Pattern[str]) -> tuple[int, int]:
    previous = None
    while previous != (start, end):
        previous = start, end
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip(" \t\n-•*–:"))
        end = start + len(text[start:end].rstrip(" .!\n\t,;:"))
        filler = drop.match(text, start, end)
        start = filler.end() if filler else start
        tail = TRAILING.search(text, start, end)
        end = tail.start() if tail else end
    return start, end


TRAILING = re.compile(
    r"\s+(?:(?:is|are|ist|sind|est|sont|está|son) )?(?:included|inclus\w*|inklusive|inbegriffen|enthalten|incluid\w*|compris\w*|incluso|sorry|please|only on \w+|included in the price|включен\w*)$",
    re.I,
)
OPENING = re.compile(
    r"(?:we(?:['’]re| are| have| do| work with| only do)?|you(?:['’]re| are) welcome to(?: bring| use)?|you(?:['’]d| would| will|['’]ll)? (?:get|have|receive|can (?:use|bring))|it(?:['’]s| is)|with|plus|and|there(?:['’]s| is)|the|our|your|"
    r"wir (?:haben|arbeiten mit)|das|die|der|unser\w*|läuft|erfolgt|catering (?:läuft|erfolgt|ist|is|est|es|è)|nous (?:avons|travaillons avec)|le|la|les|notre|nos|trabajamos con|nuestr\w+|el|los|"
    r"мы|у нас|lavoriamo con|trabalhamos com|wij werken met|includes?|including|inkl\.?|inklusive|inclui|incluye|avec|mit|con|с|для)\s+",
    re.I,
)
CATERING = re.compile(
    r"\b(?:caterings?|\w*caterer[ns]?|in-house (?:kitchen|chef|menu|team)|outside (?:food|caterers?)|own kitchen|hausküche|eigene küche|küche|hauscaterer|traiteurs?|"
    r"кейтеринг\w*|кухня|byo|bring your own|preferred list)\b"
)
RIGHTS = re.compile(
    r"\b(?:usage|rights|right to|licen[cs]e[sd]?|commercial use|personal use|web use|editorial use|private use|nutzungsrechte?|nutzung|droits?|usage|derechos?|"
    r"uso|права?|использовани\w+|diritti|uso privato|utilizzo|gebruiksrecht\w*|direitos)\b"
)
LANGUAGE = (
    r"(?:english|german|french|spanish|italian|russian|portuguese|dutch|mandarin|arabic|japanese|polish|czech|turkish|greek|hebrew|korean|cantonese|chinese|hindi|"
    r"ukrainian|romanian|hungarian|swedish|norwegian|danish|finnish|catalan|polnisch|türkisch|portugiesisch|niederländisch|arabisch|chinesisch|polonais|portugais|"
    r"néerlandais|arabe|chinois|japonais|portugués|árabe|chino|japonés|catalán|russo|arabo|cinese|portoghese|alemão|francês|espanhol|nederlands|italiaans|russisch|deutsch|englisch|französisch|spanisch|italienisch|"
    r"russisch|anglais|allemand|français|espagnol|italien|russe|inglés|alemán|francés|español|italiano|ruso|inglese|tedesco|francese|spagnolo|inglês|alemão|"
    r"английск\w+|немецк\w+|французск\w+|русск\w+|engels|duits|frans)"
)
DRIVER_LANGUAGE = (
    re.compile(
        rf"\b(?:drivers?|chauffeurs?|fahrer|chófer|chofer|conductor|autista|motorista|водител\w+)\b[^.\n(:]{{0,20}}[(:]\s?(?P<v>{LANGUAGE}(?:(?:,? ?[/&]?\s?|\s(?:and|und|et|y|и|e|en)\s){LANGUAGE})*)",
        re.I,
    ),
    re.compile(
        rf"\b(?P<v>{LANGUAGE}(?:(?:\s?[/&,]\s?|\s(?:and|und|et|y|и|e|en)\s){LANGUAGE})*)[\s-](?:speaking|sprechend\w*|sprekende?|driver|chauffeur)",
        re.I,
    ),
    re.compile(
        rf"\b(?:speaks?|spricht|sprechen|parle\w*|habla\w*|говорит\w*|parla\w*|fala\w*|spreekt)\b(?: (?:fluent|good|fließend|gut|couramment|l['’]|bien|на))?\s?(?P<v>{LANGUAGE}(?:(?:\s?[/&,]\s?|\s(?:and|und|et|y|и|e|en)\s){LANGUAGE})*)",
        re.I,
    ),
)
SPEAKING = {
    r"englischsprachig\w*|anglophone|de habla inglesa|англоговорящ\w+|anglófono|engelstalig\w*|(?:che )?parla(?:nte)? inglese|parle anglais|habla inglés|fala inglês|spricht englisch|говорит по-английски|en anglais": "English",
    r"deutschsprachig\w*|germanophone|немецкоговорящ\w+|duitstalig\w*": "German",
    r"französischsprachig\w*|francophone|франкоговорящ\w+": "French",
    r"spanischsprachig\w*|hispanophone|hispanohablante|испаноговорящ\w+": "Spanish",
    r"russischsprachig\w*|russophone|русскоговорящ\w+": "Russian",
}


def read_driver_language(reader: Reader) -> Found | None:
    """ "English", or "English and Spanish" as written; adjectives are named as the language."""
    for words, name in SPEAKING.items():
        match = re.search(rf"\b(?:{words})", reader.text, re.I)
        if match:
            return name, reader.evidence(*match.span())
    for pattern in DRIVER_LANGUAGE:
        match = pattern.search(reader.text, reader.offset)
        if match:
            return taken(match, reader)
    return None


FORMAT = re.compile(
    r"\b(?:PDF|DOCX?|Word|Excel|XLSX|InDesign|IDML|TXT|hard ?cop(?:y|ies)|Papierform|version papier|copia en papel|бумажн\w+ вид\w*|TMX|SRT|HTML)\b"
)
VISITS = re.compile(
    r"\b(?:(?:up to|bis zu|jusqu['’]à|hasta|до|unlimited|unbegrenzt\w*|same-day|next-day|monthly|quarterly)\s)?(?:(?:\d{1,3}|one|two|three|four|six|daily|weekly|unlimited|zwei|deux|dos|zwei|täglich\w*)\s)?"
    r"(?:home visits?|house calls?|hausbesuche?|visites? à domicile|visitas? a domicilio|выезд\w* на дом)"
    r"(?:\s(?:a|per|each|pro|im|par|al|por|в)\s(?:year|month|week|day|jahr|monat|woche|an|mois|semaine|año|mes|semana|год|месяц)| included| available)?",
    re.I,
)
read_venue_hours = first_of(VENUE_CLOCK, VENUE_HOURS)
READERS: dict[str, FieldReader] = {
    "support_hours": first_of(SUPPORT), "response_time": read_response,
    "catering_policy": phrase_with(CATERING, OPENING), "usage_rights": phrase_with(RIGHTS, OPENING),
    "driver_language": read_driver_language, "format": first_of(FORMAT), "home_visits": first_of(VISITS),
}  # fmt: skip
