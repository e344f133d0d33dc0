"""The marks by which mail programs set off quoted history in text, in many languages. Pure."""

import re

Span = tuple[int, int]

# "On Tue, 26 May 2026 at 09:00, Colette <…> wrote:" and its kin, on one to three lines.
WROTE = (
    r"wrote|writes|schrieb|schreibt|escribió|escribio|a écrit|ha scritto|scrisse|escreveu|schreef|"
    r"napisał\(a\)|napisał|napisała|написал\(а\)|написал|написала|пишет|писал|писав\(ла\)|пише|"
    r"написав|написала|skrev|skrifaði|kirjoitti|napsal|írta|a scris|yazdı"
)
START = (
    r"On|Am|El|Le|Il|Em|Op|Dnia|W dniu|Den|På|Pe|Dne|Le|Il giorno|Em|"
    r"(?:mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|нд|понедельник|вторник|среда|четверг|"
    r"пятница|суббота|воскресенье|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|pon|wt|śr|czw|"
    r"pt|sob|ndz)\.?,?"
)
HEADER = re.compile(rf"^\s*(?:{START})\b.{{4,400}}?\b(?:{WROTE})\b\s*:?\s*$", re.IGNORECASE)
NAMED = re.compile(r"^.{0,120}<[^<>\s]+@[^<>\s]+>\s*(?:wrote|писал\w*|пишет)?\s*:\s*$")
DATED = re.compile(r"\b(?:\d{1,2}[:.]\d{2}|\d{4})\b")
DIVIDER = re.compile(
    r"^\s*[-_*]{2,}\s*(?:original message|original appointment|forwarded message|"
    r"ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|mensaje original|"
    r"mensaje reenviado|message d'origine|message original|message transféré|messaggio originale|"
    r"messaggio inoltrato|mensagem original|oorspronkelijk bericht|doorgestuurd bericht|"
    r"wiadomość oryginalna|исходное сообщение|пересылаемое сообщение|пересланное сообщение|"
    r"оригинальное сообщение|початкове повідомлення|оригінальне повідомлення|"
    r"originalmeddelande|oprindelig meddelelse)\b.*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^\s*_{10,}\s*$")
FIELD = re.compile(
    r"^[\s*>]*(?P<label>from|von|de|da|van|od|от|від|från|fra|sent|gesendet|enviado|envoyé|inviato|"
    r"verzonden|wysłano|отправлено|надіслано|дата|skickat|sendt|date|datum|fecha|data|to|an|para|à|"
    r"a|aan|do|кому|till|til|cc|kopie|копия|subject|betreff|asunto|objet|oggetto|onderwerp|temat|"
    r"тема|ämne|emne|assunto)\*?\s*:\*?\s*\S",
    re.IGNORECASE,
)
FIRST_FIELD = re.compile(
    r"^[\s*]*(?:from|von|de|da|van|od|от|від|från|fra)\*?\s*:\*?\s*\S", re.IGNORECASE
)


def find_quoted(body: str) -> list[Span]:
    """The spans of quoted history in plain text, in order; a linear pass over the lines."""
    lines = _lines(body)
    quoted: list[Span] = []
    index = 0
    while index < len(lines):
        start, end, line = lines[index]
        if line.lstrip().startswith((">", "|>")):
            quoted.append((start, end))
            index += 1
            continue
        height = _header_height(lines, index)
        if height:
            after = index + height
            if _prefixed_follows(lines, after):
                # Bottom and inline replies: only the marked lines are quoted.
                quoted.append((start, lines[after - 1][1]))
                index = after
                continue
            return [*quoted, (start, len(body))]
        if _starts_block(lines, index):
            return [*quoted, (start, len(body))]
        index += 1
    return quoted


def _lines(body: str) -> list[tuple[int, int, str]]:
    lines, at = [], 0
    for line in body.splitlines(keepends=True):
        lines.append((at, at + len(line), line.rstrip("\r\n")[:1000]))
        at += len(line)
    return lines


def _header_height(lines: list[tuple[int, int, str]], index: int) -> int:
    """How many lines an attribution takes here (1 to 3), else 0."""
    joined = ""
    for height in range(1, 4):
        if index + height > len(lines):
            return 0
        joined = f"{joined} {lines[index + height - 1][2]}".strip()
        if not lines[index][2].strip() or len(joined) > 500:
            return 0
        if HEADER.match(joined) and DATED.search(joined):
            return height
        if height < 3 and NAMED.match(joined) and DATED.search(joined):
            return height
    return 0


def _prefixed_follows(lines: list[tuple[int, int, str]], index: int) -> bool:
    for _start, _end, line in lines[index : index + 3]:
        if line.strip():
            return line.lstrip().startswith(">")
    return False


def _starts_block(lines: list[tuple[int, int, str]], index: int) -> bool:
    """An "Original Message" divider, or a block of From/Sent/To/Subject lines."""
    line = lines[index][2]
    if DIVIDER.match(line):
        return True
    if RULE.match(line):
        return _fields_at(lines, index + 1) >= 2
    return bool(FIRST_FIELD.match(line)) and _fields_at(lines, index) >= 3


def _fields_at(lines: list[tuple[int, int, str]], index: int) -> int:
    labels = set()
    for _start, _end, line in lines[index : index + 6]:
        match = FIELD.match(line)
        if match:
            labels.add(match.group("label").lower())
    return len(labels)
