"""How people ask in English to be left alone, and what only sounds like it."""

from compliance.optout.tongue import Tongue, pattern, words

TALKING = (
    r"(?:text|txt|email|mail|messag|msg|call|contact|writ|ping|bother|bugg?|harass|spamm?|pester|"
    r"annoy|solicit|disturb|phon|ring|hound|badger|approach|stalk|target|market|send|nagg?|"
    r"sell|pitch|tex)ing|txtn|textin|callin|sms(?:ing)?|reaching out|following up|"
    r"hitting (?:me |us |my \w+ )?up|blowing (?:me |us |my \w+ )?up"
)
TALK = (
    r"text|txt|email|mail|message|msg|call|contact|write|ping|bother|reach out|follow up|hit up|"
    r"solicit|spam|sms|phone|ring|harass|pester|approach|disturb|send|hit|bug|dm|market|sell"
)
OURS = (
    r"(?:phone|cell|mobile|home|house|land|personal|private|work|business|company|office|email|"
    r"old|new|home|full)"
)
PLACE = (
    r"(?:numbers?|phone|cell|mobile|line|landline|email|address|inbox|mailbox|account|home|house|"
    r"office|work|job|team|company|business|staff|family|household|place|desk|department|school|ph)"
)
MINE = rf"(?:my|our|this|these|that|the above)(?: {OURS})*(?: \w+)? {PLACE}(?: address(?:es)?| number)?"
ME = rf"(?:me|us|myself|{MINE}|it(?=$| ,)|my (?:wife|husband|mother|mom|father|dad|parents|kids?|son|daughter|grand\w+|aunt|uncle|brother|sister|boss|clients?|customers|employees|colleagues|tenants?|staff))"
MESSAGE = (
    r"(?:texts?|letters?|mailers?|postcards?|txts?|messages?|msgs?|emails?|mails?|sms|calls?|spam|newsletters?|mailings?|"
    r"notifications?|alerts?|ads?|advertising|advertisements?|marketing|promos?|promotions?|"
    r"solicitations?|solicitation|correspondence|communications?|contact|outreach|offers?|"
    r"updates|reminders|follow ups?|pitches|robotexts|text messages|phone calls)"
)
DATA = (
    r"(?:number|numbers|name|names|inbox|mailbox|email|address|addresses|info|information|details|data|phone|"
    r"cell|records?|contacts?|profile|account|#)"
)
MY_DATA = rf"(?:both )?(?:(?:my|our|this|that|all my|all our|all of my) (?:{OURS} |contact |mailing )*{DATA}(?: (?:address|number|info|information|details|and \w+))?|\S+@\S+(?: (?:com|org|net|example|co|io|edu|gov))?|\+?\d[\d ]{(5,)})"
LIST = (
    r"(?:lists?|sheets?|call sheet|portal list|mailings?|distribution|database|data base|db|records|contacts|system|systems|crm|"
    r"files?|rolodex|campaigns?|newsletters?|phone book|books|roster|rota|queue|sequence|"
    r"notifications|texts?|emails?|messages|spam|thing|rotation|outreach|program|dialer)"
)
YOUR = r"(?:your|ur|you|the|this|that|these|those|any|all|whatever|every|future|further|of)"
REMOVE = (
    r"(?:take|remove|remov|drop|delete|strike|get|scrub|erase|pull|cut|cross|leave|exclude|wipe|clear|"
    r"purge|scratch|omit|taken|removed|removing|deleted|deleting|pulled|dropped|taking)"
)
STOP = r"(?:stop|stopp|stahp|sop|stp|stap|sto|quit|cease|discontinue|halt|desist from|refrain from|cut out|knock off|lay off)"
NOT = r"(?:do not|dont|do nt|never|not|please no|wish you wouldnt|would you not|no)"
FROM_TALK = rf"(?:{TALKING})(?: (?:and|or|nor|,|&) (?:{TALKING}))*"
TALKS = rf"(?:{TALK})(?: (?:and|or|nor|,) (?:{TALK}))*"
HOLD_ON = r"(?: (?:ever|again|please|even|bother to|try to|you|any more|anymore|all|just|also|kindly)){0,3}"
WANT = (
    r"(?:(?:do not|dont|no longer|did not|didnt|never|not|wouldnt|would not) (?:really )?(?:want|wish|care|like|"
    r"need|desire|intend|wanna|want to be|interested in)(?: (?:to|you|for you|you guys|anyone|anybody|people))*|"
    r"(?:prefer|rather|like|want|wish|ask|request|asking|requesting|asked)(?: (?:you|that you|that we|that i|we|i))? (?:to )?not(?: to)?|not to|to not|(?:no|not any|without any|have any) (?:wish|desire|intention|interest|need|want) (?:to|of|in|for)(?: being| be)?|not (?:wishing|wanting|looking|willing|interested) (?:to|in))"
)
RECEIVE = r"(?:receive|receiving|get|getting|hear|hearing|have|see|seeing|be sent|be receiving|any)"
BE_TALKED = (
    r"(?:be|being|get|getting|to be) (?:contacted|called|texted|emailed|mailed|messaged|bothered|"
    r"spammed|solicited|disturbed|approached|reached|phoned|harassed|pestered|marketed|on your|on this|added)"
)
SAID = r"(?:replied|texted|said|sent|wrote|typed|answered|responded|told (?:you|u)|asked (?:you|u)|asked|say)"
MEN = r"(?:lawyers?|attorneys?|police|cops|court|ftc|fcc|bbb|ag|attorney general|authorities|report\w*|sue|suing|legal|block\w*|complaint)"

CLEAR = pattern(
    # Verb and object: stop texting me; stop sending these; stop the mails.
    rf"{STOP} (?:it and |all |with |w |the |your |any |from |ever |freaking |fucking |please |this |bloody |damn ){{0,3}}(?:{FROM_TALK})(?: to| at)?(?: {ME})",
    rf"{STOP} (?:ever |fucking |with the )?(?:{FROM_TALK})(?: please| pls| plz| now| already| immediately| asap| here| again| thanks| thx| thank you| today)*(?=$| ,| or | i | im | we | this is | you )",
    rf"{STOP} (?:sending|sendin|with|all|the|these|those|your|any|this|it with|of|making|bombarding|flooding|filling|blowing|emailing|texting|hitting)(?: (?:me|us|out|up|any|your|ur|these|those|this|the|more|all|such|stupid|unwanted|unsolicited|unsolicitated|damn|fucking|sales|marketing|text|of|with|further|random|my|inbox|phone)){{0,5}} (?:{MESSAGE}|crap|shit|stuff|junk|garbage|bullshit|bs|phone|inbox|nonsense|things|up)",
    rf"{STOP} (?:{MESSAGE})(?: to {ME}| please| now)*(?=$| ,)",
    r"(?:stop|quit) asking(?: me| us)?(?=$| ,| to)|these (?:\w+ )?(?:need|needs|have|has|must|better|should)(?: got)?(?: to)? (?:stop|end|cease)|make (?:it|them|this) stop",
    rf"{MESSAGE}(?: (?:about|regarding|concerning|over|to|from|for|on)(?: [\w#]+){{1,6}})? (?:need|needs|have|has|must|better|should|gotta)(?: got)?(?: to)? (?:stop|end|cease)|make (?:these|the|your|this|all) (?:\w+ )?{MESSAGE} stop|(?:interested|number|person|nope|thanks|thx|sold|already|#|sale|selling) (?:so |please |pls |plz |just |and |now )*(?:stop|unsubscribe|remove|delete|opt out|take me off)(?: please| pls| texting| it| me| us)?(?=$| ,)",
    r"(?:stop|quit) (?:bothering|harassing|bugging|spamming|pestering|annoying|hounding|stalking|bombarding|flooding|filling) (?:me|us|my|our|people)(?: \w+)?",
    r"cease (?:and desist|all (?:contact|communication|communications|messages))|do not solicit|no (?:solicit\w+|soliciting|further contact|contact)",
    rf"(?:cut it out|knock it off|enough|done|finished|lay off|no more|that is it|thats it)(?: already)? with (?:all )?(?:the|these|those|your|ur|this)(?: \w+)? {MESSAGE}|spare (?:me|us)(?: (?:any|the|these|your|all|further|more|future|such))* {MESSAGE}|(?:turn off|switch off|shut off|disable|mute|deactivate)(?: (?:all|the|these|those|your|my|any))* {MESSAGE}|(?:mute|block) (?:me|us)(?: \w+)?(?=$| ,)",
    rf"you (?:stopped|ceased|would stop|could stop|can stop|should stop|must stop|may stop|better stop|need to stop|have to stop) (?:{FROM_TALK})(?: to| at)?(?: {ME}|(?=$| ,))",
    r"(?:un ?enroll?|unregister|deregister|de register|unlist|delist|de list|un list|offboard)(?:ed|ing)? (?:me|us|my \w+|this \w+|our \w+)|(?:black ?list|block) (?:me|us|my|our|this) (?:\w+ )?(?:number|address|email|phone|domain|contact)",
    r"(?:request|requesting|process|processing|want|demand|demanding|immediate|kindly|please|ask for|asking for|insist on)(?: (?:my|our|for|the|immediate|a))* removal|removal (?:please|request|from (?:your|this|the|all))|removal(?=$| ,)|(?:my|our) opt out(?: request)?|opt out request (?:for|from)|(?:exercis\w+|invok\w+) (?:my|our) right",
    r"consider (?:this|me|us|my \w+|our \w+)(?: \w+){0,4} (?:opt out|opted out|unsubscribed?|removed|notice|request|off your)",
    rf"(?:be|being|get|getting) (?:taken off|removed|deleted|dropped|unsubscribed|excluded|scrubbed)(?: (?:off|from|of|out))?(?: (?:your|this|the|these|any|all))+ (?:\w+ )?{LIST}|(?:i|we|id|wed|really) (?:just )?want off(?=$| ,)",
    rf"no right (?:to )?(?:{TALK}|{TALKING})|(?:contact|text|call|email|message|write|write to|txt) (?:me|us)(?: \w+)? (?:again|once more|one more time)(?: ,)? (?:and|or) (?:you|i|we|ill|youll|well)",
    rf"(?:next|first|second|third|fourth|fifth)(?: one| text| message| email)? (?:goes|will go|is going|gets sent|gets forwarded)(?: straight)? to (?:\w+ ){{0,2}}{MEN}",
    rf"(?:cancel|end|terminate|suspend|withhold|cut off|call off)(?: (?:any|all|further|future|more|your|ur|the|these|those|this|such|other|of))+ (?:{MESSAGE}|contact|outreach|mailings?)",
    # Negated imperative: do not ever call or text this phone again.
    rf"(?:do not|dont|do nt|never)(?: (?:you|u))?{HOLD_ON} (?:{TALKS})(?: to| up| at| out to| with)?(?: {ME}|(?: anything| any\w*| your \w+)? to {ME})(?: anything| any (?:more )?{MESSAGE}| more {MESSAGE}| stuff| again| no more)?",
    rf"(?:do not|dont|never)(?: ever| please| you| u| dare| even)* (?:{TALKS})(?: here(?! ,)| any(?:thing)?| more| {MESSAGE}| again| anymore| any more| ever| please| pls| thanks| thank you| back| no more| further| at all)*(?=$| ,)(?! , dnc)",
    rf"(?:do not|dont|never)(?: ever)? send(?: (?:me|us|anything|any|more|no|other|another|these|your|further|this|anymore|number|to|kind|of|such|text|marketing)){{0,6}}(?: {MESSAGE}| crap| stuff| junk| things?| anything| again| anymore| shit)|(?:do not|dont|never)(?: ever)? send(?: me| us)? (?:any ?more|more|further|additional|any further|any other|anything)(?: \w+)?",
    r"(?:kindly |please )?(?:not|no longer|never)(?: to)? (?:contact|email|text|call|message|write to|send) (?:me|us)(?: any\w*)?",
    rf"{WANT} (?:{TALKS})(?: to)? {ME}|(?:do not|dont) want (?:you|u|anyone|your company|your people|you guys) (?:{TALKING}|contacting) {ME}",
    # Wishes: I no longer wish to receive your mails; we'd rather not hear from you.
    rf"{WANT}(?: to)? {RECEIVE}(?: (?:from|any|more|of|your|ur|these|those|this|such|the|further|future|other|additional|them|other|anymore|sales|marketing|promotional|text|unsolicited|weekly|daily|kind|stupid|all|such)){{0,6}} (?:{MESSAGE}|you|u|them|anything|your (?:company|team|firm|side|end)|crap|stuff|anymore|(?:these|this|those|it|any|spam)(?=$| ,))",
    rf"{WANT} (?:to )?{BE_TALKED}|(?:not|never)(?: be| being| to be| get)? (?:contacted|called|texted|emailed|messaged|bothered|written to)(?: by \w+)? (?:again|anymore|any more|any further|further|ever|in the future|going forward)",
    r"(?:need|want|would like|id like|demand|beg|begging|asking|ask|told|telling)(?: all)?(?: (?:you|u|this|it|these|them|yall|your \w+|you guys|the \w+))+ to (?:stop|quit|cease)(?=$| ,| now| immediately)",
    rf"(?:grateful|appreciate|appreciated|thankful|prefer|rather|sooner|ask|request|best|helpful|kind|better)(?: it)?(?: if| that)? (?:you|u)(?:(?: would| could| did| do| will| can)?(?: please)? (?:not|no longer|never)| didnt| dont| wouldnt| stopped) (?:{TALKS}|{TALKING}|send)(?: \w+){{0,4}}",
    r"(?:do not|dont|no longer) (?:want|need) (?:this|these|them|those|it(?= (?:from you|please))|any of (?:this|these|it|your \w+))(?: any ?more| any longer| from you| please)*(?=$| ,)",
    rf"(?:do not|dont|never)(?: ever| please)* (?:{TALKS})(?: to)? (?:her|him|them)(?: \w+)? (?:again|anymore|any more|ever)",
    rf"(?:do not|dont|no longer) (?:want|need|wish for|care for|wanna)(?: (?:any|more|of|your|ur|these|those|this|such|further|future|other|the|anymore|stupid|kind)){{0,5}} (?:{MESSAGE})",
    r"(?:want|would like|wish|like|need|asking|ask|request|requesting|requested|asked|choose|elect|chose|decide|trying|tried|decided|please allow me|demand|beg you|supposed) (?:to )?(?:unsubscribe|opt out|opt me out|be removed|be taken off|be unsubscribed|be deleted|be excluded|get off (?:your|this|the)|be off|be left alone|cancel my subscription|come off)",
    # Take me off the list; delete my number.
    rf"{REMOVE} (?:me|us|him|her|them|myself|both (?:addresses|numbers|emails|of them)|{MY_DATA}|both of us|all of us|our (?:company|office|team|school|firm))(?: (?:off|out|from|of|out of))+(?: {YOUR})*(?: [\w#]+){{0,2}} (?:{LIST})(?: you \w+)?",
    r"(?:remove|remov|take|delete|get|drop|scrub|opt|cross) (?:me|us)(?: (?:off|out|please|pls|plz|now|from (?:this|here|there|everything|all)|immediately|asap|right now|already))+(?=$| ,| or | and | i | im | we )",
    rf"(?:remove|delete|erase|scrub|drop|lose|forget|wipe|purge|destroy|loose|throw (?:away|out)|toss|burn) {MY_DATA}",
    rf"(?:take|get|keep|leave) {MY_DATA} (?:off|out)",
    r"(?:remove|delete|unsubscribe|opt out) (?:me|us)(?=$| ,)|take (?:me|us) off(?: it)?(?=$| ,)|(?:delete|erase|remove|destroy|purge|wipe) (?:everything|anything|all|whatever)(?: \w+){0,4} (?:me|us|my \w+|our \w+)",
    rf"{REMOVE} (?:it|this|them|this one|that|that one) (?:off|from|out of) (?:of )?(?:your|ur|all your) (?:\w+ )?{LIST}(?=$| ,)",
    rf"(?:remove|exclude|delete|take off) (?:[\w.@]+ ){{1,3}}from (?:your|all your|any|this) (?:\w+ )?{LIST}",
    r"(?:put|add|place|mark|register|list) (?:me|us|my \w+|our \w+|this \w+|my (?:cell|phone) number)(?: (?:on|onto|in|to|as|down))+(?: (?:your|the|ur|a|internal|company|that))* (?:do not|dont|dnc|no call|opt out|unsubscribe|suppression|black|block|no contact|never)\w*",
    rf"(?:count|leave|keep) (?:me|us) out of (?:your|this|these|any|all)(?: \w+)? {LIST}",
    r"(?:i|we) (?:just )?want out of (?:this|your|these)|want off (?:this|your|the|of)|get me off(?: of)? (?:this|your)",
    # Unsubscribe, opt out.
    r"(?:^|, |please |pls |plz |kindly |just |and |so |to |also |immediately |me )(?:unsubscribe|unsub) (?:me|us|my|our|from|this|please|pls|now|all|immediately|asap|thanks|thank you|the following|\S+@\S+)",
    r"(?:please|pls|plz|kindly|just) (?:unsubscribe|unsub|opt out)",
    r"(?:please |kindly )?unsubscribe (?:me|us|my email|this (?:email|address|number)|\w+@\S+)",
    r"opt out (?:me|us)|(?:opt|opting|opted|opts) (?:me|us|this number|my number|out my number) out|(?:i am|im|we are|were|i|we|hereby|please) (?:hereby )?(?:opt|opting) (?:me |us )?out|opt out (?:of (?:this|these|those|your|all|any|everything|future|further|receiving|getting|texts|sms|emails?|messages|marketing)|please|now|from)",
    r"(?:tried|trying|attempted|cant|cannot|unable|not able|impossible|still) (?:to )?(?:seem to |even )?(?:unsubscribe|opt out)(?! of the)",
    r"(?:already|have|ive|weve) (?:already |previously )?(?:unsubscribed|opted out)(?! of the| from the)|(?:already|have|ive|weve|twice|i|we) (?:\w+ )?(?:unsubscribed|opted out)(?: \w+){0,3} (?:twice|already|times|but|yet|still|again|from (?:your|this|these))",
    rf"(?:i|we|have|ive|already|just|weve)(?: (?:have|already|just|clearly|\d+ times|twice))* {SAID}(?: \w+){{0,3}} (?:stop|unsubscribe|no more|remove|quit|opt out|leave me alone)(?! by| in)",
    # No more of it.
    rf"(?<!got )(?<!received )(?<!see )(?<!seen )(?<!have )(?<!had )(?<!were )(?<!are )(?<!be )(?:no|not any|zero|enough with the|enough of your|enough with your|w no) (?:more |further |additional |other |fucking |damn |such )+(?:(?:of )?(?:your|these|this|those|the|text|sales|marketing|phone|spam|unsolicited) )*(?:{MESSAGE}|from you|of this|of these)(?! today| this (?:week|month)| until| before| than)",
    r"(?:^|, |please )no (?:marketing |sales |unsolicited |text |cold )?(?:texts|emails|messages|solicitations?|spam|sms|texting|emailing|messaging|mails|newsletters?|follow ups?|followups?|callbacks?)(?: to (?:this|my) \w+| please| pls| thanks| thank you| ever| again)*(?=$| ,)",
    r"no more(?=$| ,)",
    # Consent and data law.
    r"(?:revoke|withdraw|rescind|retract|cancel|revoking|withdrawing|terminate|revoked|withdrawn)(?: (?:my|our|any|all|the|prior|previous|express|written|and|your|consent|implied|former|given|or)){0,6} (?:consent|permission|authorization|authorisation|opt in|agreement)",
    r"(?:do not|dont|no longer|did not|didnt|never|hereby refuse) (?:\w+ )?(?:consent|agree|authorize|authorise|give (?:you )?(?:my )?(?:permission|consent)) (?:for |to )?(?:you |your \w+ )?(?:to )?(?:be|being|receive|receiving|any|these|this|your|contact\w*|text\w*|call\w*|email\w*|further|the use|use|using|being)",
    r"(?:consent|permission)(?: (?:is|has been|are|was|hereby|now))* (?:revoked|withdrawn|rescinded|cancelled)|take back (?:my|our) (?:consent|permission)|(?:have|has|had|with) no (?:consent|permission|authorization)(?: to)?|not (?:authori[sz]ed|allowed|permitted|welcome) to (?:contact|text|use|call|email|message|write)|(?:do not|dont|stop) (?:use|using|process|processing|keep|keeping|store) (?:my|our) (?:\w+ )?(?:data|number|email|info|information|details|phone)|(?:want|need|would like|have) (?:all )?(?:my|our) (?:\w+ )?(?:data|number|info|information|details|name|email|address) (?:deleted|removed|erased|off|taken off)",
    r"(?:do not|dont|does not|never|no longer) (?:have|had|give|gave|given)(?: (?:you|u|my|our|any|the|your company))* (?:permission|consent|authorization|authority)(?: to)?|(?:object|objecting|objection) to (?:the |any |your |all )?(?:further )?(?:processing|use|storage|direct marketing|marketing|being contacted|being processed)",
    r"(?:right to (?:erasure|be forgotten|object)|(?:delete|erase|remove) (?:all |any |every )?(?:of )?(?:my|our) (?:personal )?(?:data|information|details))",
    # Idioms.
    rf"(?:get|take|keep|pull|drop) (?:me|us|{MINE}) off(?: of)? (?:it|there|that|them|this)(?: list| one)?(?=$| ,| now| please)",
    rf"{STOP} sending(?: (?:me|us|out|any))* (?:anything|things?)(?: (?:else|more|further|to|here|at|this|my|our|\w+)){{0,4}}",
    rf"(?:let|make|have|better|should|must|had better|is|was)(?: this| that| it)?(?: better| please)? (?:be )?(?:the|your|ur) (?:very )?(?:last|final) (?:time you|{MESSAGE} (?:you (?:send|write|make|leave)|i (?:get|receive|see|hear)|to (?:me|us|my \w+|this \w+)|from (?:you|your \w+)))",
    r"(?:left|leaving|leave) (?:me|us) alone(?: please)?(?: (?:from now on|forever|now|again|entirely|completely|already))?(?=$| ,)|(?:never|not) (?:to )?(?:hear|hearing) from (?:you|your \w+) (?:again|anymore|any more|ever)",
    r"(?:leave|let) (?:me|us|my (?:wife|husband|mother|mom|family|parents|kids|team)|this number) (?:the (?:hell|fuck|heck) )?(?:alone|be|in peace)",
    r"(?:lose|loose|forget|erase|burn|delete|block|ditch|trash) (?:my|this|our) (?:number|contact|email|address|info|phone)",
    r"(?:^|, |please |just )(?:go away|get lost|fuck off|piss off|f off|bugger off|buzz off|back off|screw off|sod off|take a hike|get stuffed|go to hell)",
    r"(?:get|stay|keep) (?:off|away from|out of) (?:my|our) (?:phone|line|inbox|cell|email|back|case)|(?:stay|keep) (?:away from me|off my (?:phone|inbox|cell)|out of my (?:inbox|phone|email))|never (?:again )?(?:contact|text|call|email|message|write)(?=$| ,)",
    r"(?:cancel|end|terminate|stop|close)(?: (?:my|our|this|the|all|any|of|these|your|sms|text|email|future|further|marketing)){0,4} (?:subscriptions?|alerts|messages|texts|emails|notifications|sms|mailings?|newsletters?|messaging|text messages)(?! from| to| with)",
    # Threats about the next contact.
    rf"(?:next|one more|another|any more|any further|1 more|any other|if (?:you|i) (?:ever )?(?:{TALK}|get|receive|hear)\b)(?: \w+){{0,3}} (?:texts?|messages?|emails?|calls?|contact|me|msgs?|from you|time|sms)\b.{{0,60}}\b{MEN}",
    rf"if you (?:dont|do not|wont|cant) stop (?:\w+ )?(?:{TALKING})",
    r"(?:you )?(?:wont|will not|dont|do not|never|cant|refuse to) stop (?:texting|emailing|calling|messaging|contacting|bothering|harassing|spamming|sending) (?:me|us)",
)  # fmt: skip

PERSON = r"(?:they|he|she|it|who|that|people|agents?|everyone|everybody|nobody|brokers?|realtors?|companies|others|guys|folks|kids|vendors?|banks?|client|clients|neighbou?rs?|tenants?)"
OTHER_LIST = r"(?:deed|title|lease|contract|quote|invoice|order|booking|reservation|calendar|invite|meeting|guest ?list|guests|wait(?:ing)? ?list|waitlist|mortgage|loan|policy|account statement|shortlist|short list|agenda|passenger list|manifest|shopping list|list of (?!your|marketing)\w+|seating|schedule|payroll|airport|station|plan|the plan|speaker|speakerphone|hold)"

SAFE = pattern(
    r"(?:do not|dont|never) (?:drop|lose|forget|scratch|cross|strike)(?: (?:me|us|my \w+|our \w+|about (?:me|us)))",
    r"unsubscribe from (?:(?:a|an|the|our|their|specific|certain|some) )*(?:webhooks?|events?|topics?|channels?|streams?|queues?|feeds?|threads?)",
    r"(?:sick|tired|done|fed up) (?:of|with) (?:(?:this|the|that|my|our|being|owning|fixing) )+(?:house|home|place|property|yard|roof|tenants?|renters?|landlord|repairs?|taxes|stairs|commute)",
    r"not (?:to )?be (?:forwarded|shared|distributed|copied|disclosed|resold)(?: \w+){0,3}",
    r"no solicit\w+ (?:sign|policy|sticker)",
    rf"(?:do not|dont) (?:{TALK})(?: to)? (?!me\b|us\b|my (?:{OURS}|phone|number|wife|husband|mother|mom|family|parents)\b|this|anyone|any)(?:my |our |the |his |her )?\w+ , (?:please |just |instead )*(?:{TALK})(?: to)? (?:me|us)",
    r"stop (?:and|to|&) (?:think|consider|look|listen|reflect|talk|chat|see|ask)(?! .{0,60}(?:before|again|next time))|(?:^|, )(?:wait |ok |okay |hey )?stop , (?:so )?(?:how much|how many|how soon|what (?:is|are|do|would|about)|which|did you say|hold on|wait)(?: \w+){0,3}",
    r"(?:dont|do not|doesnt|does not|aint|isnt|not) (?:live|work|stay|own|reside|be|belong)(?: \w+){0,2} no more",
    r"(?:stop|quit) (?:looking|searching|asking) for (?!me|us|my|our)\w+",
    r"(?:i|we|he|she|they|my \w+) (?:really |just |ever )?(?:do not|dont|never|cant|cannot|doesnt|hardly ever|rarely) (?:really |even |usually |ever )?(?:text|txt|email|message|sms)(?=$| ,| much| often| well| very| at all)",
    # Stops that are places, and verbs that stop something else.
    r"(?:an?|the|one|two|three|first|second|third|last|final|next|quick|short|brief|fuel|tech|technical|gas|bus|train|tram|metro|each|every|any|another|\d+|only|rest|pit|full|truck|per|planned|our|your|customs|lunch|non|f stop|whistle|door) ?stops?(?! (?:texting|calling|emailing|messaging|contacting|sending|me|all|it))",
    r"non ?stop|nonstop|stopover|stop over|one stop|stop (?:by|in (?!texting)|off at|over|at|for (?:gas|fuel|lunch|coffee|dinner|breakfast|a|an|the|customs|passengers)|off|sign|signs|loss|light|lights|watch|gap|bit|motion|order|limit|here for|there|near|along|on the way|between|payment|button|codon|cock|clock)",
    r"(?:bus|train|it|flight|plane|car|truck|tour|shuttle|boat|rain|noise|leak\w*|music|work|trial|offer|party|lease|show|meeting|the \w+) (?:does |will |would |to |must |can |should |has to |doesnt |wont )?(?:stops?|quits?|ends?)",
    rf"stop (?!(?:{TALKING}|sending|with|bombarding|flooding|filling|blowing|making)\b)(?:\w+ing)(?: \w+)?",
    rf"stop (?:the|that|a|an|my|our|this|it from|him|her|them|at nothing) (?!(?:{MESSAGE}|{TALKING}|(?:\w+ )?ones|daily|weekly|listings?|crap|shit|bs|spam\w*|madness|harassment|bullshit|nonsense|junk)\b)\w+",
    r"(?:cant|cannot|could not|couldnt|wont|will not|never|wouldnt|didnt|did not|dont|do not|no need to|no reason to|not going to|not|please dont|pls dont|without|please do not|never going to|not planning to|nor)(?: (?:ever|please|you|have to|need to|want to|want you to|wish to|plan to|intend to|be|ask you to))? (?:stop|stopping|quit|quitting|cancel|cancelling|unsubscribe|unsubscribing|remove|removing|delete|take me off|take us off|opt out|opt me out|leave us out|leave me out|lose|forget|revoke)(?: (?!work)\w+){0,3}",
    r"(?:told|asked|tell|ask|asking|telling|told off|got|get|have|had|make|made) (?:the \w+|him|her|them|my \w+|our \w+|that \w+|another \w+|other \w+|\w+ agent)(?: \w+)? to (?:stop|quit|cancel|remove|unsubscribe)(?: \w+){0,3}",
    rf"{PERSON} (?:all |just |finally |never |always |wont |dont |cant |didnt |doesnt |would |will |should |have to |need to |had to |even |also |both |ever )*(?:stop|quit|stopped|stops|unsubscribed?|opt(?:ed)? out|remove|cancel|delete)(?! (?:texting|calling|emailing|messaging|contacting) (?:me|us))(?: \w+){{0,2}}(?! (?:twice|already|but|from your|from this))",
    r"(?:i|we) (?:just |finally |recently )?(?:stopped|unsubscribed|opted out)(?: (?:from|of) (?!your|this|these)\w+)",
    rf"{PERSON} (?:just |never |always |wont |dont |cant |will not |keep asking us to |refuse to )+stop (?:texting|calling|emailing|messaging|contacting|bothering) (?:me|us)",
    # Footers and instructions, not requests: reply STOP to end; if you no longer wish …
    r"(?<!i )(?<!we )(?<!already )(?<!have )(?<!just )(?<!need to )(?<!have to )(?<!should i )(?<!do i )(?<!can i )(?<!i just )(?:reply|replying|text|texting|send|type|typing|respond|responding|answer|answering|click|press|tap|write)(?: back)?(?: with| to this \w+ with| us| the word| the)? (?:stop|unsubscribe|remove|end|quit|cancel|opt out|no|stop2end)(?: (?:to|and|at|if|for|or)(?: \w+){1,4}|(?= or )|(?= and ))?",
    r"if you (?:no longer|would (?:like|rather|prefer)|d (?:like|rather|prefer)|wish|want|prefer|do not wish|dont wish|do not want|dont want|would rather|received this|are not the|would like|need)(?: \w+){0,25}|(?:you|youd) (?:can|may|could|will) (?:\w+ )?(?:opt out|unsubscribe)(?: \w+){0,6}|to (?:unsubscribe|opt out|stop receiving|be removed)(?: \w+){0,4} (?:click|reply|visit|follow|text|send|use|press|go|manage|email|contact|http)(?: \w+){0,6}|(?:click|tap|follow|use)(?: \w+){0,3} to (?:unsubscribe|opt out)",
    r"(?:not )?(?:the )?intended recipient(?: \S+){0,25}|(?:delete|destroy|remove|erase)(?: (?:this|the|all|any|it|every|and|copies|of|original|entire|contents))+ (?:message|email|transmission|communication|copies|attachments?|copy|it)(?! address)(?: \w+){0,6}",
    r"(?<!no )(?:unsubscribe|unsubscribing|(?<!my )(?<!our )opt out|stop|cancel|delete|remove) (?:rates?|requests?(?! for| from)|flow|pages?|headers?|feature|function|functionality|process|forms?|tokens?|handling|endpoints?|events?|policy|policies|clause|fees?|option|options|period|penalty|terms|charges?|button in|link in|button on|link on|emails? to|or|keywords?|replies)|unsubscribers|unsubscribes|delete /\w+|no unsubscribes",
    # Cancelling, ending and removing things that are not our messages.
    rf"(?!quit it(?=$| ,))(?:cancel|cancelling|canceling|end|ending|terminate|quit|quitting)(?: (?:the|our|my|your|this|that|a|an|with|at|on|in|without|within|if|up|of|for|free|before|any|it|him|her|out))* (?!(?:the|our|my|your|all|these|those|this|sms|text|email|any|future|further|marketing|subscriptions?|alerts?|messages|texts|emails|notifications|sms|mailings?|newsletters?|texting|calling|messaging|emailing|contacting|sending|all|everything|please|pls|now|thanks|immediately|me|this|these|asking|bothering|harassing|bugging|spamming|pestering|annoying|{TALKING})\b)\w+",
    r"cancell?ations?|cancell?ed|cancels|cancel culture|(?<!have )(?<!has )(?<!need )(?:can|could|may|do|does|did|if|when|to|we|they|i|must|should|would|will|free)(?: (?:we|i|you|they|it|the \w+|have to|need to))* (?:cancel|end|quit)(?= (?:with|without|if|within|at|by|on|before|up|anytime|any|for|mid|early|after|later|free|in|and)|$| ,)",
    r"(?:remove|delete|take|drop|cut|strike|erase|get(?! any)|wipe|purge|leave|keep|clear)(?: (?:the|a|an|that|those|one|any|some|his|her|their|all|second|first|third|\d{1,2}))+ (?!(?:my|our|your|this|me|us|from|off|out|numbers?|emails?|address)\b)\w+(?: \w+)?",
    rf"{REMOVE} (?:me|us|my (?:\w+ )?\w+|our (?:\w+ )?\w+|him|her|them)(?: (?:off|out|from|of))+(?: (?:the|this|your|that|our|my|a))* (?:\w+ )?{OTHER_LIST}",
    r"(?:remove|delete|take|drop|cut|strike|erase)(?: (?:my|our|this)) (?!(?:\w+ )?(?:number|numbers|name|names|email|address|addresses|info|information|details|data|phone|cell|records?|contacts?|profile|account|#)\b)\w+(?: \w+)?|take \d+|take (?:me|us) (?:to|through|there|around|up on|home|for|with)|get (?:me|us) (?:a|an|the|your|some|out there|there|in|to)|leave (?:me|us) (?:a|an|your|the (?!hell|fuck|heck)|with|some|until|till)|drop (?:me|us) (?:a|off|at|your)",
    r"(?:no|any|not) more (?:questions?|than|details?|(?:information|info)(?= (?:needed|required|necessary))|seats?|rooms?|space|time|money|changes|room|issues|problems|availability|available|expensive|delays?|excuses|to|then|of an?)(?: \w+)?|no (?:more|further) (?:questions|than)",
    r"(?:the|at|by|towards?|before|until|in|day|year|week|month|weekend|high|low|rear|front|back|dead|tail|other|either|open|loose|far|top|upper|lower|our|my|your|west|east|north|south|to that|quarters?|season) ?(?:end|ends)(?: of)?|end (?:of|unit|user|users|date|result|up|zone|point|points|cap|to end|game|table|goal|s at|at|on|by)(?: \w+){0,2}|ends? (?:in|at|on|by)|weekends?|does (?:it|the \w+) end|dead ?end|endpoint",
    r"(?:i|he|she|they|daughter|son|wife|husband|we|had to|have to) (?:just |already |finally |also )?(?:quit|quitting)(?: (?:my|his|her|their|the|smoking|drinking|work|job|school))*|quitclaim(?: deed)?|quit claim|call it quits|(?:im|i am|we are) quitting(?: \w+){0,2}",
    r"(?:opt|opting|opted) out of (?:the|a|an|our|my|his|her|buying|paying|that)(?: \w+){1,2}|opt out (?:for|clause|fee|date|deadline|period)",
    r"(?:do not|dont|never|not)(?: \w+)? (?:send|email|text|mail|call|contact|write|message)(?: me| us| it| him| her)? (?:the|my husband|my wife|(?:him|her|them)(?! (?:again|any|ever))|a|an|checks?|cash|money|wire|that|until you|unless|without|if)(?: (?!list|again|anymore)\w+)?",
    r"(?:revoke|revoked|revoking|withdraw|withdrawing|withdrew)(?: (?:the|old|my|our|your|that|an|a|previous))* (?:api|key|keys|token|tokens|offer|license|access|bid|money|funds|application|certificate|listing|house|property|permit)",
    r"not interested in (?!selling|your|this|buying|any|it|being|receiving|getting|anything|what|hearing|moving)\w+(?: \w+)?|(?:nothing|nobody|no one|what) (?:can|will|could|would) stop(?: \w+){0,2}|stop me if(?: \w+){0,3}|(?:dont|do not) (?:hesitate|forget|worry|be shy|mind)(?: to \w+| \w+)?|(?:dont|do not|never|not) leave (?:me|us|it)(?: \w+)?|(?:did not|didnt|havent|have not|never|hasnt|not|dont) (?:yet )?(?:get|got|receive|received|see|seen|have|had)(?: (?:your|any|the|an|a|my|his))* (?:emails?|texts?|messages?|calls?|mails?|number|address|attachment)",
    r"(?:leave|left)(?: it)? alone (?:the|that)|home alone|(?:call|text|email) (?:me|us) (?:when|if|once|tomorrow|today|anytime|any time|back|later|after|on|at|in)",
    r"pull out all (?:the )?stops|spam (?:folder|filter|box|trap)|(?:went|landed|ended up|found it|was|is|are|goes|going|end up) (?:in|to|into) (?:my |our |the )?(?:spam|junk)(?: \w+)?|dead stop|stop worrying|stop press|stop (?:construction|work|payments?|orders?|trading|production|foreclosure|auctions?|eviction|sale|rent|interest|loss)(?: \w+)?|no more (?:needed|required)|short stop|back ?stop",
)  # fmt: skip

HINTS = pattern(
    r"how (?:do|can|could|would|should|to)(?: (?:i|we|one|you))?(?: \w+)? (?:unsubscribe|opt out|stop (?:these|the|this|getting|receiving|your|you|it)|get off|be removed|get removed|cancel (?:these|this|my subscription|the (?:emails|texts)))",
    r"(?:where|how)(?: |)(?:d|did|do|have|are|in the world did|the hell did) (?:you|u|y all|yall)(?: \w+)? (?:get|got|find|obtain|have|come by|getting)(?: \w+){0,2} (?:my|our|this|me) ?(?:\w+ )?(?:number|cell|phone|info|information|email|address|name|contact|details|mobile)?",
    r"who gave (?:you|u) (?:my|our|this)",
    r"(?:ill|i will|we will|well|going to|gonna|will be|im|i am) (?:report|block|sue|reporting|blocking)(?:ing)? (?:you|u|this|your)|reported (?:you|this|as spam|to (?:the )?(?:ftc|fcc))|mark(?:ed|ing)? (?:this|you|it|these) as spam",
    r"(?:this is|you are|youre|its|it is|looks like|considered|pure|that is|thats|more) (?:\w+ )?(?:spam|spamming|harassment|harassing|stalking|illegal|a violation)(?! filter| folder)",
    r"(?:no longer|doesnt|does not|not) works? (?:here|at|for|with)|no longer (?:with (?:us|the)|employed)|left the company|(?:has|have) passed away|passed away|(?:he|she|husband|wife|father|mother|dad|mom) (?:has |just |already )*died|is deceased|wrong (?:person|number|address|company|guy|email)(?: \w+)?",
    r"(?:on|in|registered (?:on|with)) the (?:\w+ )?(?:do not call|dnc|no call)(?: \w+)?|do not call (?:list|registry)|(?:violat\w+|under|per|pursuant to)(?: \w+){0,3} tcpa|tcpa (?:violation|lawsuit|claim|complaint)|can spam act",
    rf"(?:stop|quit) (?:{MESSAGE}|{TALKING})(?: \w+){{0,4}}",
    rf"you (?:keep|kept|are always|constantly)(?: on)? (?:{TALKING}|spamming)|annoyed|getting annoying",
    r"too many (?:emails|messages|texts|calls|mails)|so many (?:emails|messages|texts|calls)|(?:sick|tired|fed up|had enough) of (?:your|these|getting|the|this|receiving)(?: \w+){0,2}|enough (?:already|with the|of this)|(?:text|email|message|call|write|contact) (?:me |us )?less(?: often)?|less (?:emails|texts|messages)|fewer (?:emails|texts|messages)",
    r"why (?:do|are|did|would|am|cant|wont|dont) (?:you|u|i|y all|yall)(?: \w+){0,3} (?:texting|emailing|text|email|call|calling|contact|contacting|messaging|message|write|writing|stop|getting (?:this|these)|spam|spamming)",
    r"(?:how many times|times) (?:do|must|have|did) i (?:have to |need to |got to )?(?:say|tell|ask|told|asked)|(?:never|did not|didnt|dont remember|dont recall)(?: \w+)? (?:signed|sign|signing|asked|ask|subscribe|subscribed|subscribing|opted|opt|requested|gave you)(?: (?:up|in|for|to|this|these|any|permission|my|you|me))+",
    r"(?:remove|take|drop|leave|exclude) (?:me|us) (?:off|from|out of|out) (?:the |this |your )?(?:cc|thread|chain|group|chat|email thread|conversation|loop|copy|reply all|distribution)",
    r"(?:only|just) (?:email|text|call|write|contact|message) me|(?:email|call|text) (?:me )?instead of|(?:email|texts?|calls?) only(?= |$)|(?:stop|no) (?:texts|emails|calls)(?= |$)",
    r"(?:unsubscribe|opt out) (?:link|button|option)?(?: (?:doesnt|does not|isnt|is not|not|didnt|wont|never))+ (?:work|working|there|visible)|(?:no|where is the|wheres the|cant find (?:the|an|your)|find no) (?:unsubscribe|opt out)(?: \w+)?",
    r"block(?:ing|ed)? (?:you|this number|your number)|take me off",
)  # fmt: skip

TRIGGERS = pattern(
    r"stop|stopp|unsubscribe|unsub|opt(?:ing|ed)? out|optout|remove me|delete me|revoke|leave me|"
    r"spam(?=$| ,| and| or)|scam(?=$| ,)|scammers?|spammers?|spamming|harass\w*|creep|creepy|fuck\w*|f u|piss\w*|screw (?:you|off)|bugger|unwanted|unsolicited|"
    r"not interested|no interest|block(?:ed|ing)? (?:you|u|this|your|them)|(?:been|youre|you are) blocked|reported|legal action|suing|sue you|take you to court|from my (?:lawyer|attorney)|"
    r"no more(?=$| ,| please| of| from| for)|(?:^|, )enough(?=$| ,| already| of| with)|had enough|enough is enough|thats enough(?=$| ,)|stop the (?:\w+ )?ones|no permission|(?:no|not|never|revoke|withdraw|without|dont|didnt)(?: \w+){0,3} consent|my privacy|opt out request|removal|blacklist|unenrol\w*|unlist|delist|mute|spare (?:me|us)|cut it out|knock it off|turn off|unsubscribed|(?:be|been|get) removed|(?:delete|erase|remove|forget) (?:me|us|my|our|everything)|please remove|"
    rf"(?:no|not|dont|never|wont|nor|without|quit|cease|stop|end|tired of|sick of)(?: \w+){{0,3}} (?:{TALKING}|{MESSAGE})(?! yet| from| came| so far| in my)|(?:do not|dont|never|not|nobody|no one)(?: \w+){{0,2}} (?:{TALK}) (?:me|us|my|her|him|here|again|anymore)|"
    r"dont (?:text|email|call|contact|message|write)|do not (?:text|email|call|contact|message|write)|"
    r"never (?:text|email|call|contact|message|write)|(?:email|text|call)s? only|only (?:email|text|call|emails|texts|calls)|instead of (?:texting|calling|emailing)|wrong (?:number|person|address)|pause"
)  # fmt: skip
BRIEF = pattern(
    r"(?:on|taking) (?:vacation|holiday|leave|pto)|out of (?:the )?(?:office|country|town)|(?:we|i|he|she|they|already|just)(?: (?:have|already|just|ve))* (?:sold|bought|retired|moved|listed|closed)(?: \w+){0,3}|"
    r"(?:this is|im|i am|its|it is|thats|that is) not \w+|(?:no|not) (?:longer |really )?(?:interested|selling|buying|looking|needed)|no thank|no thanks|"
    r"(?:isnt|is not|aint|not) (?:my|his|her) (?:number|phone|house|property)|there is no \w+ here|nobody (?:here )?(?:by|named)|you (?:have|got|ve got|must have) the wrong|"
    r"(?:dont|do not) (?:own|live)(?: \w+){0,3}|(?:dont|do not) (?:want|need) (?:it|this|that|any|anything|to sell|to talk|your|one)|leave (?:it|us|me)(?=$| be| ,)|ill pass(?=$| ,| on)|hard pass|who (?:is|are|the|r) (?:this|you|u|that|it|calling|texting|writing|hell|heck)|whos (?:this|that|texting|calling)|do i know you|(?:said|told you|says|means) no|(?:went|going|gone) with (?:someone|somebody|another|other)|you (?:people |guys )?again|ask (?:me )?(?:again )?next|automated|robot|(?:nursing home|probate|hospice)|lose it|cant you (?:people )?read|(?:we|were|im|i am|we are) (?:good|fine|ok|set|all set|covered)(?: thanks| thank you| for now)?|(?:are|r) (?:you|u) (?:a )?(?:bot|robot|real|human|scam\w*)|is this (?:a )?(?:bot|scam|spam|real|legit)|(?:what|which) (?:mailing )?list|(?:my|a|our) (?:work|business|company|private|personal) (?:phone|number|cell|line|email)|(?:this |it )?(?:isnt|is not|aint) \w+|wrong \w+|too (?:much|often|many|early|late)|(?:once|twice) a (?:week|month|year|day)|\w+ instead|maybe (?:next|later|someday|another|in|some)|(?:sold|bought) (?:it|the|my|our)|(?:doesnt|does not|dont|no longer) (?:live|work|own|reside)s?|(?:hes|shes|is|has) (?:retired|dead|gone|deceased|moved)|(?:only|just) (?:do |use |by )?(?:email|text|calls?|phone)|whatever|report(?:ing)? (?:you|this)"
)

ASKS = pattern(
    r"(?:, )?(?:so |ok |okay |and |but |hi |hey |hello |sorry |wait |um |well |yes |no |thanks )*(?:how|where|what|when|do|does|did|should|can i|could i|may i|can we|could we|is|are|why|who|will i|would i|am i|which|what if|if|will that|will it|must|shall|have you|has)"
)
UNLESS = pattern(
    r"if(?! you (?:dont|do not|wont|cant) stop| (?:you|i|we) (?:ever|get|receive|hear|text|call|email)| you would| you could| possible| you dont mind| need be)|unless|in case|otherwise|until (?:i|we|you|they|he|she|the)|when|once (?:you|the|we|i)"
)
LATER = pattern(
    r"(?:, )?(?:anymore |again |please |any )*(?:until (?!further notice)|till|til|before|after (?!this)|tomorrow|today(?! or ever)|tonight|this (?:week|month|morning|afternoon|evening|weekend|year)|next (?:week|month)|on (?:mon|tues?|wed|thu|thurs|fri|sat|sun)\w*|on (?:the )?weekends?|on (?:a |my )?(?:holidays?|vacation)|at (?:night|work|\d|this (?:hour|time)|all hours|home|school)|during|while|when|so (?:early|late|much|often|many)|too (?:early|late|often)|for (?:now|a while|the moment|a bit|this|the (?:next|rest)|\w+ (?:days?|weeks?|months?))|in the (?:morning|evening|middle|afternoon|night)|right now|every (?:day|hour|week)|twice|more than|unless|except|between|past \d|because i)"
)  # fmt: skip
INSTEAD = pattern(
    r"(?:^|,|#) *(?:please |just |instead |but |and )*(?:call|text|email|ask|contact|try|reach|talk to|speak to|speak with|write|write to) (?:(?:my|our|his|her|the) (?:\w+ )?(?:brother|sister|son|daughter|wife|husband|mom|mother|dad|father|cousin|aunt|uncle|nephew|niece|partner|boss|manager|agent|realtor|assistant|colleague)(?!\w)|him|her|them)",
    r"(?:but|and|just|please) keep",
    r"(?:but|just|only|instead|rather|prefer|better|use)(?: \w+){0,4} (?:emails?|texts?|calls?|phone|whatsapp|address|fine|ok|okay|me at|write|mail|number|sms|at \S+@\S+|\S+@\S+)",
    r"(?:emails?|texts?|calls?|phone|whatsapp|sms|(?:after|before|evening|morning|lunch|noon)(?: \w+)?)(?: \w+){0,2} (?:is|are|works?|would be)(?: \w+)? (?:fine|ok|okay|better|best|good|great|preferred)|(?:text|email|call|mail|sms|phone|texts|emails|calls)(?: me| us)? only|only (?:by|via|through) \w+|(?:call|text|email|write|mail|message|try|use|contact|reach)(?: me| us| to| him| her| it)? (?:instead|on friday|at \S+@\S+|\S+@\S+|on (?:mon|tue|wed|thu|fri|sat|sun)\w*|later|after|tomorrow|next|anytime|in the (?:afternoon|evening|morning)|at my)|(?:^|, )(?:please |just |pls |only )*(?:call|text|email|phone|write)(?: me)?(?: please)?(?=$| ,| #)|works (?:better|best|for me)",
    r"(?:the )?(?:\d+\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|next week)(?: \w+)? (?:is|are|works?|would be) (?:fine|ok|okay|better|best|good|great)",
    r"use (?:\S+@\S+|(?:my|the|this|our) (?:\w+ )?(?:other|work|office|new|personal|home|main|email|address|cell))|(?:afternoons?|evenings?|mornings?|weekdays|after \d+|later) (?:is|are|works?|would be) (?:fine|ok|okay|better|best|good)|just the \w+|instead",
)  # fmt: skip

ENGLISH = Tongue(
    per_se=words(
        """stop|sto|stop all|stopall|stop it now|stop now|stop stop|unsubscribe|unsubscribed|unsub|
        unsubscribe all|unsubscribe me|opt out|optout|opt me out|opt us out|unsubscribe us|remove us|delete us|take us off|opting out|i opt out|remove me|
        delete me|take me off|take me off list|remove from list|remove me from list|off the list|
        leave me alone|leave us alone|lose my number|do not contact|dont contact|do not contact me|
        dont contact me|no more texts|no more emails|no more messages|cease and desist|
        do not text|dont text|do not call|dont call|do not email|dont email|do not message|
        stop texts|stop texting|stop emails|stop emailing|stop messages|stop messaging|stop calling|
        stop sms|stop spam|stop spamming|stop sending|stop contact|stop contacting|stop2end|stop 2 end|
        stop to end|stop this|stop that|stop already|you need to stop|you have to stop|i said stop|
        said stop|i want to stop|i want you to stop|make it stop|stop stop stop|stp|unsubcribe|
        cancel subscription|end subscription|unsubscribe stop|stop unsubscribe|stop end|
        remove my number|remove number|remove my name|delete my number|remove my email|
        do not disturb|dnd|dnc|fuck off|go away|get lost|piss off|bugger off|buzz off|f off|no spam|no sms|
        no text|no texts|no emails|no contact|not to contact|never contact me|never text me"""
    ),
    whole=words(
        """end|cancel|quit|revoke|remove|delete|cancel all|end all|quit all|no more|exit|leave|
        off|out|erase|halt|arret|block me|kill|stop end quit|mute|removed|delist|remove all|
        revoke consent|stop quit|quit stop|no no no stop|cancel cancel|end end|desist|cease|discontinue|
        terminate|disable|turn off|opt|withdraw"""
    ),
    refusals=words(
        """get a life|weekends only|no|hard no|nope|nah|no no|no no no|not|not interested|no interest|not for me|not for us|im not interested|
        not now|not today|not anymore|not any more|not right now|not at this time|not at the moment|not yet|wrong number|
        you have the wrong number|you got the wrong number|wrong person|wrong guy|wrong|stop it|end it|
        enough|enough is enough|done|im done|we are done|pass|ill pass|hard pass|i pass|spam|scam|spammer|scammer|
        who is this|who this|who dis|whos this|who are you|new phone who dis|new number|new phone|do i know you|why are you texting me|
        why|why me|what is this|whats this|what|huh|not my number|not my number anymore|not me|not him|not her|she passed away|he passed away|
        i already bought one|already bought|already sold|already have one|sold|text me less|too many messages|
        once a week is enough|maybe later|later|some other time|busy|im busy|leave it|leave me|drop it|forget it|forget about it|never|
        never mind|nevermind|nvm|bye|goodbye|good bye|cancelled|canceled|unfollow|reported|blocked|block|
        report|pause|hold|hold off|take a break|no longer interested|no longer needed|no need|not needed|dont need it|
        we are set|were set|all set|we are all set|were all set|im good|im all set|no thx|negative|not buying|not selling|not for sale|
        not a good time|bad time|not happening|hell no|no way|absolutely not|
        im on vacation|on vacation|out of office|moved|retired|i moved|he died|she died|deceased|he is dead|
        i dont live there anymore|no longer own it|annoying|you people are annoying|so annoying|shut up|screw you|fuck you|fu|fuck u|wtf|
        that is enough|thats enough|cut it out|knock it off|quit it|give it up|give up|come on|please|dont|please dont|don t|
        nothing|none|na|n a|unknown|undo|rip|no english|i already sold|not the owner|im not the owner"""
    ),
    polite=words(
        """please|pls|plz|plse|pleas|thanks|thank|you|thx|tks|ty|tnx|now|immediately|asap|just|ok|okay|k|yes|hi|hello|hey|dear|
        sir|madam|guys|dude|bro|man|lol|haha|already|again|kindly|sorry|so|and|right|away|today|the|all|
        forever|permanently|urgent|at|once|u|oh|omg|ugh|argh|god|gosh|geez|um|well|seriously|really|god|jesus|damn|cheers|regards|best|appreciated|
        much|thankyou|thnx|this|these|it's|would|could|everything|folks|team|a|again"""
    ),
    clear=CLEAR,
    safe=SAFE,
    hints=HINTS,
    triggers=TRIGGERS,
    brief=BRIEF,
    asks=ASKS,
    unless=UNLESS,
    later=LATER,
    instead=INSTEAD,
)
