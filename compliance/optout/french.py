"""How people ask in French to be left alone, and what only sounds like it."""

from compliance.optout.tongue import Tongue, pattern, words

MESSAGE = r"(?:messages?|mails?|emails?|e mails?|courriels?|sms|textos?|pubs?|publicites?|newsletters?|appels?|sollicitations?|offres|spams?|courriers?|infos|informations|communications?|demarchage)"
CONTACT = r"(?:contact|ecri[vr]|envo[iy]|sollicit|appel|derang|harcel|spamm|relanc|embet|importun|adress|demarch|telephon|texto|text)\w*"
LIST = r"(?:listes?|base|bases|fichiers?|mailing|newsletter|diffusion|repertoire|contacts|envois|base de donnees)"
OUT = r"(?:retir|supprim|enlev|desinscri|desabonn|ray|effac|exclu|ot|sort)(?:ez|er|e|es|re|vez|ire|ure|ons|rer)?"

FRENCH = Tongue(
    per_se=words(
        """arret|arreter|arretez|arrete|stop sms|stop pub|stop mail|desabonner|desabonnement|desabonnez moi|se desabonner|desinscrire|desinscription|
        desinscrivez moi|me desinscrire|me desabonner|laissez moi tranquille|foutez moi la paix|fichez moi la paix|plus de messages|plus de mails|
        plus de sms|ne plus contacter|ne plus ecrire|ne plus me contacter|supprimez moi|retirez moi|resilier|resiliation|pas de pub"""
    ),
    whole=words("cessez|cesser|annuler|annulez|supprimer|supprimez|ca suffit arretez|stop ca suffit|stop stop stop|degagez|degage|retirer|revoquer"),
    refusals=words(
        """non|non merci|pas interesse|pas interessee|pas interesses|ca ne m interesse pas|ca m interesse pas|pas d interet|qui est ce|qui etes vous|c est qui|qui es tu|mauvais numero|
        erreur de numero|faux numero|plus tard|pas maintenant|trop de messages|ca suffit|assez|fin|spam|deja vendu|deja achete|je suis en vacances|vous vous trompez|au revoir|pas pour moi|
        pas besoin|plus besoin|decede|pourquoi"""
    ),
    polite=words("s|il|vous|te|plait|svp|stp|merci|bonjour|bonsoir|salut|maintenant|immediatement|de|oui|cordialement|tout|suite|d|avance|desormais|madame|monsieur|et"),
    clear=pattern(
        rf"ne (?:me |nous |m |le |la )*{CONTACT}(?: moi| nous)? (?:plus|jamais|pas (?:de|d))(?: (?:jamais|rien|de|d|{MESSAGE}|aucun))*|plus jamais (?:de|d) {MESSAGE}|(?:ne )?plus (?:jamais )?(?:me |nous |m )+{CONTACT}|n (?:{CONTACT}) plus(?: \w+)?",
        rf"(?:merci|veuillez|priere|je vous (?:prie|demande)|nous vous (?:prions|demandons))(?: \w+){{0,3}} (?:ne plus|de ne plus|cesser de|ne pas)(?: (?:me|nous|m|jamais))* {CONTACT}(?: \w+)?",
        rf"(?:arret|cess|fini)\w* (?:immediatement |tout de suite )?(?:de |d )(?:(?:m|nous|me) )*(?:{CONTACT}|spam\w*)(?: \w+){{0,2}}|(?:arret|cess)\w* (?:tout|tous|toute) (?:envoi|envois|contact|message|messages|les \w+)|stop (?:aux|a vos|a ces) {MESSAGE}|(?:arretez|cessez|stop)(?: (?:avec|vos|ces|les|de|d|tous|toutes))+ {MESSAGE}",
        rf"{OUT}(?: s il vous plait)? (?:moi|nous|mon (?:\w+ )?(?:adresse|numero|nom|email|mail|contact)|mes (?:coordonnees|donnees)|nos (?:coordonnees|donnees)|notre (?:adresse|numero|email|mail)|cette adresse|ce numero)(?: (?:de|du|des)(?: (?:votre|vos|la|cette|toutes))*(?: \w+)?)?",
        rf"(?:me|nous|m) {OUT}(?: de(?: (?:votre|vos|la|cette|toutes))*(?: {LIST}| \w+)?)?",
        rf"(?:je|nous|on) (?:ne )?(?:souhaite|souhaitons|veux|voulons|desire|desirons|veut)(?: plus| pas| plus jamais)+ (?:recevoir|etre (?:contact|sollicit|derang|appel|demarch|relanc)\w*|que vous (?:me|nous)|de (?:vos )?{MESSAGE}|entendre|vous (?:lire|entendre)|rien recevoir)(?: \w+){{0,2}}",
        r"(?:je |nous )?(?:retire|retirons|revoque|revoquons)(?: \w+){0,2} consentement|(?:je m |nous nous )?oppos\w+ (?:a|au)(?: (?:l|la|le|tout|toute))* (?:traitement|utilisation|usage|prospection|demarchage|reception)(?: \w+)?|droit d opposition|droit a l (?:oubli|effacement)",
        rf"(?:laiss|fich|fout)\w* (?:moi|nous) (?:tranquilles?|en paix|la paix)|oubliez (?:moi|mon \w+|nous)|(?:^|, )(?:plus (?:aucun|de|d)|aucun) {MESSAGE}(?! (?:sur|pour))|pas de {MESSAGE}|(?:je|nous) (?:souhaite|souhaitons|veux|voulons|voudrais|demande|desire)(?: \w+)? (?:me |nous |ma |mon |la )*(?:desabonn|desinscri|desinscription|desabonnement)\w*",
        rf"(?:prochain|encore un|un autre|le prochain) {MESSAGE}.{{0,50}}(?:avocat|police|plainte|cnil)",
    ),
    safe=pattern(
        r"n (?:arretez|arrete|annulez|supprimez) pas(?: \w+)?|ne (?:supprim|retir|desinscri|desabonn)\w* (?:moi )?pas(?: \w+)?|(?:un|l|d|cet|sans|premier|dernier|quel|chaque) arrets?(?: \w+)?|arret (?:de bus|maladie|a|technique|de travail)(?: \w+)?|stop a \w+|fin (?:de|du|mai|juin|juillet|aout|\w+ mois)(?: \w+)?|enfin|a la fin",
        r"(?:supprim|retir|enlev|effac|ot)\w* (?:la|le|les|l|cette|ce|cet|un|une|des)(?: (?!adresse|numero|liste)\w+)(?: \d+)?|plus de (?:details?|precisions?|photos|temps|place|informations? sur|choix|places|questions?)(?: \w+)?|(?:je|nous) ne (?:veux|voulons|souhaite|souhaitons) plus (?:attendre|perdre|payer|vendre|changer)(?: \w+)?|(?:peut on|puis je|possible d|possibilite d|frais d|peut) (?:annul\w+|annulation)(?: \w+)?",
        r"ne (?:m|me|nous) (?:appel|ecri|contact|envo)\w* pas (?:demain|aujourd|avant|ce|le|lundi|mardi|mercredi|jeudi|vendredi|la|les)(?: \w+){0,2}|si vous ne (?:souhaitez|voulez|desirez)(?: \S+){0,20}|pour (?:vous |se |me )?(?:desabonner|desinscrire|ne plus)(?: \S+){0,12}|(?:repondez|envoyez|repondre)(?: par| avec)? (?:stop|arret|non)(?: \w+){0,5}|si vous n etes pas(?: \S+){0,15}",
    ),
    hints=pattern(
        r"comment (?:me |se |puis je me |faire pour |ne plus )*(?:desabonn|desinscri|arreter|recevoir)\w*|d ou (?:avez|tenez|sort)(?: \w+){0,3}|ou avez vous (?:eu|trouve)(?: \w+){0,2}|qui vous a donne|c est du (?:spam|harcelement)|ne travaille plus(?: \w+)?|(?:mauvais|faux) numero|mauvaise personne|je vais (?:porter plainte|vous signaler|vous bloquer)|trop de (?:messages|mails)|pas interesse\w*(?: par vos \w+)?|pourquoi (?:m|me|vous)(?: \w+)?|bloctel"
    ),
    triggers=pattern(r"arretez|desabonn\w*|desinscri\w*|stop|pas interesse\w*|tranquille|harcel\w*|spam|ne (?:me|nous|m) \w+ plus"),
    brief=pattern(r"en (?:vacances|conges)|(?:deja|on a|j ai) (?:vendu|achete)|non merci|pas (?:interess\w+|d interet|besoin)|qui (?:est|etes)|je ne suis pas|vous vous trompez|mauvais \w+"),
    asks=pattern(r"(?:comment|ou|quand|est ce|puis je|peut on|pourquoi|qui|que|d ou|si|faut il)"),
    unless=pattern(r"si(?! vous n arretez pas| possible| cela)|sauf|tant que|a moins|jusqu a ce que"),
    later=pattern(r"(?:demain|aujourd hui|avant|apres|jusqu|cette semaine|ce (?:mois|soir|matin|week)|le (?:week|soir|matin|dimanche|samedi|lundi|mardi|mercredi|jeudi|vendredi)|la nuit|si (?:tot|tard|souvent)|pour l instant|pour le moment|pendant|autant|aussi)"),
    instead=pattern(r"(?:mais|plutot|seulement|uniquement|par)(?: \w+){0,2} (?:mail|email|telephone|sms|texto|courrier|jeudi|lundi|mardi|mercredi|vendredi|whatsapp)|plutot \w+"),
)  # fmt: skip
