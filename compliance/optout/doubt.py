"""The second line: what has the sense of “leave me alone” though no table is sure of it. Pure.

The tables of the tongues know what they list. Here words stand for ideas, by their stems and in
any language: an end, a denial, being written to, being taken out, whose it is, weariness, leave
that was never given. Where two meet as they do in a wish to stop, a person looks; nothing is
obeyed by this alone.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from compliance.optout.tongue import pattern

# What each idea sounds like: whole words, the languages side by side.
_IDEAS = {
    "denied": r"""no|not|dont|doesnt|shouldnt|wouldnt|mustnt|didnt|never|nobody|nothing|without|nor|nah|nope|
        не|ни|нет|нельзя|никогда|никто|без|ni|nunca|jamas|sin|nadie|nada|
        nicht|keine?[nrms]?|nie|nichts|ne|pas|jamais|aucun\w*|ningun\w*|sans|nao|nem|non|mai|niente|nessun\w*""",
    "ended": r"""stop(?:p+|ping|s)?|st[oa]+h*p+|quit|quitting|ceas\w+|desist|discontinu\w+|halt|refrain|chill|
        enough|стоп\w*|хват\w+|прекрат(?:и|ить|ите)|прекращ\w+|переста[нт]\w+|угомон\w+|уймит\w+|отста\w+|отвяж\w+|отвал\w*|завяз\w+|
        кончай\w*|довольно|баста|pare|paren|parale|parenle|parenles|parar|parad|basta|dej(?:e|a|ar|es|ad)\w{0,3}|
        ces(?:e|en|ar)|deteng\w+|eviten?|abst\w+|suspend\w+|aufhor\w+|unterlass\w*|schluss|arret\w+|cess\w+|parem|
        chega|smett\w+|fermat\w+""",
    "talk": r"""text(?:s|ed|ing|in|er|ers)?|txt\w*|messag\w+|msg\w*|e?mail\w*|call(?:s|ed|ing|in|er|ers)?|
        contact(?:s|ed|ing)?|spam\w*|phon(?:e|ed|ing)|ping\w*|writ(?:e|es|ing|ten)|wrote|reach(?:ed|ing)?|solicit\w*|
        outreach|pitch\w*|letters?|mailers?|newsletters?|sms|dms?|bother\w*|harass\w*|pester\w*|disturb\w*|hound\w*|
        correspond\w*|communicat\w*|approach\w*|
        пис\w+|пиш\w+|напис\w+|напиш\w+|звон\w*|позвон\w+|назван\w+|сообщени\w+|смс\w*|эсэмэс\w*|рассыл\w+|письм\w+|
        писем|беспоко\w+|тревож\w+|присыл\w+|присла\w+|слать|шл(?:и|ите|ете|ют)|отправля\w+|предложени\w+|связыва\w+|
        спам\w*|реклам\w+|донима\w+|дерга\w+|
        escri[bv]\w+|mensaj\w+|msjs?|llam\w+|envi\w+|mand(?:e|a|o)\w{0,4}|molest\w+|correos?|marqu\w+|busqu\w+|insist\w+|
        publicidad|propaganda|comuni\w+|fastidi\w+|hable\w*|hablar\w+|
        schreib\w*|geschrieben|anruf\w*|nachricht\w*|werb\w+|ecri\w+|appel\w+|envo\w+|demarch\w*|pubs?|
        mensage\w+|ligue\w*|ligar\w*|envie\w*|messagg\w+|scriv\w+|chiam\w+""",
    "out": r"""remov(?:e|al|ing)?|delet(?:e|ion|ing)|eras(?:e|ure|ing)|unsub\w*|unlist\w*|delist\w*|scrub|purge|wipe|strike|
        exclud(?:e|ing)|omit|drop|lose|loose|forget|scratch|
        удал\w+|убер\w+|убра\w+|убир\w+|исключ\w+|вычерк\w+|отпис\w+|отпиш\w+|стер\w+|сотр\w+|забудь\w*|забыть|потеря\w+|
        borr\w+|quit(?:e|en|ar|a)(?:me|nos|lo|enlo)?|elimin\w+|saqu\w+|sacar\w*|saca|olvid(?:e|en|a|ar)\w{0,4}|suprim\w+|desuscri\w+|
        retir(?!e(?:s|d|es?|ments?)?\b|ing|al)\w+|tach(?:e|en|ar)\w*|baja|
        losch\w+|entfern\w+|streich\w+|abmeld\w+|austrag\w+|supprim\w+|desinscri\w+|desabonn\w+|effac\w+|
        tir(?:e|em|ar)|descadastr\w+|apag(?:ue|uem|ar)|cancell\w+|rimuov\w+|togli\w+""",
    "ours": r"""me|us|him|her|myself|my|mine|numbers?|phone|cell|lists?|databases?|records?|names?|info\w*|data|
        address\w*|emails?|mailings?|contacts?|details?|line|distro|files?|system|crm|
        меня|мне|нас|мой|моего|мою|мои|наш\w*|номер\w*|телефон\w*|спис\w+|баз[аеуы]\w*|контакт\w*|адрес\w*|данны\w+|рассыл\w+|
        mi|mis|nos|nuestr\w+|numeros?|listas?|base|bases|registros?|datos|contactos?|correos?|celular|telefono|nombre|
        mich|uns|meine\w*|unsere\w*|nummer|adresse|liste|verteiler|daten|moi|nous|mon|coordonnees|meu|minha|mio|mia""",
    "weary": r"""tired|sick|annoy\w*|harass\w*|enough|irritat\w*|ridiculous|nuisance|invasive|intrusive|relentless|unwanted|
        unwelcome|unsolicited|pushy|nonstop|creep\w*|leech\w*|vultures?|parasit\w*|
        надоел\w*|достал\w*|задолб\w*|зае\w+|замучил\w*|утомил\w*|
        hart[oa]s?|cansad[oa]s?|acoso\w*|fastidi\w+|abus\w+|nerv\w+|genug|marre|assez""",
    "given": r"""consent\w*|permission|subscrib\w+|authori[sz]\w+|enroll?ed|signed|соглас\w+|разреш\w+|подписыв\w+|
        подписан\w*|autori[cz]\w+|permiso|suscri\w+|einwillig\w*|zugestimmt|erlaub\w*|accord|inscri\w+""",
    "again": r"""again|anymore|longer|ever|further|never|future|forward|henceforth|another|more|
        больше|более|впредь|снова|опять|никогда|дальше|mas|nunca|jamas|nuevo|futur\w+|
        mehr|wieder|kunftig|weitere\w*|plus|jamais|desormais|mais|piu""",
    "wanted": r"""want\w*|wanna|wish\w*|need\w*|like|desire|care|interest\w*|prefer|rather|
        хоч\w+|хотим|жела\w+|нуж\w+|надо|quier\w+|quer\w+|dese\w+|necesit\w+|prefer\w+|mocht\w+|will|wollen|wunsch\w+|
        souhait\w+|veux|voulons|desir\w+|quero|voglio|vogliamo""",
    "withdrawn": r"""revok\w+|withdr[ae]w\w*|rescind\w*|retract\w*|object|objection|oppos\w+|отзыва\w+|отозва\w+|возраж\w+|
        запрещ\w+|revoc\w+|opong\w+|prohib\w+|widersprech\w+|widerruf\w*|untersag\w+|verbiet\w+""",
    "used": r"""processing|use|using|data|marketing|contacted|storage|consent|permission|обработ\w+|использ\w+|данн\w+|соглас\w+|
        разреш\w+|писать|звонить|tratamiento|uso|datos|consentimiento|autorizacion|nutzung|daten|einwilligung|
        zustimmung|verarbeitung|traitement|consentement|donnees""",
    "cancelled": r"""cancel\w*|terminat\w+|end|disable|mute|deactivat\w+|switch|turn|отмен\w+|отключ\w+|аннулир\w+|
        anul\w+|termin(?:e|en|ar)|desactiv\w+|kundig\w+|abbestell\w*|annul\w+|resili\w+""",
    "mailing": r"""subscription\w*|alerts?|texts?|messag\w+|notifications?|mailings?|emails?|sms|подписк\w+|рассылк\w+|
        уведомлени\w+|suscripcion\w*|mensajes?|alertas?|notificacion\w*|newsletter|abo|abonnement""",
    "left": r"""leave|leaving|let|остав\w+|dej(?:e|a|en|ad)(?:me|nos)?|lass\w*|laiss\w+|fich\w+|deix\w+|lasci\w+""",
    "peace": r"""alone|peace|quiet|silence|тишин\w*|silencio|покое|paz|tranquil\w*|ruhe|frieden|paix""",
    "next": r"""next|if|once|time|any|еще|раз|следующ\w+|otr[oa]|vez|proxim[oa]|nachste\w*|noch|prochain\w*|encore""",
    "force": r"""lawyers?|attorneys?|police|cops?|sheriff|court|sue|suing|ftc|fcc|charges|restraining|полици\w+|суд|
        юрист\w*|адвокат\w*|прокуратур\w+|роскомнадзор\w*|фас|abogad[oa]s?|policia|denunci\w+|demand\w+|anwalt|polizei|
        anzeige|avocat|plainte""",
}  # fmt: skip
_SOUNDS = {name: re.compile("".join(said.split())) for name, said in _IDEAS.items()}
# They refused before; they plead; they hope it was the last of it; and still it comes.
_BEFORE = pattern(
    r"(?:said|told(?: \w+)?|answered|replied) no(?! (?:one|thing|body))|(?:please|pls|plz) no(?=$| ,)",
    r"(?:be|were|was|is|as) (?:the|your|my) (?:very )?(?:last|end)(?: \w+){0,4} "
    r"(?:hear|heard|texts?|messages?|emails?|letters?|contact|calls?|it|this)",
    r"(?:still|(?<!pls )(?<!please )keeps?) (?:get|getting|receiv\w+|send\w*|text\w*|e?mail\w*|call\w*|messag\w*|coming|hear\w*)",
    r"(?:and|yet|but) (?:\w+ )?(?:here|there) you are|siguen? (?:llegando|mandando|escribiendo|enviando|llamando)|"
    r"sigo recibiendo|(?:письма|сообщения|смс|звонки)(?: \w+){0,2} (?:идут|приход\w+|шл\w+|поступа\w+)",
    r"let (?:this|that|it) be #",
    r"(?:somebody|someone|anybody) else to (?:text|bother|pester|spam|annoy|harass|hound|call|write)|no (?:further|more) (?:ones|of (?:these|those|this|it|that))",
    r"(?:сказал|говорил|ответил)\w*(?: \w+){0,3} нет|(?:dije|dijimos|digo|dicho) (?:ya )?que no",
)


class Meeting(NamedTuple):
    """Two ideas with at most `between` words between; `either` way round, a `third` near."""

    first: str
    second: str
    between: int = 4
    either: bool = False
    third: frozenset[str] = frozenset()


_MEETINGS = (
    Meeting("ended", "talk", either=True),
    Meeting("out", "ours", either=True),
    Meeting("weary", "talk", 6, either=True),
    Meeting("denied", "given"),
    Meeting("withdrawn", "used", either=True),
    Meeting("cancelled", "mailing", 3),
    Meeting("left", "peace", 6),
    Meeting("wanted", "peace", 2),
    # No texts again; the next text to a lawyer.
    Meeting("denied", "talk", either=True, third=frozenset({"again", "wanted"})),
    Meeting("force", "talk", 8, either=True, third=frozenset({"again", "next"})),
)
_REACH = 4
_BREAKS = frozenset({",", "#"})
_TELLING = (
    ["we"],
    ["they"],
    ["who"],
    ["that"],
)  # "we remove vendors from the list" tells of oneself
# Words that mean it by themselves: Spanish hangs who is meant to the verb.
_ALONE = pattern(
    r"(?:borr|quit|elimin|saqu|sac|retir|tach|remuev|remov|baj)\w*(?:me|nos)",
    r"opt(?:s|ed|ing)?(?: (?:me|us|this \w+))? out",
)
_OFF = pattern(
    r"(?:take|taking|get|getting|keep|pull|come|want|wanna|like|be|stay|leave|count|cross|strike)"
    r"(?: (?!an?\b|the\b(?! (?:hell|heck|fuck))|some\b|for\b|if\b|care\b)\w+){0,6} "
    r"(?:(?:off|outta)(?: of)?(?=$| ,| from| your| ur| this| these| those| that| it| here| whatever| any| every| all"
    r"| please| pls| plz| now| immediately| list| the (?:\w+ )?list)|out of (?:this|your|ur|these|it))"
)
_LAW = pattern(
    r"gdpr|dsgvo|rgpd|ccpa|cpra|casl|tcpa|cnil|dnc",
    r"(?:do not|dont|no) (?:call|contact|text|solicit\w*|mail)(?: \w+)? (?:list|registry|register|rules?|laws?|request)",
    r"registro (?:publico|reus|de no)|lista robinson|bloctel|robinsonliste",
    r"(?:delet|eras|remov)\w+(?: \w+){0,5} (?:personal|hold on|about (?:me|us)|on (?:me|us))|datos personales|"
    r"персональн\w+ данн\w+|personenbezogen\w+|donnees personnelles",
    r"(?:mark|report|flag)\w*(?: \w+){0,5} (?:junk|spam)|(?:straight|right|goes|going) to (?:junk|spam|trash)",
    r"blocking (?:you|u|this|now)|(?:i|ill|im|just) block(?:ed|ing)?",
    r"no solicit\w*|unsolicited|(?:do not|dont|not to) (?:take|accept|respond to|allow|permit)(?: \w+){0,3} (?:cold|unsolicited|sales|solicit\w*)",
)  # fmt: skip


def find_doubt(words: str) -> str:
    """The words of a sentence that may mean a wish to stop, empty if none do.

    `words` are plain (see `normal`), what is known to be harmless blanked with "#".
    """
    for phrases in (_ALONE, _LAW, _OFF, _BEFORE):
        match = phrases.search(words)
        if match:
            return match.group(0)
    said = words.split()
    ideas = [ideas_of(word) for word in said]
    for meeting in _MEETINGS:
        for start, end in _met(meeting, said, ideas):
            around = frozenset().union(*ideas[max(0, start - _REACH) : end + _REACH])
            told_of = said[start - 1 : start] in _TELLING
            if not told_of and (not meeting.third or meeting.third & around):
                return " ".join(said[start : end + 1])
    return ""


def _met(
    meeting: Meeting, said: list[str], ideas: list[frozenset[str]]
) -> Iterator[tuple[int, int]]:
    """Where the two ideas stand near one another in a clause."""
    ways = [(meeting.first, meeting.second)]
    if meeting.either:
        ways.append((meeting.second, meeting.first))
    for at, here in enumerate(ideas):
        for one, other in ways:
            if one not in here:
                continue
            for further in range(at + 1, min(len(ideas), at + meeting.between + 2)):
                if said[further] in _BREAKS:
                    break
                if other in ideas[further]:
                    yield at, further
                    break


@lru_cache(maxsize=20_000)
def ideas_of(word: str) -> frozenset[str]:
    """The ideas a plain word stands for, most words for none."""
    return frozenset(name for name, sounds in _SOUNDS.items() if sounds.fullmatch(word))
