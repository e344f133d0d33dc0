"""The words that say whether tax is in a price, in the languages vendors answer in. Data only."""

from quotes.extraction.cue_patterns import cue

NAME = (
    r"(?<!\w)(?:(?:sales|state|city|county|federal|excise|local|applicable|all|any|the|relevant|ny|ca|wa|tx|\w+ sales) )*"
    r"(?:v\.?a\.?t\.?|tax(?:es)?|gst|hst|fet|mwst\.?|ust\.?|mehrwertsteuer|umsatzsteuer|tva|t\.v\.a\.|iva|i\.v\.a\.|igic|"
    r"ндс|btw|b\.t\.w\.|moms|mva|dph|kdv|áfa|alv|impuestos|impostos|impôts|steuern?|imposte|iss|налог\w*|taxes)(?![\w])"
)
RATE = r"(?:(?:at |of )?\(?\d{1,2}(?:[.,]\d{1,3})?\s?%\)?\s?)?"
# A stretch of one sentence; a decimal point does not end it.
NEAR = r"(?:[^.;\n]|\.\d){0,30}?"

TAX = cue(
    r"\bv\.?a\.?t\b",
    r"\b(?:sales|state|city|federal|excise|tourist|occupancy|local|lodging|ny|ca|wa|tx) tax(?:es)?\b",
    r"\btax(?:es)?\b",
    r"\bfet\b",
    r"\bgst\b",
    r"\bhst\b",
    r"\bmwst\b",
    r"\bust\b",
    r"\bmehrwertsteuer\b",
    r"\bumsatzsteuer\b",
    r"\btva\b",
    r"\biva\b",
    r"\bigic\b",
    r"\bндс\b",
    r"\b(?:impuestos|impostos|imposte|impôts|steuern)\b",
    r"\bbtw\b",
    r"\b(?:moms|mva|dph|kdv|áfa|alv)\b",
)
# "No VAT (small trader)": there is none, in or out.
NO_TAX = cue(
    rf"\b(?:no|kein\w*|geen|nessuna|aucune) {NAME}\b(?! (?:incl|includ|enthalten|inbegr))[^.,;\n]{{0,30}}",
    rf"\b{NAME} (?:is |are )?(?:not applicable|n/a|exempt|does(?:n['’]t| not) apply|doesn['’]t arise)\b|\bzero[- ]rated\b[^.,;\n]{{0,12}}|\b(?:exempt|free) (?:of|from) {NAME}|\b\w*steuerfrei\b|\bне облагается\b",
)
# A tax on the stay is paid by the guest and says nothing about the price.
STAY_TAX = cue(
    r"\b(?:tourist|city|occupancy|lodging|resort|climate|bed|local|visitor) tax(?:es)?\b(?! (?:is|are|extra|\d+ ?%))",
    r"\btaxe de séjour\b",
    r"\bkurtaxe\b",
    r"\bcity tax\b",
    r"\btassa di soggiorno\b",
    r"\btasa turística\b",
    r"\btoeristenbelasting\b",
)
TAX_IN = cue(
    rf"\b{NAME}{NEAR}\b(?:baked|thrown|rolled|built|folded|wrapped) in\b|\ball (?:taxes|of it) in\b",
    r"\bc/ ?iva\b|\biva inc\b|\bcon iva\b",
    rf"\b{NAME} (?:ist |sind )?(?:schon |bereits )?(?:drin|dabei|inc)\b",
    r"\ball[- ]?in(?:clusive)?\b(?! (?:there|here|my|our|the)\b)",
    r"\btax(?:es)? (?:are |is |all )?in\b(?! (?:the|your|ny|ca|tx|advance|addition)\b)",
    rf"\b{NAME},? (?:at |of |@ )?{RATE}in (?:that|there|it|the (?:price|rate|total))\b",
    rf"\b{NAME} in(?=\W*(?:[.,;)\n]|$))",
    rf"\b{NAME},? {RATE}(?:(?:sur (?:la )?marge|on (?:the )?margin) )?(?:(?:and|und|et|y|e|en|и|&) (?:\w+,? ){{1,3}}?)?(?:is |are |all )*(?:already )?(?:incl(?!uding|udes)\w*|in the price|in there|covered|inkl\w*|enthalten|inbegriffen|compris\w*|"
    r"inclus\w*|incluid\w*|включ[её]н\w*|в том числе|учт[её]н|compres\w*|inbegrepen|incluíd\w*)",
    rf"\b(?:with|inkl\.?|inklusive|einschl\w*\.?|incl?\.?|including|inclusive of|includes?|mit|avec|con|incluye\w*|met|com|compris\w*|inclus\w*|inclusief)"
    rf" (?:of )?{NEAR}{RATE}{NAME}",
    r"\ball (?:taxes|fees|charges)(?: and (?:taxes|fees|charges))? (?:are )?incl\w*|\bincl\w* (?:of )?all (?:taxes|fees|charges)\b",
    r"\bвсе (?:сборы|налоги)\b[^.,;\n]{0,20}(?:включ\w+|учт\w+)|\binkl\w*\.? aller? (?:steuern|gebühren|abgaben)\b|\balle (?:steuern|gebühren|abgaben) (?:inkl|enth|inbegr)\w*",
    r"\btoutes (?:taxes|les taxes)\b|\btod[oa]s (?:los impuestos|las tasas|os impostos) inclu\w+|\btutte le tasse (?:inclus|compres)\w+",
    r"\bttc\b",
    r"\bt\.t\.c\.",
    r"\bbrutto\w*\b",
    r"\b(?:с (?:учетом |учётом )?|включая |вкл\. |в т\.? ?ч\.? |в том числе )ндс\b",
    r"\btout(?:es taxes)? compris\w*\b",
    r"\btaxes et redevances comprises\b",
    r"\btodo incluido\b",
    r"\btutto (?:compreso|incluso)\b",
    r"\bgross\b(?= (?:price|total|amount))",
)
# "Tax 7.75%." with no verb is a tax to come; weaker than what is said of it.
TAX_RATE = cue(
    rf"\b{NAME} \d{{1,2}}(?:[.,]\d{{1,3}})?(?=\s?(?:[,;\n]|\.\s|\.?$))",
    rf"\b{NAME}\s?(?:is |at |of |[:(])?\s?\d{{1,2}}(?:[.,]\d{{1,4}})?\s?%",
    rf"\b\d{{1,2}}(?:[.,]\d{{1,4}})?\s?% (?:of )?(?:\w+ )?{NAME}",
)
TAX_OUT = cue(
    rf"\b(?:acresce\w*|aumenta\w*|somar|sumar|añadir|ajouter) (?:o |el |la |l['’])?{NAME}",
    r"\bs/ ?iva\b",
    rf"\b{NAME} exempt\b[^.\n]{{0,40}}\b(?:otherwise|else|if not)\b",
    rf"[+&] ?{RATE}{NAME}",
    rf"\b(?:plus|add|pre|before|excl\w*\.?|exkl\w*\.?|ex[.-]?|without|net of|less|zzgl\.?|zuzüglich|ohne|hors|sans|más(?: el)?|sin|più|senza|mais|sem|"
    rf"без|плюс|zonder|exclusief|oltre|excluye\w*|exclude[sd]?)[ -](?:of )?(?:the |der |de |del |la |l['’])?(?:gesetzl\w*\.? |geltende\w* |jeweils gültige\w* )?{RATE}(?:de )?{NAME}",
    rf"\b(?:plus|excluding|excludes?|zzgl\.?|hors) [^.;\n]{{0,20}}\b{NAME}",
    rf"\b{NAME}{NEAR}\b(?:not (?:yet )?incl\w*|not in|n['’]t (?:incl\w*|in)\b|extra|on top|excluded|additional|separate(?:ly)?|applies|apply|"
    r"not (?:calculated|added)|will be (?:added|charged|billed|collected|applied|due)|is added|(?:are|gets?) added|nicht (?:enthalten|inbegriffen|inklusive)|(?:kommt|kommen) (?:noch )?(?:hinzu|dazu|drauf)|"
    r"en sus|en plus|non (?:compris\w*|inclus\w*)|no (?:está )?inclu\w+|aparte|не включ\w*|сверху|не вход\w+|esclus\w*|a parte|à parte|"
    r"não inclu\w+|niet inbegrepen)",
    rf"\b{NAME} adds\b",
    rf"\b{NAME} (?:is|are)(?: not|n['’]t)(?=\s?[.;,\n]|$)",
    r"\bnett?o\b(?! (?:weight|gewicht|working|30|15|14|10|7|60))",
    r"\bnet (?:prices?|rates?|amount|total)\b",
    r"\bnet\b(?= (?:per|a|each|/))",
    r"(?<=\d),? ?(?:eur|usd|gbp|chf|aed|[€£$])? ?net\b(?! to\b| ?\d)",
    r"\bht\b",
    r"\bh\.t\.|\bhtva\b",
    r"\bhors taxes?\b",
    r"\bbefore taxes?\b",
    rf"(?:\bnot|n['’]t|\bno|\bnon|\bне|\bpas) (?:inclu\w+|compren\w+|включа\w+) {NEAR}{NAME}",
    rf"\bsubject to (?:the )?(?:\w+ )?{RATE}{NAME}",
    r"\btax(?:es)? (?:as|where|if) applicable\b|\btax(?:es)? only (?:if|in|for|when)\b",
    r"\b(?:vat|gst|tax)[ -]registered\b[^.\n]{0,20}\b(?:add|plus)\b",
    r"\b(?:prices?|rates?|fees?|preise|prix|precios) (?:are|is|sind|sont|son) net\b",
)
