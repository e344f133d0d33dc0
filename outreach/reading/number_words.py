"""Numbers as words, a table per language ("twelve", "doce", "двенадцать")."""

# Each list starts at one; forms of the same number are parted by a slash.
FROM_ONE = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciséis diecisiete dieciocho diecinueve",
    "fr": "un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
    " seize",
    "de": "ein/eine/einen/einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn"
    " vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "it": "uno due tre quattro cinque sei sette otto nove dieci undici dodici",
    "pt": "um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "ru": "один/одного/одна два/двух/две/двоих/двое три/трех/трёх/троих/трое"
    " четыре/четырех/четырёх/четверых/четверо пять/пяти/пятерых шесть/шести/шестерых семь/семи"
    " восемь/восьми девять/девяти десять/десяти одиннадцать/одиннадцати двенадцать/двенадцати",
}
LARGER = {
    "en": {
        "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
        "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "dozen": 12,
    },
    "es": {"veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60,
           "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "docena": 12},
    "fr": {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100,
           "douzaine": 12, "quinzaine": 15, "vingtaine": 20},
    "de": {"zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60,
           "siebzig": 70, "achtzig": 80, "neunzig": 90, "hundert": 100, "dutzend": 12},
    "it": {"venti": 20, "trenta": 30, "quaranta": 40, "cinquanta": 50, "cento": 100, "dozzina": 12},
    "pt": {"vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50, "cem": 100},
    "nl": {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "honderd": 100},
    "ru": {"двадцать": 20, "двадцати": 20, "тридцать": 30, "тридцати": 30, "сорок": 40,
           "сорока": 40, "пятьдесят": 50, "пятидесяти": 50, "сто": 100, "ста": 100, "дюжина": 12},
}  # fmt: skip
# Articles look like numbers ("un jet", "ein Flug") and never count on their own.
ARTICLES = frozenset(
    {"a", "an", "un", "une", "uno", "una", "ein", "eine", "einen", "einer", "um", "uma", "een"}
)


def number_words(languages: tuple[str, ...]) -> dict[str, int]:
    """Word → number for these languages together; earlier languages win a shared spelling."""
    table: dict[str, int] = {}
    for language in languages:
        for value, forms in enumerate(FROM_ONE.get(language, "").split(), start=1):
            for form in forms.split("/"):
                table.setdefault(form, value)
        for word, value in LARGER.get(language, {}).items():
            table.setdefault(word, value)
    return table
