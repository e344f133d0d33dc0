"""The words that say a thing comes on top of the price, by where they stand. Data only."""

from quotes.extraction.cue_patterns import cue

# Before the amount: "plus a $150 …", "zzgl. Endreinigung 180 €".
EXTRA_BEFORE = cue(
    r"\bplus\b(?!\s{2,}|\s?[:|])",  # "Plus    $299" is a plan's name
    r"\badd(?:itional\w*|ed|s|ing)?\b",
    r"\bextra\b",
    r"\bfurther\b",
    r"\beach (?:extra|additional|further)\b",
    r"\boptional\w*",
    r"\bupgrade\w*",
    r"\b(?:is|are) (?:billed |charged |quoted )?(?:separate(?:ly)?|on top)\b",
    r"\bif (?:needed|required|necessary|indicated|applicable|desired|requested|it is needed|you (?:need|want|like|'d like)|wanted)\b",
    r"\b(?:falls|bei bedarf|auf wunsch|gegen gebühr)\b",
    r"\b(?:si (?:nécessaire|besoin|vous souhaitez)|sur demande|si (?:l[oae]s? )?(?:necesit\w*|quier\w*|dese\w*)|si hace falta)\b",
    r"\b(?:если нужн\w+|при необходимости|по желанию|se (?:serve|necessario)|indien nodig)\b",
    r"\bone[- ](?:time|off)\b",
    r"\bnochmals?\b|\bnoch mal\b",
    r"\b(?:einmalig\w*|разов\w+|una tantum|eenmalig\w*|único pago)\b",
    r"\b(?:zzgl|zuzüglich|zusätzlich\w*|dazu|hinzu|weitere[rnms]?|aufpreis|optional\w*|gegen aufpreis)\b",
    r"\b(?:supplément\w*|supplémentaire\w*|en plus|s['’]ajoute\w*|ajout\w+|majoration|majoré\w*|en option|prévoir)\b",
    r"\b(?:más|suplement\w+|adicional\w*|recargo|aparte|opcional\w*)\b",
    r"\b(?:дополнительн\w+|плюс|доплат\w+|отдельно|сверх\w*|надбавка|наценка|опциональн\w+)\b",
    r"\b(?:a parte|apart|più|supplemento|aggiuntiv\w+|in aggiunta|extra)\b",
    r"(?:\bmais|\bacresce|\bsuplemento|(?<!\w)à parte)\b",
    r"\b(?:toeslag|meerprijs|bijkomend\w*)\b",
    r"\b(?:not included|n['’]t included|aren['’]t part|not part of|excluded|nicht (?:enthalten|inbegriffen|inklusive|dabei)|"
    r"non compris\w*|non inclus\w*|no (?:está[n]? )?incluid\w*|не включ\w+|не входит|не входят|non inclus\w+|"
    r"niet inbegrepen|não (?:está )?incluíd\w*)\b",
)
# Behind it: "$150 extra", "45 € en sus", "250 € dazu".
EXTRA_AFTER = cue(
    r"^\s?(?:meer|mehr|de plus|di più|más|больше)\b",
    r"\bextra\b",
    r"\badditional\w*",
    r"\bsurcharge\w*",
    r"\bon top\b",
    r"(?<!or )\bmore\b",
    r"\bseparate(?:ly)?\b",
    r"\bif (?:you|u|ya|needed|required|we|they|it|anyone|necessary|wanted)\b",
    r"(?<!on )\bif (?:the|your|any|used|ordered|requested)\b",
    r"\bwhen needed\b",
    r"\bis yours\b",
    r"^\W*(?:once|one[- ]time|one[- ]off)\b",
    r"\boptional\w*",
    r"\b(?:on|upon|by) request\b|\bauf (?:wunsch|anfrage)\b|\bsur demande\b|\b(?:a|su) richiesta\b|\b(?:bajo|a) (?:petición|demanda)\b|\bop (?:aanvraag|verzoek)\b|\bпо запросу\b",
    r"\b(?:extra|zusätzlich\w*|aufpreis|gesondert|dazu|hinzu|obendrauf|falls|bei bedarf|optional\w*)\b",
    r"\b(?:en sus|en supplément|supplémentaire\w*|en plus|si nécessaire|si besoin|en option)\b",
    r"\b(?:aparte|adicional\w*|si (?:hace falta|es necesario|lo necesita\w*)|de suplemento|opcional\w*)\b",
    r"\b(?:дополнительно|отдельно|сверху|если|доплат\w+|при необходимости|по желанию)\b",
    r"\b(?:a parte|in più|extra|se necessario|aggiuntiv\w+)\b",
    r"(?<!\w)à parte\b",
    r"\b(?:adicional|se necessário)\b",
    r"\b(?:extra|bovenop|indien nodig|meerprijs)\b",
)
# Things that are charged beside the price wherever their name stands.
EXTRA_THING = cue(
    r"\bovertime\b",
    r"\bone[- ]way fee\b",
    r"\b(?:travel|delivery|service|cleaning|booking|fuel|corkage|set-?up|rush|landing|handling|parking|overnight|late|"
    r"weekend|airport|admin\w*|processing|reservation|waiting|cancellation|cake|permit|call-?out|trip|"
    r"installation|visit|inspection|registration|activation|collection|pick-?up|congestion|storage|onboarding|shipping) (?:charges?|fees?|cost)\b",
    r"\b(?:surcharge|corkage|valet|shipping|per[- ]diem|mileage|storage|gratuity|tip|tourist tax|city tax|thc|postage|import duties)\b",
    r"\b(?:überstunde\w*|endreinigung|anfahrt\w*|reisekosten|fahrtkosten|eilzuschlag|\w*zuschlag|kurtaxe|kaution|"
    r"übernachtung\w*|parkgebühr\w*|versandkosten|\w*gebühr(?:en)?|nebenkosten|einrichtungsgebühr|einmalige? einrichtung)\b",
    r"\b(?:taxe de séjour|frais de (?!votre)\w+|heures? supplémentaires?|majoration|ménage|droit de bouchon|surcharge\w*|"
    r"mise en service)\b",
    r"\b(?:tasa turística|impuesto turístico|horas? extras?|gastos de \w+|desplazamiento|limpieza final|mensajería|"
    r"descorche|alta inicial|barra libre)\b",
    r"\b(?:сверхурочн\w+|курортный сбор|туристический налог|выезд за|трансфер|подъ[её]м на этаж|пробковый сбор|срочность)\b",
    r"\b(?:tassa di soggiorno|straordinari|pulizia finale|trasferta|limpeza final|taxa turística|horas? extras?|"
    r"toeristenbelasting|spoed(?:toeslag)?|voorrijkosten|reiskosten|schoonmaakkosten|verzendkosten)\b",
)
# Right behind an amount these say what the price leaves out: "118 000 € hors TVA", "£7,850 plus VAT".
PRICE_LESS = cue(
    r"^[\s,(]*(?:\+|plus|excl(?:\.|uding|usive of|usief|\b)|ex\b|exkl\.?|zzgl\.?|zuzüglich|hors|más(?=\s\w)|sin|без|più(?=\s\w)|oltre|escl\w*|"
    r"net(?:to)? (?:of|zzgl)|before|mais|sem|exclusief|\+)",
)
# What is done with the goods, not the goods.
SERVICE = cue(
    r"^\W*(?:delivery|installation|install|assembly|set-?up|labou?r|transport|technicians?|trucking|cleaning|documentation|"
    r"lieferung|montage|aufbau|techniker|reinigung|livraison|technicien\w*|nettoyage|entrega|instalación|"
    r"técnicos?|limpieza|consegna|installazione|tecnic[oi]|pulizia|levering|plaatsing|technicus|доставка|монтаж|установка)\b",
)
# What others are paid or what is passed on, with what it comes to behind it.
AT_COST = cue(
    r"\b(?:(?:billed|charged|passed (?:on|through)|invoiced) at cost|bills? you direct\w*|(?:is|are) a separate line|(?:is|are)n['’]t (?:in|part of) (?:there|it|that|this)|"
    r"(?:is |are )?not in (?:there|it|that|this)|(?:go|goes) (?:straight )?through|direct (?:to|with) (?:the|our) \w+)\b[^.;\n$€£\d]{0,40}[$€£]?\s?$"
)
