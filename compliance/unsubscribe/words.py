"""What the unsubscribe page says, in the languages we write in. Pure."""

from dataclasses import dataclass

from django.utils.translation.trans_real import parse_accept_lang_header


@dataclass(frozen=True, slots=True)
class Words:
    """One language's page; `{address}` is masked."""

    language: str
    title: str
    question: str
    button: str
    promise: str
    done_title: str
    done: str
    bad_title: str
    bad: str


ENGLISH = Words(
    language="en",
    title="Unsubscribe",
    question="Shall we stop writing to {address}?",
    button="Yes, stop writing to me",
    promise="It takes effect at once, on every channel, and it costs nothing.",
    done_title="Done",
    done="We will not write to {address} any more. You can close this page.",
    bad_title="This link is incomplete",
    bad="Please open the whole link from the mail, or simply answer it with “stop”.",
)
SPANISH = Words(
    language="es",
    title="Darse de baja",
    question="¿Dejamos de escribir a {address}?",
    button="Sí, no me escriban más",
    promise="Surte efecto de inmediato, en todos los canales, y no cuesta nada.",
    done_title="Hecho",
    done="No volveremos a escribir a {address}. Puede cerrar esta página.",
    bad_title="Este enlace está incompleto",
    bad="Abra el enlace completo del correo o responda simplemente «stop».",
)
RUSSIAN = Words(
    language="ru",
    title="Отписаться",
    question="Больше не писать на {address}?",
    button="Да, больше не пишите мне",
    promise="Это действует сразу, во всех каналах, и ничего не стоит.",
    done_title="Готово",
    done="Мы больше не будем писать на {address}. Эту страницу можно закрыть.",
    bad_title="Ссылка неполная",
    bad="Откройте ссылку из письма целиком или просто ответьте на него словом «стоп».",
)
LANGUAGES = {words.language: words for words in (ENGLISH, SPANISH, RUSSIAN)}


def words_for(accept_language: str) -> Words:
    """The page's words for an Accept-Language header; English where we know none of them."""
    for tag, _quality in parse_accept_lang_header(accept_language.lower()[:500]):
        words = LANGUAGES.get(tag.split("-")[0])
        if words:
            return words
    return ENGLISH


def masked(address: str) -> str:
    """Enough to know one's own address by, too little to learn somebody else's."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}•••@{domain}" if at else f"{address[:2]} ••• {address[-2:]}"
