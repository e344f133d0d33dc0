"""The words by which people ask us to stop, and those that only look like it. Our own lists."""

import re

# A message that is nothing but one of these is an opt-out, whatever it answers
# (47 CFR 64.1200(a)(10) names the English per-se words; the rest is our own compilation).
EXACT = frozenset(
    """
    stop|stop all|stopall|stop now|stop please|please stop|stpo|sotp|stop stop|unsubscribe|
    unsubscibe|unsubscribed|unsub|unsubscribe me|quit|end|revoke|opt out|optout|opt-out|opt me out|
    cancel|cancel all|remove|remove me|delete me|take me off|leave me alone|lose my number|
    no more|no more texts|no more emails|no more mail|do not contact|do not contact me|
    don't contact me|stop it now|fuck off|go away|
    alto|pare|paren|parar|pare ya|basta|detener|detengan|baja|dar de baja|darme de baja|deme de baja|
    desuscribir|desuscribirme|desuscribirse|cancelar|cancelar suscripción|anular suscripción|
    no mas|no más|no mas textos|no más textos|no más mensajes|no mas mensajes|stop por favor|
    бросьте|стоп|стоп рассылка|стоп смс|стоп пожалуйста|stop пожалуйста|отписка|отписаться|
    отписать|отпишите|отпишите меня|хочу отписаться|отменить подписку|отмените подписку|
    отзываю согласие|не пишите|не пишите мне|больше не пишите|не беспокоить|оставьте меня в покое|
    удалите меня|хватит писать|хватит слать|отстаньте|
    abmelden|abbestellen|austragen|stopp|keine werbung|bitte abmelden|aufhören|
    arrêt|arret|arrêter|arrêtez|désabonner|desabonner|désinscrire|désinscription|
    disiscrivi|cancellami|afmelden|uitschrijven|wypisz|rezygnuję|відписатися|descadastrar
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)


def _patterns(*sources: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{source})\b") for source in sources)


LIST_EN = r"(?:list|mailing list|mailing|distribution|distribution list|database|records|contacts)"
TALK_EN = r"(?:text|texting|txt|txting|texts|email|emailing|e-mail|mail|mailing|message|messaging|messages|contact|contacting|call|calling|write|writing|write to|send|sending)"

CLEAR = _patterns(
    # English
    rf"(?:stop|quit|cease) {TALK_EN}(?: to)? (?:me|us|my (?:phone|number|cell|inbox|email)|this (?:number|address)|here)",
    r"stop (?:all )?(?:these |the |your |sending (?:me )?(?:these |your |any )?)?(?:messages|texts|emails|e-mails|mails|spam)",
    rf"(?:do not|don't|dont|never|please don't) (?:ever )?{TALK_EN}(?: to)? (?:me|us|this number|this address|here)(?: again| anymore| any more| ever)?(?! (?:tomorrow|today|tonight|before|until|on|after|in the|this))",
    rf"(?:take|remove|drop|delete|strike|get) (?:me|us|my (?:name|number|email|address|details|info)|this (?:number|address)|our (?:name|address)) (?:off|from|out of)(?: of)?(?: your| the| this| all| any)*(?: \w+){{0,2}} {LIST_EN}",
    r"(?:take|remove) (?:me|us) off",
    r"remove (?:my number|my email|my address|me from your (?:list|mailing list|system|crm))",
    r"(?:unsubscribe|unsub) (?:me|us|my|from|please|this)",
    r"please (?:unsubscribe|unsub)",
    r"(?:i|we) (?:want|would like|wish|need) to (?:unsubscribe|opt out|be removed)",
    r"(?:opt|opting) (?:me |us )?out of (?:this|these|your|all|any|further)",
    r"(?:no|not) (?:more|further) (?:texts|emails|e-mails|messages|mails|contact|correspondence|communication)s?",
    r"(?:i|we) (?:hereby )?(?:revoke|withdraw) (?:my|our|any|all) (?:consent|permission)",
    r"(?:do not|don't) (?:want|wish) to (?:receive|get|hear from)(?: any| your| these| you)*",
    r"leave me alone|leave us alone|lose my number|lose my email",
    r"(?:cancel|end) my subscription",
    # Spanish
    r"no (?:me|nos) (?:escriban|escribas|escriba|contacten|contacte|contactes|manden|mande|mandes|envíen|envie|envíe|envien|llamen|molesten)(?: mas| más| mensajes| correos)*(?: por favor)?",
    r"(?:ya )?no (?:(?:me|nos) )?(?:escriban|manden|envíen|contacten) (?:mas|más)",
    r"(?:dejen|deje|deja|paren) de (?:escribir|mandar|enviar|contactar|llamar|molestar)(?:me|nos)?",
    r"no (?:quiero|queremos|deseo|deseamos) (?:recibir )?(?:mas|más|sus|estos|ningún|otros)(?: más| mas)? ?(?:correos|mensajes|textos|emails|publicidad|información)?",
    r"(?:bórr|borr|quít|quit|elimín|elimin|sáqu|saqu)(?:en|e|a)(?:me|nos) de (?:su|la|esta|sus) (?:lista|base|base de datos|listas)",
    r"(?:eliminen|borren|quiten) (?:mi|nuestro) (?:número|correo|contacto|dirección)",
    r"(?:revoco|retiro|cancelo) (?:mi|el) consentimiento",
    r"(?:deme|denme|dame|darme|darnos|dennos) de baja",
    r"(?:cancelar|anular|cancelen) (?:la |mi )?suscripción",
    # Russian
    r"(?:больше )?не (?:пишите|звоните|присылайте|отправляйте|шлите)(?: мне| нам)(?: больше| писем| письма| сообщения| смс)*(?! (?:завтра|сегодня|до|пока))",
    r"больше (?:не|мне не|нам не) (?:пишите|присылайте|звоните|шлите|беспокойте)",
    r"(?:прекратите|перестаньте|хватит|прошу не|довольно) (?:мне |нам )?(?:писать|слать|рассылк\w+|присылать|рассылать|спамить|отправлять|звонить|рассылку)",
    r"(?:отпишите|исключите|удалите|уберите|вычеркните) (?:меня|нас|мой адрес|мой номер|наш адрес|мои данные)",
    r"(?:хочу|хотим|прошу) (?:меня |нас )?отпис\w+",
    r"(?:отзываю|отзываем) (?:свое |мое |наше )?согласие",
    r"(?:отказываюсь|отказываемся) от (?:получения|рассылк\w+|рекламы|подписки)",
    r"не (?:хочу|хотим|желаю) (?:больше )?(?:получать|видеть)",
    r"не беспокойте (?:меня|нас)|оставьте (?:меня|нас) в покое",
    r"запрещаю (?:использовать|обработку|писать|звонить)",
    r"(?:отмените|отменить) (?:мою )?подписку",
    # German
    r"(?:keine|nie wieder|keinerlei) (?:weiteren? )?(?:e-mails|emails|mails|nachrichten|werbung|sms|anfragen)(?: mehr)?",
    r"(?:schreiben|kontaktieren|schicken|senden|mailen) sie (?:mir|mich|uns) (?:bitte )?(?:nicht mehr|nie wieder|keine)",
    r"(?:nehmen|streichen|löschen|entfernen|tragen) sie (?:mich|uns|meine \w+|unsere \w+)(?: bitte)? (?:von|aus|aus der|von der|aus ihrer|von ihrer|ihrer)",
    r"(?:ich|wir) (?:möchte|möchten|will|wollen) (?:bitte )?(?:keine|nicht mehr|abgemeldet)",
    r"(?:widerrufe|widerrufen|widerspreche|widersprechen)(?: \w+){0,3} (?:einwilligung|nutzung|verarbeitung|werbung)",
    r"(?:bitte )?(?:newsletter )?(?:abmelden|abbestellen|austragen) bitte",
    # French
    r"ne (?:me|nous) (?:contactez|écrivez|envoyez|sollicitez|appelez) plus",
    r"(?:arrêtez|cessez) de (?:m'|nous |me )(?:écrire|envoyer|contacter|solliciter)",
    r"(?:retirez|supprimez|enlevez|désinscrivez|désabonnez)[- ](?:moi|nous|mon adresse|mes coordonnées)",
    r"(?:je|nous) ne (?:souhaite|souhaitons|veux|voulons) plus (?:recevoir|être)",
    r"(?:retire|révoque) mon consentement",
)  # fmt: skip

# What holds a stop word and asks for no such thing; blanked before looking for triggers.
SAFE = _patterns(
    r"stop by|stop in|stop over|stopover|bus stop|stop sign|tech stop|fuel stop|non-?stop|one[- ]stop|full stop|stop-?loss|next stop|first stop|pit stop",
    r"(?:don't|do not|can't|cannot|won't|never|please don't) (?:stop|cancel|unsubscribe|quit|remove)(?: \w+)?",
    r"can i opt out of the \w+|opt out of (?:the|a) (?:insurance|hoa|breakfast|catering|wifi)",
    r"cancel (?:the|our|my|your|this|that|tuesday|monday|wednesday|thursday|friday|any) ?\w*|cancellation|cancelled|cancels",
    r"remove the \w+|(?:no|any) more (?:questions|than|details|information)",
    r"end of (?:the |this |next )?\w+|weekend|end unit|end up|does it end|the end|day'?s end|year[- ]end|to that end|high[- ]end|low[- ]end|(?:house|it|contract|event) ends?",
    r"i quit my|quitclaim|quite",
    r"not interested in (?:the|that|a|an)",
    r"don't (?:call|text|email|write)(?: \w+)? (?:me )?(?:tomorrow|today|tonight|before|until|on|after)",
    r"no (?:pares|dejen de|cancelen|paren de)|parada|fin de (?:semana|mes|año)|para (?:mañana|el|la|los|las|mi|que|un|una|su|poder|confirmar|esa|ese|su)|stop de la|alto es|es alto|baja (?:el|la|médica|medica|temporada)|planta baja|de baja médica|más baja|techo|con eso basta|eliminen el|borren la",
    r"не (?:прекращайте|отписывайте|отменяйте|останавливай\w*|беспокойтесь)(?: \w+)?|отпишусь|отпишитесь|отписал\w*|стоп[- ](?:лист|линия|цена|кадр)\w*|остановимся|остановк\w+|штраф за отмену|уберите (?:скидку|этот|из)|прекратите действие|конец \w+|в конце|хватит (?:одной|одного|двух|на)",
)  # fmt: skip

SHORT_AMBIGUOUS = frozenset(
    """
    no|hard no|nope|no thanks|no thank you|not interested|not now|wrong number|wrong person|
    stop it|end it|enough|done|pass|spam|who is this|why are you texting me|not my number|
    not my number anymore|she passed away|he passed away|i already bought one|
    text me less|too many messages|once a week is enough|
    no gracias|tal vez después|más tarde|número equivocado|quién es|ya no|ya basta|suficiente|
    para|alto|cancelado|menos mensajes por favor|esta semana no|estoy de vacaciones|adiós|
    ya no trabaja aquí|no moleste|fin|solo correo|ya compré|falleció|
    нет|нет спасибо|неинтересно|не интересно|не актуально|пока не надо|позже|кто это|это спам|хватит|отказ|
    стоп|пишите реже|уже купили|до свидания|все|достали|не сейчас|больше не нужно|уволился|
    nein|nein danke|kein interesse|falsche nummer|wer ist das|non|non merci|pas intéressé
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)

# Ambiguous at any length: complaints about contact itself, or questions about how to stop.
HINTS = _patterns(
    r"how (?:do|can) (?:i|we) (?:unsubscribe|opt out|stop|get off)",
    r"(?:where|how) did you get (?:my|our|this)",
    r"(?:i'll|i will|we will|going to) report you|reporting (?:you|this) (?:as spam)?",
    r"(?:this is|you are|you're|marked as|looks like) spam(?:ming)?",
    r"no longer works? (?:here|at|for|with)|wrong (?:person|number|address|company)",
    r"do not call list|stop (?:emails|calling|sending)(?: \w+){0,4}|too many (?:emails|messages|texts)",
    r"cómo me doy de baja|de dónde sacaron|voy a denunciar\w*|ya no trabaja aquí|número equivocado|teléfono de empresa",
    r"как (?:мне )?отписаться|откуда (?:у вас )?(?:мой|наш)\w*|пожалуюсь|больше не работает|ошиблись (?:номером|адресом)|не звоните|не пишите (?:сюда|на)|напишите через",
    r"woher haben sie (?:meine|unsere)|wie (?:kann ich mich|melde ich mich) ab\w*|comment (?:me )?désabonner|d'où (?:avez|tenez)-vous",
)  # fmt: skip

# A bare trigger left in a short message.
TRIGGERS = _patterns(
    r"stop|stopp|unsubscribe|unsub|opt[- ]?out|remove me|quit|revoke|not interested|leave me|spam",
    r"alto|basta|baja|no más|no mas|pare|отпис\w*|стоп|прекрат\w+|хватит|отказ\w*|не (?:пишите|беспокойте|звоните)",
    r"abmelden|abbestellen|austragen|kein interesse|désabonner|désinscrire|pas intéressé",
)  # fmt: skip
