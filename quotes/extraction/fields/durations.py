"""How long something takes, lasts or holds, told apart by the words around it. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crm.categories.schema import FieldSpec
from quotes.extraction import cues
from quotes.extraction.cue_patterns import cue
from quotes.extraction.fields.figures import COUNT, Found, number, plain
from quotes.extraction.reader import Clause, Reader

UNITS = {
    "minutes": r"minutes?|mins?|minuten|minutos?|минут\w*|minuti|min",
    "hours": r"hours?|hrs?|stunden?|std\.?|heures?|horas?|час(?:а|ов)?|ore|ora|uur|uren|h(?!\w)|ч(?!\w)",
    "days": r"(?P<b>(?:business|biz|working|werk|arbeits|weekdays?|рабочих|рабочих|calendar|kalender)\s?)?(?:days?|tag(?:e|en)?|jours?|d[ií]as?|дн(?:я|ей)|день|giorni|giorno|gg|dagen|dag|werkdagen)",
    "weeks": r"weeks?|wks?|wo\.?|wochen?|semaines?|semanas?|недел[яиью]|недель|settiman[ae]|weken|week",
    "months": r"months?|mos?(?=\W)|mon\.|monat(?:e|en)?|mois|mes(?:es)?|месяц(?:а|ев)?|mesi|mese|maanden|maand",
    "years": r"years?|yrs?|jahr(?:e|en)?|ans?|années?|años?|год(?:а)?|лет|anni|anno|anos?|jaar",
}
ONE = r"(?:a|an|one|één|einer?|une?|una|um|een|один|одну)"
SPAN = re.compile(
    rf"(?<![\w.,:/$€£])(?:(?P<n>{COUNT})(?:\s?(?:-|–|to|or|bis|à|a|до|oder|ou|o)\s?(?P<m>{COUNT}))?|(?P<one>{ONE}))[\s-]{{0,2}}"
    r"(?:full |halbe |volle )?(?:"
    + "|".join(rf"(?P<{name}>{words})" for name, words in UNITS.items())
    + r")(?!\w)",
    re.IGNORECASE,
)
# "1 ч 20 мин", "2h15", "1 hr 40 min"
CLOCKED = re.compile(
    r"(?<![\w.,:])(?P<h>\d{1,2})\s?(?:h|hrs?|hours?|ч|час\w*|std\.?|stunden?|heures?|horas?|ore)\s?(?:and |und |et |y )?(?P<m>[0-5]\d)(?:\s?(?:min\w*|m\b|мин\w*))?(?![\w:])"
)
# "Flight time: 2:10"
FLOWN = re.compile(
    r"\b(?:flight|flying|block|enroute|en route|flug|vol|vuelo|volo)(?:[ -]?(?:time|zeit|duration))?[^\d\n]{0,14}(?P<h>\d{1,2}):(?P<m>[0-5]\d)(?![\d:])"
)
BARE_FLIGHT = re.compile(
    r"(?<![\w.,:$])(?P<h>\d{1,2}\.\d{1,2})(?= (?:flight|block|flying|enroute|en route)\b)"
)
RATED = re.compile(r"[\d$€£₽]\s?$")  # "$1,200 a month"
TWO_ENDS = re.compile(r"(?<![\w/])(?:24|48|72)\s?/\s?(?P<h>48|72|96)\s?h(?:rs?|ours?)?\b")
NEXT_DAY = re.compile(
    r"\b(?:next[- ]day|overnight|am nächsten tag|lendemain|día siguiente|на следующий день)\b"
)
# To days, the others from there; months only where months or years are asked.
IN_DAYS = {"days": Decimal(1), "weeks": Decimal(7)}

CONCEPTS: dict[str, re.Pattern[str]] = {
    "lead_time_weeks": cue(
        r"\b(?:lead ?times?|allow|furniture|deliver\w*|ready|ships?|shipping|production|made|make|making|aro|after (?:order|approval|deposit)|from (?:order|approval|deposit)|turnaround|arrives?|in stock)\b",
        r"\b(?:liefer\w*|lieferzeit|anfertigung|fertigung\w*|fertig|produktion\w*|ab auftrag\w*|dauer\w*)\b",
        r"\b(?:délais?|livr\w+|fabrication|réalisation|prêt\w*|plazo|entrega\w*|fabricación|list[oa])\b",
        r"\b(?:срок\w*|постав\w*|изготов\w*|готов\w*|достав\w*|levertijd|leverbaar|levering|consegn\w*|tempi|prazo|pront[oa])\b",
    ),
    "turnaround_days": cue(
        r"\b(?:turnaround|turn|proof|approv\w+|ready|deliver\w*|back (?:to|with|in)|production|lead ?time|done|within|ship\w*|return\w*|takes?)\b",
        r"\b(?:liefer\w*|frist|fertig\w*|druckfreigabe|innerhalb|délais?|livr\w+|sous|plazo|entreg\w*|срок\w*|готов\w*|в течение|levertijd|consegn\w*|prazo|entro)\b",
    ),
    "delivery_days": cue(
        r"\b(?:turnaround|deliver\w*|back (?:to|with|in)|ready|gallery|edited|images|photos|within|after (?:the )?(?:event|shoot))\b",
        r"\b(?:liefer\w*|fertig\w*|bilder|fotos?|innerhalb|livr\w+|délais?|sous|entreg\w*|plazo|galería|готов\w*|сро\w+|фото\w*|в течение|consegn\w*|prazo|lever\w*)\b",
    ),
    "transit_days": cue(
        r"\b(?:transit|t/t|door to door|takes?|journey|on the road|deliver\w*|run|arriv\w*|eta)\b",
        r"\b(?:laufzeit|fahrzeit|transport\w*|zustell\w*|délais?|acheminement|trajet|tránsito|trayecto|entrega|срок\w*|в пути|достав\w*|resa|looptijd|trânsito)\b",
    ),
    "duration_weeks": cue(
        r"\b(?:takes?|duration|of work|on site|to (?:complete|finish|install|build)|work|about|start to finish|install\w*)\b",
        r"\b(?:dauer\w*|bauzeit|arbeiten|durée|travaux|chantier|duración|obra\w*|срок\w*|работ\w*|durata|lavori|duur|duurt|nodig|benötigen|brauchen|nécessaires?|necesit\w+|precis\w+|duração)\b",
    ),
    "warranty_years": cue(
        r"\b(?:warr\b|warrant\w*|guarant\w*|\w*garantie\w*|gewährleistung\w*|on (?:plants|parts|labou?r|workmanship|the frame)|garant[ií]a\w*|гарант\w*|garanzia)\b"
    ),
    "contract_term_months": cue(
        r"\b(?:terms?|contract\w*|sign\w*|commit\w*|agreement|initial|minimum|laufzeit|mindestlaufzeit|vertrag\w*|bindung|engag\w+|"
        r"contrat\w*|durée|permanencia|договор\w*|контракт\w*|сро\w+|durata|vincolo|looptijd|contratto)\b"
    ),
    "term_months": cue(
        r"\b(?:terms?|members\w*|contract\w*|annual\w*|agreement|for|covers?|plan|program\w*|laufzeit|mitgliedschaft|für|durée|"
        r"adhésion|pendant|abono|durante|сро\w+|членств\w*|durata|looptijd)\b"
    ),
    "flight_time_hours": cue(
        r"\b(?:flight|block|flying|en ?route|air ?time|each way|total time|flug\w*|blockzeit|temps de vol|vol\b|vuelo|пол[её]т\w*|в пути|volo|vlieg\w*)"
    ),
    "minimum_hours": cue(
        r"\b(?:min\.?|minimum\w*|mindest\w*|mínimo|миним\w*|minimale?|minimo|at least|no less)\b|\bmin\b"
    ),
    "hours_per_day": cue(
        r"# days?\b|/ ?day\b|\b(?:a|per|each|every) (?:day|night|shift)\b|\b(?:par|pro|al|por|am|per) (?:jour|nuit|tag|nacht|schicht|d[ií]a|noche|turno|dag)\b|\bв (?:день|сутки|смену)\b|"
        r"\b(?:daily|shifts?|täglich|schicht\w*|vacation|turno\w*|смен\w*|coverage|cover|\d ?[ap]m?\s?-|dienst\w*)\b"
    ),
    "hours": cue(
        r"\b(?:for|coverage|includes?|service|day|package|at disposal|as directed|total|für|für die|pour|por|para|на|per|durante|reportage|"
        r"servicio|servizio|begleitung|einsatz|disposition|disposición)\b"
    ),
}
SURE_WITHOUT = frozenset({"hours", "duration_weeks", "hours_per_day", "flight_time_hours"})
# "Rendu sous 48 h" is when it comes, not how long it takes.
DUE_WITHIN = re.compile(r"\b(?:sous|within|under|innerhalb|innert|binnen|entro|через|в течение)\s$")
MINIMUM, WARRANTY, RESPONSE = (
    CONCEPTS["minimum_hours"],
    CONCEPTS["warranty_years"],
    cue(
        r"\b(?:respon\w+|reaktion\w*|reagi\w*|intervention|respuesta|реакци\w*|sla|reactietijd|risposta|callback)\b"
    ),
)
OTHERS = cue(
    r"\b(?:overtime|extra|additional|start in|begin in|starten|first|open bar|every|notice|before|prior|(?<!go-)(?<!go )ahead|old|experience|since|last|waiting|free of charge for|"
    r"net|payment|invoice|rechnung|cancel\w*|storn\w*|annul\w*|старше|опыт\w*|назад|über)\b"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A duration as written; `high` is the longer end of a range."""

    high: Decimal
    unit: str
    start: int
    end: int


def find_spans(reader: Reader) -> list[Span]:
    """Every duration in the reply's own body, and "next day"."""
    spans = []
    for match in SPAN.finditer(reader.text, reader.offset):
        unit = next(name for name in UNITS if match[name])
        if match["one"] and RATED.search(reader.text[: match.start()][-4:]):
            continue
        high = Decimal(1) if match["one"] else number(match["m"] or match["n"])
        if high is not None and 0 < high < 1000:
            spans.append(Span(high, unit, match.start(), match.end()))
    for match in (
        *CLOCKED.finditer(reader.lower, reader.offset),
        *FLOWN.finditer(reader.lower, reader.offset),
    ):
        hours = Decimal(match["h"]) + round(Decimal(match["m"]) / 60, 2)
        spans = [s for s in spans if not match.start() <= s.start < match.end()]
        spans.append(Span(hours, "hours", match.start(), match.end()))
    for match in TWO_ENDS.finditer(reader.lower, reader.offset):
        spans = [s for s in spans if not match.start() <= s.start < match.end()]
        spans.append(Span(Decimal(match["h"]), "hours", match.start(), match.end()))
    for match in BARE_FLIGHT.finditer(reader.lower, reader.offset):
        spans.append(Span(Decimal(match["h"]), "hours", match.start(), match.end()))
    for match in NEXT_DAY.finditer(reader.lower, reader.offset):
        spans.append(Span(Decimal(1), "days", match.start(), match.end()))
    return spans


def read_duration(reader: Reader, spec: FieldSpec, wanted: Any = None) -> Found | None:
    """The duration that is most likely this field's; None where nothing says so."""
    concept = _concept(spec)
    ranked = []
    for span in find_spans(reader):
        value = _in_unit(span, _unit(spec), flown=spec.name.startswith("flight"))
        if value is None or (spec.name == "hours_per_day" and value > 24):
            continue
        score = _score(reader, span, spec.name, concept, value)
        if wanted not in (None, "") and str(plain(value)) == str(wanted):
            score += 1.5
        ranked.append((score, -span.start, value, span))
    if not ranked:
        return None
    score, _at, value, span = max(ranked)
    # The only duration that nothing else explains is the one that was asked for.
    alone = spec.name != "minimum_hours" and sum(other >= 1.0 for other, *_rest in ranked) == 1
    if score < (1.0 if alone or spec.name in SURE_WITHOUT else 2.0):
        return None
    return plain(value), reader.evidence(span.start, span.end)


def _concept(spec: FieldSpec) -> re.Pattern[str]:
    own = CONCEPTS.get(spec.name)
    if own is not None:
        return own
    return cue(
        *(rf"(?<!\w){re.escape(word.lower())}(?!\w)" for word in [*spec.reply_words, spec.label])
    )


def _unit(spec: FieldSpec) -> str:
    return spec.unit.split()[0] if spec.unit else spec.name.rsplit("_", 1)[-1]


def _in_unit(span: Span, unit: str, *, flown: bool = False) -> Decimal | None:
    """The span in the field's unit; None where that would be a guess. Only flights take minutes."""
    if span.unit == unit:
        return span.high
    if unit == "months":
        return span.high * 12 if span.unit == "years" else None
    if unit == "years":
        years = span.high / 12
        return years if span.unit == "months" and years == years.to_integral_value() else None
    if unit == "hours":
        hours = round(span.high / 60, 2)
        return hours if flown and span.unit == "minutes" and span.high >= 15 else None
    if unit in IN_DAYS and span.unit == "hours":
        days = span.high / 24
        return days if unit == "days" and days == days.to_integral_value() else None
    if unit in IN_DAYS and span.unit in IN_DAYS:
        value = span.high * IN_DAYS[span.unit] / IN_DAYS[unit]
        return value if value == value.to_integral_value() else None
    return None


def _score(
    reader: Reader, span: Span, name: str, concept: re.Pattern[str], value: Decimal
) -> float:
    clause = reader.clause_at(span.start)
    near = _near(reader, clause, span)
    score = 1.0
    if concept.search(near):
        score += 2.0
    elif concept.search(reader.words(clause)):
        score += 1.0
    if name != "warranty_years" and WARRANTY.search(near):
        score -= 4.0
    if name not in {"minimum_hours", "contract_term_months"} and MINIMUM.search(near):
        score -= 3.0
    if RESPONSE.search(near):
        score -= 3.0
    if name == "hours" and DUE_WITHIN.search(
        reader.lower[max(clause.start, span.start - 12) : span.start]
    ):
        score -= 3.0
    if OTHERS.search(near):
        score -= 2.0
    if name not in {"warranty_years"} and (
        cues.EXPIRY.search(near) or cues.VALID.search(near) or cues.ANSWER_BY.search(near)
    ):
        score -= 3.0
    return score


def _near(reader: Reader, clause: Clause, span: Span) -> str:
    """The words on both sides up to the next comma, never into another sentence."""
    left = reader.lower[max(clause.start, span.start - 45) : span.start]
    right = reader.lower[span.end : min(clause.end, span.end + 35)]
    right = re.split(r",\s|[)(]|\s(?:and|und|et|y|и)\s", right)[0]
    left = re.split(r",\s|[)]", left)[-1]
    return f"{left} # {right}"
