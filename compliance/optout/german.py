"""How people ask in German to be left alone, and what only sounds like it."""

from compliance.optout.tongue import Tongue, pattern, words

MESSAGE = r"(?:e?mails?|nachrichten|nachricht|werbung|werbemails|sms|anfragen|newsletter|anrufe|angebote|post|infos|informationen|werbesendungen|kontakt\w*|zusendungen|spam)"
CONTACT = r"(?:schreib\w*|kontaktier\w*|schick\w*|send\w*|mail\w*|ruf\w*|belastig\w*|nerv\w*|anschreib\w*|anruf\w*|melde\w*|zuschick\w*|zusend\w*)"
ME = r"(?:mir|mich|uns|hier|diese[rn]? \w+|unter dieser \w+)"
LIST = r"(?:verteilern?|listen?|mailing ?listen?|datenbank|kartei|adressbuch|system|newsletter|emailverteiler|versand\w*|mailverteiler|adressliste|datenbestand|kontaktliste)"

GERMAN = Tongue(
    per_se=words(
        """stopp|abmelden|abmeldung|abbestellen|austragen|bitte abmelden|keine werbung|keine mails|keine emails|keine sms|
        keine nachrichten|keine werbung mehr|nicht mehr schreiben|nicht mehr anrufen|nicht mehr kontaktieren|newsletter abbestellen|newsletter abmelden|
        lasst mich in ruhe|lassen sie mich in ruhe|lass mich in ruhe|kein kontakt|kundigen|melden sie mich ab|loschen sie mich|streichen sie mich"""
    ),
    whole=words("aufhoren|aufhoren jetzt|hor auf|hort auf|horen sie auf|schluss|schluss damit|ende|loschen|entfernen|widerruf|widerspruch|raus|stop das|abbestellung"),
    refusals=words(
        """nein|nein danke|nee|kein interesse|keine interesse|nicht interessiert|falsche nummer|wer ist da|wer ist das|wer sind sie|wer bist du|
        jetzt nicht|spater|kein bedarf|derzeit nicht|momentan nicht|danke nein|was soll das|das ist spam|spam|genug|es reicht|tschuss|schon verkauft|
        schon gekauft|ich bin im urlaub|falsch|falsche person|nicht mehr hier|zu viele mails|verstorben"""
    ),
    polite=words("bitte|danke|vielen|dank|hallo|guten|tag|morgen|abend|jetzt|sofort|sehr|geehrte|damen|und|herren|mfg|gruße|ja|mal|endlich|umgehend|freundliche|freundlichen|grussen|grusse|mit|beste|viele"),
    clear=pattern(
        rf"(?:abo|abonnement|newsletter) (?:bitte )?(?:beenden|kundigen|stornieren|abbestellen)|schluss mit (?:den|ihren|euren|diesen) {MESSAGE}|um (?:die )?(?:sofortige )?(?:loschung|entfernung|austragung|abmeldung|streichung)(?: \w+){{0,3}}|(?:nummer|adresse|daten|email|kontakt\w*) (?:bitte |sofort )*(?:loschen|entfernen|streichen)|(?:sehen|nehmen) sie (?:bitte )?(?:von|abstand)(?: \w+){{0,3}}|unterlassen sie (?:bitte )?(?:weitere|jede|kunftige|es|das)(?: \w+)?",
        rf"(?:keine|nie wieder|keinerlei|nicht noch mehr) (?:weiteren? |unerwunschten? |mehr )?{MESSAGE}(?: mehr| bitte| an \w+)*(?! (?:zum|zu|fur|von))",
        rf"{CONTACT} sie {ME}(?: (?:bitte|ab sofort|in zukunft|kunftig|zukunftig|auch|hier))* (?:nicht mehr|nicht wieder|nie wieder|nie mehr|keine(?: weiteren| mehr)? {MESSAGE}(?: mehr)?|nichts mehr|nicht langer)(?: \w+)?",
        rf"(?:{CONTACT}|kontaktiert|schreibt|schickt|schreib) (?:mir|mich|uns) (?:bitte )?(?:nicht mehr|nie wieder|nie mehr|keine \w+ mehr|nichts mehr)",
        rf"(?:bitte )?(?:nicht mehr|nie wieder|nie mehr) (?:{CONTACT}|kontaktieren|schreiben|anrufen)|(?:bitte )?keine weitere\w* (?:{MESSAGE}|kontaktaufnahme)",
        r"(?:nehmen|streichen|loschen|entfernen|tragen|melden|nehmt|streicht|loscht|entfernt|tragt|meldet|streiche|losche|nimm)(?: sie)? (?:bitte )?(?:mich|uns|meine\w* (?:\w+ )?(?:adresse|nummer|daten|email\w*|mailadresse|kontakt\w*|telefonnummer|handynummer)|unsere\w* (?:\w+ )?(?:adresse|nummer|daten|email\w*|mailadresse|kontakt\w*|telefonnummer)|diese (?:adresse|nummer|emailadresse)|alle meine daten)(?: bitte| umgehend| sofort)*(?: (?:von|aus|vom|ab)(?: (?:der|dem|ihrer|ihrem|eurem|eurer|dieser|allen|den))*(?: \w+)?| ab| aus)?",
        r"(?:mich|uns|meine \w+|unsere \w+) (?:bitte )?(?:aus|von|vom)(?: \w+){1,2} (?:zu )?(?:loschen|entfernen|streichen|nehmen|austragen|abmelden)",
        r"(?:ich|wir) (?:mochte|mochten|will|wollen|wunsche|wunschen|bitte|bitten)(?: (?:bitte|hiermit|mich|uns|gerne|ab sofort|in zukunft))* (?:keine(?:rlei)? (?:weiteren? |mehr )?(?:\w+ )?(?:mehr )?(?:erhalten|bekommen|e?mails?|werbung|nachrichten|sms|anrufe|newsletter)|nicht (?:mehr|weiter|langer) (?:von|kontaktiert|angeschrieben|angerufen|belastigt|erhalten)|abgemeldet werden|abmelden|austragen|abbestellen|keine werbung)(?: \w+)?",
        r"(?:widerruf|widerrufe|widerrufen|widerspreche|widersprechen|ziehe|untersage|untersagen|verbiete)(?: \w+){0,5} (?:einwilligung|nutzung|verarbeitung|werbung|zustimmung|speicherung|verwendung|kontaktaufnahme|daten|werbezwecken|zuruck)",
        r"(?:horen|hor|hort|horet)(?: sie)? (?:bitte |endlich )?(?:auf|damit auf)(?: ,)? (?:mir|mich|uns|zu|mit)(?: \w+){0,3}|(?:lassen|lasst|lass) (?:sie )?(?:mich|uns) (?:bitte |endlich )?in (?:ruhe|frieden)|vergessen sie meine \w+",
        rf"(?:^|, |bitte )(?:newsletter |mich |uns |hiermit )*(?:abmelden|abbestellen|austragen)(?=$| ,| bitte| vom| aus)|abmeldung vom \w+|verzichten? (?:\w+ )?auf (?:weitere|ihre|den)(?: \w+)? {MESSAGE}",
        r"(?:noch eine|nachste|die nachste) (?:mail|nachricht|sms|email)\b.{0,50}(?:anwalt|polizei|anzeige|abmahn\w+)",
    ),
    safe=pattern(
        r"hab(?:e|en) (?:\w+ ){0,4}(?:bekommen|erhalten|gesehen|gefunden)",
        r"(?:nicht|kein\w*) (?:abmelden|abbestellen|aufhoren|loschen|streichen|stoppen)|(?:zwischen|tank|boxen)stopp?s?|stopp? (?:in|bei|am)(?: \w+)?|ende (?:der|des|nachster|dieser|mai|juni|juli|\w+ woche)(?: \w+)?|wochenende|am ende|endet?|letztendlich|(?:termin|flug|auto|kind|fahrzeug|strom) (?:\w+ )?(?:abmelden|stornieren)",
        r"(?:streichen|loschen|entfernen|nehmen) sie (?:bitte )?(?:die|den|das|position|punkt|pos|einen|ein|eine)(?: \w+)?|keine (?:weiteren |weitere )?(?:fragen|wunsche|anmerkungen|anderungen|kosten|zeit|ahnung|sorge|plane)|nicht mehr (?:als|lange|verfugbar|gultig|so|frei|ganz|zu)(?: \w+)?|keine (?:anfragen|angebote|nachrichten) (?:zum|zu|fur|erhalten|bekommen)",
        r"(?:schreib\w*|ruf\w*|send\w*|kontaktier\w*|meld\w*)(?: sie)? (?:mir|mich|uns|sich) (?:bitte )?(?:nicht )?(?:vor|erst|heute|morgen|nachste|bis|am)(?: \w+){0,2}|melden sie sich(?: \w+){0,3}|(?:wenn|falls) sie (?:keine|sich|nicht|den|diese)(?: \S+){0,20}|um sich (?:abzumelden|vom)(?: \S+){0,10}|(?:antworten|senden) sie (?:mit )?(?:stopp?|abmelden)(?: \w+){0,5}|zum abmelden(?: \w+){0,5}",
    ),
    hints=pattern(
        r"wie (?:kann|konnen|melde|bestelle) (?:ich|wir)(?: \w+){0,4} (?:ab|abmelden|abbestellen|austragen)|woher (?:haben|hast|kennen) (?:sie|du)(?: \w+)?|wer hat ihnen (?:meine|unsere)|(?:das ist|reiner|nur) (?:spam|belastigung)|arbeitet nicht mehr(?: \w+)?|(?:falsche|die falsche) (?:nummer|adresse|person)|nicht mehr im unternehmen|verstorben|anwalt einschalten|zu viele (?:mails|emails|nachrichten)|kein interesse(?: an (?:werbung|ihren \w+))?|warum (?:schreiben|kontaktieren|bekomme)"
    ),
    triggers=pattern(r"abmeld\w*|abbestell\w*|austrag\w*|stopp|kein interesse|keine werbung|in ruhe|belastig\w*|widerruf\w*|widersprech\w*|spam|nicht mehr (?:schreib|kontakt|anruf)\w*"),
    brief=pattern(r"im urlaub|(?:schon|bereits) (?:verkauft|gekauft)|kein(?:en)? (?:interesse|bedarf)|nein danke|nicht interessiert|wer (?:ist|sind|bist)|ich bin nicht|falsch\w*"),
    asks=pattern(r"(?:wie|wo|wann|was|kann|konnen|warum|wer|muss|soll|ist|wenn|falls)"),
    unless=pattern(r"wenn(?! sie nicht aufhoren| moglich)|falls|es sei denn|solange|bis (?:ich|wir|sie)"),
    later=pattern(r"(?:heute|morgen|vor|nach|bis|diese woche|nachste woche|am (?:wochenende|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)|nachts|abends|so (?:fruh|spat|oft)|im moment|vorerst|wahrend|sonntags)"),
    instead=pattern(r"(?:sondern|lieber|nur|stattdessen|besser)(?: \w+){0,3} (?:per|mail|email|telefon\w*|anruf\w*|sms|whatsapp|an|\S+@\S+)"),
)  # fmt: skip
