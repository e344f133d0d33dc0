"""Month and weekday names, and the words for relative days, in the languages we read."""

import re

MONTHS: dict[str, int] = {}
WEEKDAYS: dict[str, int] = {}


def _fill(table: dict[str, int], first: int, *rows: str) -> None:
    for row in rows:
        for offset, forms in enumerate(row.split()):
            for form in forms.split("/"):
                table.setdefault(form, first + offset)


_fill(
    MONTHS,
    1,
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug"
    " september/sept/sep october/oct november/nov december/dec",
    "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre octubre noviembre"
    " diciembre/dic",
    "janvier/janv février/fevrier/févr mars avril/avr mai juin juillet/juil août/aout septembre"
    " octobre novembre décembre/decembre/déc",
    "januar/jänner februar märz/maerz/mär april mai juni juli august september oktober/okt november"
    " dezember/dez",
    "gennaio/gen febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "января/январе/январь февраля/феврале/февраль марта/марте/март апреля/апреле/апрель мая/мае/май"
    " июня/июне/июнь июля/июле/июль августа/августе/август сентября/сентябре/сентябрь"
    " октября/октябре/октябрь ноября/ноябре/ноябрь декабря/декабре/декабрь",
)
_fill(
    WEEKDAYS,
    0,
    "monday/mon tuesday/tues/tue wednesday/wed thursday/thurs/thur/thu friday/fri saturday/sat"
    " sunday",
    "lunes martes miércoles/miercoles jueves viernes sábado/sabado domingo",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "lunedì/lunedi martedì/martedi mercoledì/mercoledi giovedì/giovedi venerdì/venerdi sabato"
    " domenica",
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "понедельник вторник среду/среда четверг пятницу/пятница субботу/суббота воскресенье",
)
TODAY = {
    "today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2, "hoy": 0, "mañana": 1,
    "pasado mañana": 2, "aujourd'hui": 0, "aujourd’hui": 0, "demain": 1, "après-demain": 2,
    "heute": 0, "morgen": 1, "übermorgen": 2, "oggi": 0, "domani": 1, "dopodomani": 2,
    "hoje": 0, "amanhã": 1, "сегодня": 0, "завтра": 1, "послезавтра": 2,
}  # fmt: skip
UNIT_DAYS = {
    "day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14, "días": 1, "dias": 1, "día": 1,
    "semana": 7, "semanas": 7, "jour": 1, "jours": 1, "semaine": 7, "semaines": 7, "tag": 1,
    "tage": 1, "tagen": 1, "woche": 7, "wochen": 7, "giorno": 1, "giorni": 1, "settimana": 7,
    "settimane": 7, "день": 1, "дня": 1, "дней": 1, "неделю": 7, "недели": 7, "недель": 7,
    "dag": 1, "dagen": 1, "weken": 7, "nights": 1, "night": 1, "noches": 1, "nuits": 1,
    "nächte": 1, "ночей": 1, "ночи": 1,
}  # fmt: skip
# Months that are also everyday words: alone they need a preposition before them.
MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
WEEKDAY = "|".join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|ª|-?го|-?е)?\.?"
TO = (
    r"(?:to|until|till|through|thru|and|bis|und|au|al|a|à|et|y|e|по|до|и|tot|t/m|até|hasta|"
    r"jusqu'au|[-–—&])"
)
OF = r"(?:of|de|del|di|do)"
