"""Whether a vendor says they can: who can do what, what they have, which day suits. Data only.

Each pattern is built from its parts (a person, a verb of ability, a deed; a day, a word that it
suits) instead of from whole phrases, so that a sentence nobody wrote before is read as well.
"""

from quotes.extraction.cue_patterns import cue

MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|fév|avr|juin|juil|aoû|déc|"
    r"ene|abr|ago|dic|gen|mag|giu|lug|set|ott|mrt|mei|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)\w*\.?"
)
WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|weds?|thurs?|fri|sat|sun)\b\.?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|"
    r"domingo|(?:lune|marte|mercole|giove|vener)dì|sabato|domenica|(?:maan|dins|woens|donder|vrij|zater|zon)dag)"
)
NUMBERED = r"\d{1,2}(?:st|nd|rd|th|er|º|\.|го|-го)?"
DAY = (
    rf"(?:{WEEKDAY}(?: (?:the )?{NUMBERED})?|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?|"
    rf"{NUMBERED}(?:\s?(?:[-–]|to|bis|au|al)\s?{NUMBERED})? (?:of |de |di |d['’])?{MONTH}|"
    rf"\d{{1,2}}[./-]\d{{1,2}}\.?(?:\d{{2,4}})?|(?:the )?\d{{1,2}}(?:st|nd|rd|th)|the {NUMBERED}|(?:der|den|dem|le|el|il|de|op|am) {NUMBERED}|"
    r"(?:that|your|the|those|these|both|all|ihr\w*|der|die|diese\w*|vos|votre|ces?|cette|la|las|los|esas?|esos?|sus?|le|vostr\w+|"
    r"quell\w+|jullie|uw|die|de|эт[аио]\w*|ваш\w*) (?:\w+ )?(?:dates?|days?|week(?:end)?s?|nights?|morning|afternoon|evening|slot|"
    r"month|times?|timing|termine?|tage?|woche|zeitraum|datum|data|journées?|jours?|semaines?|créneau|fechas?|días?|"
    r"semanas?|noches?|giorn[oi]|settiman[ae]|periodo|dagen|dag|дат[аы]|дн[ия]|недел[яи]|период))"
)
WE = r"\b(?:we|i|(?:our|my|the) (?:team|crew|guys|people|officers|driver|pilots?|kitchen|studio|shop))"
ADVERB = r"(?:(?:still|also|certainly|definitely|absolutely|totally|completely|actually|really|gladly|easily|probably|currently|both|all|all of it|just|well|perfectly|fine|great|nicely|noch|gerne?|auch|problemlos|gut|prima|encore|toujours|bien|todavía|aún|perfectamente|ancora|bene|nog|prima|goed|ещё|нам|пока) ){0,2}"
# "June 6 works for us", "der 12.11. passt", "le 18 nous convient"
DAY_SUITS = (
    rf"\b{DAY} (?:nous |me |nos |ci |mi |ons |mij |uns |mir |for (?:us|me) |(?:would |should |will )(?:all )?)?{ADVERB}"
    r"(?:works?\b(?! out)|suits?\b|fits?\b|(?:is|are|be|looks?) (?:still |all |currently |wide |\w+ly )?(?:clear|good|fine|ok|okay|open|free|doable|possible|available|perfect|great|no problem|grand|ours|yours)\b|"
    r"passt\b|passen\b|klappt\b|geht\b|ginge\b|ist machbar|(?:wäre|ist|sind|wären) (?:noch |bei uns |für uns )?(?:frei|möglich|machbar|ok)\b|"
    r"convient|conviennent|va (?:très )?bien|est (?:encore |toujours )?(?:libre|possible|dispo\w*|bon|bonne|ok)\b|"
    r"(?:viene|vienen|va|van|cuadra|encaja|está|están|sigue) (?:perfecto|bien|genial|libres?|disponibles?)|me cuadra|nos cuadra|"
    r"va bene|è (?:ancora )?(?:liber[oa]|disponibile|ok)|past\b|lukt\b|komt (?:goed|prima) uit|is (?:nog )?(?:vrij|beschikbaar|prima|goed|oké)|"
    r"подход\w+|свобод\w+|устраива\w+|нам удобн\w+|открыт\w*)"
)
DEED = (
    r"(?:cover|staff|handle|accommodate|host|cater|look after|take care of|come (?!down|up|back|in\b)|fit|squeeze|work (?:with|on|that|those|your)|"
    r"take (?:this|it|that|care|on|you|the|your)|make (?:it|that|this|the|your)|do (?:it|this|that|the|your|both|all|all \w+|\w+day|\d\d?\b(?! ?%)|"
    + MONTH
    + r"|so)\b|"
    r"put (?:someone|a (?:team|crew|person|guard|driver))|assign|crew|fly (?:it|this|that|you|the)|meet (?:the|your|that)|deliver (?:on|by|for the)|"
    r"run (?:this|it|the|that)|turn (?:it|this|them) around|be (?:there|on site|ready)|fill|serve|shoot (?:it|this|that|on)|commit|manage (?:it|this|that|the|your))"
)
# "we can cover all five days", "I could start on the 13th", "we'd be happy to look after it"
CAN_DO = (
    rf"(?:{WE}(?:['’]d| would)? ?(?:can|could|['’]ll be able to|will be able to|are able to|(?:are|am|['’]re|['’]m) (?:ready|set|good) to) {ADVERB}{DEED}\b)"
    r"|(?:\b(?:very |more than |really )?(?:happy|delighted|glad|pleased|love|thrilled|honou?red) to (?:be (?:part|there|able)|look after|take|cater|host|work|have|fly|serve|cover|do|design|photograph|shoot|accommodate|welcome|take care)\b)"
)
HAVE = (
    r"\b(?:there(?:['’]s| is| are)|(?:we|i)(?:['’]ve| have)(?: got)?|with|got|have|has) (?:\w+ ){0,3}?"
    r"(?:space|room|capacity|availability|opening|gap|slot)s?(?: left| free| open)?\b (?=on|for|in|that|this|available|at|from|with|left)(?!for (?:all your|\w+ing|improvement))"
    r"|\b(?:we|i)(?:['’]ve| have)(?: got)? (?:an?|two|three|the|one|our|\d) [^.,;?\n$€£]{3,60}? (?:that|those|these|for (?:that|those|your)) (?:\w+ )?(?:morning|afternoon|evening|day|days|date|dates|night|nights|week|weekend)\b"
    r"|\b(?:clear|free|open|nothing|gap|space|room|you) (?:in|on) (?:our|my|the) (?:diary|calendar|schedule|books?)\b"
)
GERMAN = (
    r"(?<!rück)\b(?:können|könnten|kann|könnte|würden|werden) (?:wir|ich)\b[^?\n]{0,90}?\b(?:übernehmen|stellen|kommen|durchführen|einplanen|betreuen|abdecken|realisieren|umsetzen|unterbringen|einrichten|ausführen|erledigen|dabei sein)\b"
    r"|\b(?:wir|ich) (?:können|könnten|kann|könnte)\b[^?\n]{0,90}?\b(?:übernehmen|stellen|kommen|durchführen|einplanen|betreuen|abdecken|realisieren|umsetzen|unterbringen|einrichten|ausführen|erledigen)\b"
    r"|\b(?:haben|hätten|habe|hätte|halten) (?:wir|ich)?\b[^.?\n]{0,40}\b(?:platz|kapazität\w*|luft|zeit|frei|termine?|personal frei)\b"
    r"|\b(?:termin|einsatz|lieferung|montage)\b[^.?\n]{0,25}\b(?:möglich|machbar|realisierbar)\b"
    r"|\b(?:gerne? |sehr gerne? )?(?:komme|kommen|fotografiere\w*|begleite\w*|betreue\w*) (?:ich|wir) (?:sie )?(?:am|an|vom)\b|\bgerne? (?:stellen|schicken|bringen) (?:wir|ich)\b[^.?\n]{0,15}\b(?:am|vom)\b"
    r"|\b(?:liegt|liegen|steht|stehen)\b[^?\n]{0,60}\bbereit\b"
    r"|\b(?:legen|lege|stellen|halten|halte) (?:wir |ich )?[^.?\n]{0,30}\b(?:zurück|bereit|frei)\b"
)
FRENCH = (
    r"\b(?:nous|je|on) (?:pouvons|pourrions|peux|peut|pourrais|serions en mesure|sommes en mesure|serons en mesure)\b (?:\w+ ){0,3}(?:d['’])?(?:assurer|réaliser|prendre|intervenir|accueillir|mettre|être|couvrir|honorer|venir|recevoir|caler|livrer le|assumer)\w*\b"
    r"|\bpeu(?:t|vent) (?:\w+ ){0,1}(?:accompagner|assurer|venir|intervenir|être présente?s?|se rendre|honorer|suivre)\b"
    r"|\b(?:il (?:nous |me )?reste|nous avons encore|j['’]ai encore|nous avons (?:bien )?(?:de la place|un créneau|une équipe|un véhicule|la date))\b"
    r"|\b(?:mett(?:ons|ez|rai|rons)|mets|met) (?:\w+ ){0,2}de côté\b|\ben (?:boutique|magasin|réserve|atelier)\b(?! le)"
    r"|\b(?:possible|ok|bon|partant\w*|d['’]accord) pour (?:le|la|cette|ces|votre|vos|nous)\b|\bc['’]est (?:tout à fait )?(?:possible|faisable)\b"
    r"|\bsera un plaisir\b|\bavec (?:grand )?plaisir (?:pour|le)\b|\b(?:serons|serais|serions|suis|sommes) (?:ravie?s?|heureux|heureuses?|enchantée?s?) de (?:vous )?(?:accueillir|recevoir|organiser|participer|travailler|couvrir)\b"
)
SPANISH = (
    r"\b(?:podemos|podríamos|puedo|podría)\b (?:\w+ ){0,3}(?:cubrir|hacer|atender|poner|realizar|encargar|ir|estar|asumir|organizar|recibir|recoger|llegar|montar)\w*\b"
    r"|\b(?:nos|me) queda\w*\b|\b(?:tenemos|tengo|hay|queda)\b (?:\w+ ){0,4}(?:libres?|disponibles?|hueco|sitio|disponibilidad|plazas?)\b"
    r"|\bsin (?:ningún )?problema\b|\b(?:cuent\w+ con nosotros|contad con|estaremos encantados|encantad[oa]s? de (?:hacer|atender|organizar|recibir|colaborar))\b"
    r"|\b(?:reserv[áa]r|guard[áa]r|bloque[áa]r|apart[áa]r)(?:se|te|os|le|les)l[oae]s?\b|\b(?:os|te|se|le) l[oae]s? (?:guardo|reservo|aguanto|bloqueo|aparto|guardamos|reservamos)\b"
)
ITALIAN = (
    r"\b(?:possiamo|potremmo|posso|potrei|riusciamo a|riesco a)\b (?:\w+ ){0,3}(?:mettere|coprire|fare|garantire|consegnare il|organizzare|venire|esserci|ospitar\w+|accoglier\w+|prendere|occuparci|seguire)\b"
    r"|\b(?:abbiamo|ho|c['’]è|ci sono)\b (?:\w+ ){0,4}(?:liber[oaie]|disponibil[ei]|posto|spazio|posti)\b"
    r"|\bnessun problema\b|\bva bene (?:per|il|la)\b|\bin magazzino\b|\bci farebbe (?:molto )?piacere\b|\b(?:lieti|felici|contenti) di (?:ospitar|organizz|occupar|seguir|collabor|accoglier)\w+"
)
DUTCH = (
    r"\b(?:kunnen|kan) (?:wij|we|ik)\b[^?\n]{0,70}?\b(?:verzorgen|uitvoeren|komen|plaatsen|inzetten|opnemen|regelen|doen|rijden|inplannen|overnemen)\b"
    r"|\b(?:hebben|heb) (?:wij|we|ik)?\b[^.?\n]{0,40}\b(?:plek|plaats|ruimte|capaciteit|vrij|mensen|tijd|beschikbaar)\b"
    r"|\b(?:geen probleem|dat lukt|lukt (?:ons|prima|goed)|past (?:ons|prima|bij ons|in onze)|komt (?:ons )?(?:goed|prima) uit)\b"
)
RUSSIAN = (
    r"\b(?:можем|сможем|готовы|готов|можно)\b (?:\w+ ){0,3}(?:взять\w*|выполнить|предоставить|выйти|приехать|провести|организовать|обслужить|принять|забрать|поставить|выделить)\b"
    r"|\b(?:есть|имеется|остал\w+|найд[её]тся) (?:\w+ ){0,4}(?:на (?:эт|ваш)\w+ дат\w+|место|места|машин\w+|слот\w*|окно|переводчик\w*|бригад\w+|экипаж\w*|борт\w*|время)\b"
    r"|\b(?:возьм[её]мся|дата наша|проблем нет)\b"
)
# "Oui pour le 2 juin", "yes to the 14th", "I have the 24th open", "they sit in our warehouse"
SHORT = (
    r"(?:\b(?:is|are)|['’](?:s|re)) (?!not |no |only |never |if )(?:\w+ ){1,2}(?:and )?(?:open|free|available)\b(?! (?:of|to|if|when|with|at|as|for (?:an|a|\$|€|£))\b)"
    r"|\b(?:have|has|got)\b[^.?\n$€£]{3,45}\b(?:open|free|available) (?:from|in|at|until|over|all)\b|\b(?:have|has|got) (?:an? |one |two )?free (?!of\b|\w+ing\b)\w+"
    rf"|{WE} (?:can|could|will) (?:pick up|collect|load|deliver|ship|fetch)\b[^.?\n$€£]{{0,40}}\b(?:(?:on|next|this) (?:{DAY}|week)|{WEEKDAY})"
    r"|\b(?:we|i)(?:['’]ve| have)(?: got)? the (?:staff|people|team|crew|capacity|equipment|guards|officers|drivers)\b"
    rf"|\b(?:can|could) (?:do|cover|make|take|fly|join|accompany|attend|be there) (?:on )?(?:{DAY}|your (?:group|guests|party))"
    r"|\b(?:on (?:the|our|my) (?:floor|lot|shelves|ramp|dock)|in (?:my|our) (?:safe|shop|vault|showroom|yard)|staffed (?:up )?for)\b"
    rf"|\b{DAY} (?:is|are|ist|sind|est|sont|es|está|è|staat|steht)\b[^.?\n]{{0,20}}\b(?:noted|entered|reserved|blocked|eingetragen|notiert|vorgemerkt|geblockt|notée?|inscrite?|bloquée?|réservée?|anotad[oa]|apuntad[oa]|segnat[oa]|genoteerd)\b|"
    rf"\b(?:yes|yep|sure|oui|ja|sí|sì|да|ok|okay) (?:to|for|on|pour|für|am|para|per|voor|на) {DAY}"
    rf"|\b(?:have|got|has) (?:both |all )?{DAY}[^.?\n]{{0,40}}\b(?:open|free|available)\b"
    r"|\b(?:dates?|it|they|days?|weeks?) (?:is|are) (?:on )?(?:a )?(?:first |soft )?holds? for you\b"
    r"|\b(?:sitting|waiting|ready) (?:here |there )?(?:in|at|on) (?:the|our|my)\b"
    r"|\b(?:we|i)(?:['’]d| would|['’]ll| will) have [^.,;?\n$€£]{3,40} (?:there|on site|in place|ready|standing by)\b"
    r"|\b(?:stock|units?|they|it|rooms?|dates?|cars?|vehicles?|seats?|space|pieces?) (?:is|are) (?:being |now )?(?:held|blocked|allocated|set aside|earmarked|ring-?fenced)\b"
    r"|\b(?:not|n['’]t) (?:yet )?(?:been )?(?:sold|taken|booked|chartered|promised|spoken for|let)\b|\bunsold\b|\b(?:nobody|no one|noone) else (?:has|is|wants)\b"
    rf"|\b(?:all )?(?:good|fine|set|okay|ok|clear|free|green|open) (?:for|on) {DAY}"
    rf"|\b(?:i|we)(?:['’]ve)? (?:got|have) {DAY}(?! (?:in mind|as))"
    rf"|\b{DAY} (?:ci sono|ci siamo|je suis là|j['’]y suis|bin ich da|sind wir da|estoy|estamos|ben ik er|zijn we er|мы на месте)\b"
    rf"|\b{DAY} (?:is|are) (?:showing|looking) (?:green|clear|good|free|open)\b"
    r"|\b(?:only|last) \w+ (?:i|we)(?:['’]ve| have)(?: got)? (?:left|free|open)\b"
    r"|['’]s (?:still |currently )?(?:open|free|available)\b(?! (?:of|to|if|when|with|for)\b)|\bwith us in\b|\bcan be viewed\b|\baccepting (?:\d+|new|more|a few)\b"
    rf"|\bcan (?:come|be (?:there|with you|on site)|attend|visit)\b[^.?\n]{{0,30}}{DAY}"
    rf"|\b{DAY},? (?:kann ich|können wir|mach(?:e|en)? (?:ich|wir)|kunnen we|kan ik|podemos|possiamo|je peux|on peut|nous pouvons)\b"
    r"|\bin (?:de |der |notre |la )?vitrine\b|\b(?:leggen|leg|zetten|zet|houden|houd)\b[^.?\n]{0,50}\b(?:apart|vast|vrij)\b"
    r"|\bgeht sich (?:[^.?\n]{0,30} )?aus\b"
)
# A clause that says nothing else: "open now", "yes free", "Aug 22 open", "avail".
BRIEFLY = (
    rf"^\W*(?:(?:yes|yep|yup|yeah|ok|sure|still|wide|it['’]?s|we['’]?re|i['’]?m|hi|hello|hey|oui|ja|sí|si|sì|да|{DAY}),?!? ){{0,3}}"
    rf"(?:is |are |est |ist |es |è )?(?:open|free|avail(?:able)?|clear|libres?|dispo|frei|vrij|liber[oi]|свобод\w+)(?: (?:now|then|right now|as of now|that (?:day|night|week|date)|for now|currently|{DAY}))?(?:\W*$|,\s(?!of\b))"
    r"|^\W*(?:yes|yep|yup|yeah|sure|ok|okay)?,? ?(?:we |i )?(?:can do|doable|works|good to go)(?: (?:it|this|that))?\W*$"
    rf"|\bok(?:ay)? (?:pour|pr|le|la|für|am|for|on|il|el|para|per) (?:le |la |the |il |el )?(?:{DAY}|\d|semaine|week|kw|jeudi|vendredi|samedi|lundi|mardi|mercredi)"
    rf"|\b(?:are|is|all) (?:confirmed|clear|clean|set|good) (?:for|on) {DAY}|\bis clean (?:that|those)\b|\b(?:we|i) do have {DAY}|\b(?:stock )?on hand\b(?! (?:to|for))"
    r"|\b(?:we|i) can schedule (?:this|it|you|the)\b|\b(?:slot|spot|date|place|opening)s? (?:remains?|is left|are left)\b|\bunclaimed\b|\btaking on (?:one|two|three|a few|\d) (?:more|new|further|last)\b"
    rf"|\b{DAY} (?:still )?remains? (?:open|free|available|clear)\b|\b(?:laderaum|kapazität\w*|platz|stellplatz)\b[^.?\n]{{0,60}}\bvorhanden\b"
    r"|\bnobody['’]?s? (?:is )?on (?:her|it|him|them)\b|\b(?:i['’]m|we['’]re|i am|we are) (?:about|around|in town) (?:on|that|then|all|this|for)\b|\bnothing clashes\b|\bno clash\w*|\bhave (?:a )?place (?:on|for|in)\b"
    r"|\b(?:is|are) (?:empty|vacant|ready) (?:in|for|on) (?:this|that|your|those|these|the) (?:\w+ )?(?:day|date|dates|week|weekend|night|period)\b|\b(?:i|we) have someone\b|\bon memo (?:to|with) (?:me|us)\b"
    r"|\b(?:hätten|haben|fahren) wir (?:eh|sowieso|ohnehin) (?:eine )?(?:tour|fahrt)\b"
    r"|^\W*ok (?:semaine|kw|week)\b|\bready (?:now|today|to (?:wear|collect|view))\b"
    r"|\b(?:booked|pencilled|penciled|put|marked|locked|have|got) (?:you|it|this|that|u) (?:in|down)\b|\b(?:locked|reserved|blocked|held|saved) (?:for|4) (?:you|u)\b"
    r"|\b(?:ritiro|consegna|data|recogida|fecha|enlèvement|date|pick-?up|collection)\b[^.,;?\n]{0,14}\bok\b"
)
# How people say in passing that they have the day: "got you covered", "nothing on", "людей хватает".
IDIOM = (
    r"\b(?:uncommitted|unbooked|unreserved|nobody['’]s (?:holding|on) it|not (?:yet |been )?(?:booked|committed|spoken for|promised)|nothing (?:else )?(?:on|booked|in the (?:book|diary)|planned|scheduled))\b"
    r"|\b(?:we|i)(?:['’]ve| have)? got (?:you|ya)(?: all)?(?: covered| sorted| down)?\W*$|\bgot you covered\b|\b(?:have|got|put|pencilled|penned|marked) (?:you|it|them) (?:down|in) for (?:it|that|the)\b|\bconsider it (?:done|booked|yours)\b"
    r"|\b(?:we|i)(?:['’]re| are|['’]m| am) (?:all )?(?:covered|staffed|set|clear|wide open|free as a bird|up for it|in for)\b(?! (?:by insurance|if|unless))"
    r"|^\W*(?:we|i)(?:['’]ve| have)? (?:got|have) (?:an?|one|the|two|a spare)\s\w+\W*$"
    r"|\b(?:to spare|room in (?:the|our|my) (?:book|schedule|diary|calendar)|(?:slot|slots|capacity|crew|people|hands|bodies) (?:free|spare|available))\b"
    r"|\b(?:have|has|got) availability\b|\bunspoken for\b|\bstill on the market\b|\b(?:take|taking|accept|accepting) (?:on )?new (?:clients|patients|members|projects)\b|\b(?:timing|dates?|logistics) (?:is|are|works?) (?:fine|ok|okay|no problem)\b"
    r"|\b(?:we|i)(?:['’]ve| have)(?: got)? (?:a |one )?(?:someone|somebody|just the (?:person|man|team)|gap)\b|\b(?:we|i)(?:['’]ve| have)(?: got)? (?:an?|one|two|our|\d) [^.,;?\n$€£]{3,40}? (?:free|available|open)\b|\bspace\b[^.\n]{0,30}\bis confirmed\b"
    r"|\b(?:sin reservar|queda (?:anotad|reservad|apuntad)[oa]|(?:me|nos) (?:cuadra|encaja|va (?:bien|perfecto)))\b|\b(?:acceptons|prenons|accueillons) encore\b|\b(?:effectifs?|équipes?|agents|hommes)\b[^.\n]{0,12}\b(?:sont|est) (?:là|prêts?|prêtes?|en place|mobilisée?s?)\b"
    r"|\b(?:est|sont) (?:réservée?s?|bloquée?s?|mise?s? de côté|gardée?s?) (?:pour|à) (?:vous|votre)\b|\bnehmen (?:wir )?[^.?\n]{0,20}\b(?:noch|weiterhin) [^.?\n]{0,25}\b(?:auf|an)\b|\bhat\b[^.?\n]{0,30}\b(?:luft|zeit|kapazität\w*|platz)\b"
    r"|\bkunnen (?:wij |we |ik )?(?:op )?[^.?\n]{0,40}\b(?:laden|leveren|ophalen)\b"
    r"|\bnoch (?:nicht|un)\s?(?:verplant|gebucht|vergeben|belegt|verkauft)\b|\b(?:haben|hätten) wir (?:da )?noch (?!fragen|eine frage|kein|nicht|nie)|\b(?:personal|leute|kapazität\w*) haben wir\b|\bgenug (?:leute|personal)\b"
    r"|(?:['’]s|\bis|\bare) (?:around|clear|free) (?:that|those|next|this|on|then)\b|\b(?:have|got) openings\b|\bopenings right now\b|\b(?:ne pose (?:pas|aucun)|aucun souci|pas de souci)\b|\bva benissimo\b|\bper noi va\b|\bviene perfecto\b"
    r"|\bhad a cancellation\b|\bjust released\b|\b(?:just )?(?:came|come) (?:free|open|available)\b|\b(?:the|that|your) (?:day|date|slot|weekend|week|night)(?:['’]s| is) yours\b"
    r"|\b(?:is|are|be) (?:no|not a) (?:problem|bother|trouble|issue)\b|\bno conflict\w*\b|\bset aside\b"
    r"|\b(?:pronta consegna|non abbiamo impegni|nessun impegno|siamo liberi|ci siamo)\b|\b(?:hacer(?:os|te|le|les)? (?:un |el )?hueco|hago (?:un )?hueco|me viene (?:bien|perfecto)|cuenta conmigo|contad conmigo|sin compromisos|no tengo nada)\b"
    r"|\b(?:rien de prévu|(?:vous|te) caser|(?:vous|te) glisser|on est (?:libres?|dispos?|large)|place (?:pour vous|encore)|il reste de la place|nous sommes (?:libres|disponibles))\b"
    r"|\b(?:nichts vor|noch nichts (?:vor|drin|gebucht)|(?:hätte|hätten|habe|haben) (?:ich |wir |da |noch )*(?:zeit|luft|kapazität\w*|platz)|(?:ist|sind|wird) (?:bei uns |für sie |für euch )*(?:eingetragen|eingeplant|notiert))\b"
    r"|\b(?:мест[оа]?|людей|машин\w*|борт\w*|экипаж\w*|сотрудник\w*|окн[оа]|специалист\w*|переводчик\w*)\b[^.?\n]{0,40}\b(?:есть|хватает|достаточно|свобод\w+|найд[её]тся)\b|\bне занят[аоы]?\b|\bза вами\b"
    r"|\bнач(?:ать|н[её]м) хоть\b|\b(?:geen|nog geen) (?:afspraken|boekingen)\b|\bruimte (?:in|op)\b|\bschikt\b"
)
ABLE = cue(
    BRIEFLY, IDIOM, SHORT, DAY_SUITS, CAN_DO, HAVE, GERMAN, FRENCH, SPANISH, ITALIAN, DUTCH, RUSSIAN
)
# What is free or open there is the offer itself.
OFFER_ITSELF = cue(
    r"\b(?:proposal|offer|quote|quotation|estimate|price|rate|fee|bid|pricing|angebot|preis|offre|devis|prix|tarif|oferta|presupuesto|precio|preventivo|offerta|prezzo|prijs|цена|предложение)s?(?: (?:\w+|ist|est|is)){0,2} ?$",
)
# Kind words, which open a question as well.
POLITE = cue(r"^(?:happy to (?:help|assist|do)|(?:we|i)(?:['’]d| would) love to)\b")
# A deed that is a favour beside the offer, a condition or a question, or the offer's own words.
NOT_THE_JOB = cue(
    r"^\W*(?:if|should|wenn|falls|sollten|si|se|als|indien|если|in case|once|when|let (?:me|us) know|would|could|can|do|is|are|kann man|est-ce|peut-on|hay algún)\b(?![^?]{0,40},)",
    r"\b(?:if|whether|ob|als|si)\s(?:we|i|you|wir|sie|nous|vous|u)\b[^,]*$",
    r"\b(?:after|before|until|unless|once|as soon as|sobald|dès que|cuando|quando|когда)\b[^,.]{0,40}$",
    r"\b(?:questions?|fragen|rückfragen|preguntas?|domande|vragen|вопрос\w*|call|chat|phone)\b",
)
