"""Brings a Russian name back to the form it is called by: "Денису Фролову" is Денис Фролов. Pure.

Who points us to somebody bends their name ("напишите Ольге Ким", "у Дениса"). The first name is
known from a list, and tells sex and case of what stands beside it; what is not known for sure
stays as it was written.
"""

import re
from functools import cache

_MEN = """Александр Алексей Альберт Анатолий Андрей Антон Аркадий Арсений Артём Артем Артур Богдан
    Борис Вадим Валентин Валерий Василий Виктор Виталий Владимир Владислав Всеволод Вячеслав Геннадий
    Георгий Герман Глеб Григорий Давид Даниил Данила Денис Дмитрий Евгений Егор Захар Иван Игорь
    Ильдар Илья Камиль Кирилл Константин Лев Леонид Максим Марат Марк Матвей Михаил Никита Николай
    Олег Павел Пётр Петр Ринат Роман Руслан Рустам Святослав Семён Семен Сергей Станислав Степан
    Тарас Тимофей Тимур Фёдор Федор Филипп Эдуард Юрий Яков Ян Ярослав"""
_WOMEN = """Александра Алина Алиса Алла Анастасия Ангелина Анна Антонина Валентина Валерия Варвара
    Вера Вероника Виктория Галина Дарья Диана Дина Ева Евгения Екатерина Елена Елизавета Жанна
    Зинаида Зоя Инна Ирина Карина Кира Кристина Ксения Лариса Лидия Лилия Людмила Майя Маргарита
    Марина Мария Надежда Наталия Наталья Нина Оксана Олеся Ольга Полина Раиса Регина Римма Светлана
    София Софья Тамара Татьяна Ульяна Эльвира Эмма Юлия Яна"""
_DATIVE, _GENITIVE, _INSTRUMENTAL, _ACCUSATIVE = "dative", "genitive", "instrumental", "accusative"
_IRREGULAR = {"Лев": "Льв", "Павел": "Павл", "Пётр": "Петр"}
_HUSHED = "гкхжшчщ"

# Endings of surnames and of names after the father, by sex; the first that fits counts.
_ENDINGS = {
    ("man", _DATIVE): (("скому", "ский"), ("цкому", "цкий"), ("ичу", "ич"), ("ею", "ей"), ("у", "")),
    ("man", _GENITIVE): (("ского", "ский"), ("цкого", "цкий"), ("ича", "ич"), ("ея", "ей"), ("а", "")),
    ("man", _INSTRUMENTAL): (
        ("ским", "ский"), ("цким", "цкий"), ("ичем", "ич"), ("овым", "ов"), ("евым", "ев"),
        ("иным", "ин"), ("ом", ""),
    ),
    ("woman", "oblique"): (
        ("ской", "ская"), ("цкой", "цкая"), ("овой", "ова"), ("евой", "ева"), ("ёвой", "ёва"),
        ("иной", "ина"), ("овне", "овна"), ("евне", "евна"), ("ичне", "ична"), ("овны", "овна"),
        ("евны", "евна"), ("ичны", "ична"), ("овной", "овна"), ("евной", "евна"), ("ичной", "ична"),
    ),
    ("woman", _ACCUSATIVE): (
        ("скую", "ская"), ("цкую", "цкая"), ("ову", "ова"), ("еву", "ева"), ("ёву", "ёва"),
        ("ину", "ина"), ("овну", "овна"), ("евну", "евна"), ("ичну", "ична"),
    ),
}  # fmt: skip


def nominative(name: str) -> str:
    """A name as its bearer says it; as it stands where that is not certain."""
    words = name.split()
    bent = [_forms().get(word, frozenset()) for word in words]
    at = next((index for index, forms in enumerate(bent) if forms), None)
    if at is None or len(bent[at]) != 1 or any(word in _called() for word in words):
        return name
    ((plain, sex, case),) = bent[at]
    rest = [_unbent(word, sex, case) for index, word in enumerate(words) if index != at]
    return " ".join([*rest[:at], plain, *rest[at:]])


@cache
def _called() -> frozenset[str]:
    return frozenset(f"{_MEN} {_WOMEN}".split())


@cache
def _forms() -> dict[str, frozenset[tuple[str, str, str]]]:
    """(name, sex, case) by every bent form; more than one where it may be either."""
    found: dict[str, set[tuple[str, str, str]]] = {}
    for names, sex in ((_MEN, "man"), (_WOMEN, "woman")):
        for name in names.split():
            for form, case in _bend(name, sex):
                found.setdefault(form, set()).add((name, sex, case))
    return {form: frozenset(readings) for form, readings in found.items()}


def _bend(name: str, sex: str) -> list[tuple[str, str]]:
    stem, last = name[:-1], name[-1]
    if last in "ая":
        dative = "и" if name.endswith("ия") else "е"
        genitive = "ы" if last == "а" and stem[-1] not in _HUSHED else "и"
        instrumental, accusative = ("ой", "у") if last == "а" else ("ей", "ю")
        forms = [(dative, _DATIVE), (instrumental, _INSTRUMENTAL), (accusative, _ACCUSATIVE)]
        # The cases of a woman's name look alike in what stands beside it.
        return [
            (stem + end, case if sex == "man" or case == _ACCUSATIVE else "oblique")
            for end, case in dict.fromkeys([*forms, (genitive, _GENITIVE)])
        ]
    if last in "йь":
        return [
            (stem + end, case) for end, case in zip("юя", (_DATIVE, _GENITIVE), strict=True)
        ] + [(f"{stem}ем", _INSTRUMENTAL)]
    stem = _IRREGULAR.get(name, name)
    return [(f"{stem}у", _DATIVE), (f"{stem}а", _GENITIVE), (f"{stem}ом", _INSTRUMENTAL)]


def _unbent(word: str, sex: str, case: str) -> str:
    if not re.fullmatch(r"[А-ЯЁ][а-яё-]+", word):
        return word
    for ending, instead in _ENDINGS.get((sex, case), ()):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)] + instead
    return word
