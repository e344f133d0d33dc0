"""The stop words of languages we do not write in, and the sign; only as a whole text."""

from compliance.optout.tongue import words

OTHER_WORDS = words(
    """disiscrivi|disiscrivimi|cancellami|annulla iscrizione|basta messaggi|non scrivetemi piu|
    afmelden|uitschrijven|geen mails meer|stuur niets meer|wypisz|wypisz mnie|rezygnuje|
    prosze nie pisac|відписатися|відпишіть|не пишіть|не пишіть мені|зупиніть|стоп розсилка|
    descadastrar|descadastre me|remover me|nao quero mais|pare de me enviar|sair da lista|cancelar inscricao|
    avsluta|avregistrera|afmeld|meld av|odhlasit|leiratkozas|dezabonare|iptal|取消|退订|停止|解除"""
)
STOP_SIGNS = frozenset({"\U0001f6d1", "\U0001f6d1\U0001f6d1", "\U0001f6d1\U0001f6d1\U0001f6d1"})
DOUBTFUL_SIGNS = frozenset("\U0001f595\u26d4\U0001f6ab\u270b\U0001f44e\U0001f645\u274c")
