"""How people ask in Spanish to be left alone, and what only sounds like it."""

from compliance.optout.tongue import Tongue, pattern, words

# Stems of contacting, with the endings of commands, wishes and clitics.
ENDING = r"(?:een|ees|ee|a|an|as|e|en|es|ais|eis|amos|emos|ar|er|ir|ando|iendo|o)?(?:me|nos|le|les|la|lo)?(?:los|las|lo|la)?"
SENDING = rf"(?:mand|envi|remit|ofrezc|ofrec|pong|pon){ENDING}"
STEM = r"(?:escrib|contact|llam|molest|text|mensaj|insist|busqu|busq|busc|marqu|marc|habl|comuni(?:qu|c)|timbr|spame|fastidi|jod|acos|notifi(?:qu|c)|avis|respond|publicit)"
TALK = rf"{STEM}{ENDING}"
MESSAGE = (
    r"(?:mensajes?|msjs?|mensajitos|correos?(?: electronicos?)?|textos?|sms|emails?|mails?|publicidad|promociones?|"
    r"propaganda|informacion|llamadas?|anuncios?|ofertas?|notificaciones|avisos|comunicaciones|spam|boletines?|nada|basura|whatsapps?)"
)
DATA = r"(?:numeros?|correos?|datos|contactos?|telefonos?|celular|nombre|email|direccion(?:es)?|mail|informacion|registro|movil)"
LIST = r"(?:lista|listas|base|bases|base de datos|sistema|registros?|contactos|boletin|grupo de difusion|campana|envios|agenda|archivos|directorio|newsletter|correos|mailing|difusion|distribucion)"
DROP = r"(?:borr|quit|elimin|sac|saqu|remuev|remov|retir|suprim|exclu[iy]|tach|cancel|descart)(?:a|e|en|an|es|as|ad|ar|ir|er|o|alo|emos)?"
QUIT = r"(?:dej(?:a|e|en|ad|es|ar)|par(?:a|e|en|ad)(?:le|les)?|parenle|ces(?:e|en)|basta|eviten?|pueden? dejar|podrian? dejar|hagan? el favor de dejar|abstenganse|absten\w+|termin(?:en|e) )"

CLEAR = pattern(
    # No me escriban más; no vuelvan a llamarme; no quiero que me escriban.
    rf"(?:ya |por favor |favor de |mejor |que )?(?:no|nunca|jamas|ni) (?:me|nos|le|les)(?: vuelvan? a| sigan?)? {SENDING}(?: (?:mas|nada|nunca|ya|ningun|ninguna|otro|este tipo de|sus|estos|estas|otra vez|ni))*(?: {MESSAGE}|(?<=mas)|(?<=nada)|(?=$| ,)| por favor| gracias| otra vez)",
    rf"(?:no|nunca) (?:vuelvan?|vuelvas|sigan?) a {SENDING}|ya no {SENDING}|no {SENDING} (?:mas|nada)|(?:favor de|que|pido|ruego|rogamos|pedimos|solicito) no (?:me |nos )?(?:{TALK}|{SENDING})",
    rf"(?:deten|suspend|cancel|termin|fren|interrump)\w* (?:(?:los|las|sus|estos|estas|de|todos|el envio|envio|mas|con|ya|tus) )*{MESSAGE}|par(?:ar|en|e|ad) (?:(?:los|las|sus|estos|estas|con|de|ya|tantos) )*{MESSAGE}|dejar de recibir(?: \w+){{0,2}}|(?:pedido|dicho|pido|dije|pedi|digo|dijimos|pedimos)(?: \w+){{0,3}} que (?:ya )?(?:paren|pare|dejen|deje|no me|no nos)",
    rf"(?:ya |por favor |favor de |mejor |que )?(?:no|nunca|jamas|ni)(?: mas)? (?:me|nos|le|les)(?: (?:vuelvan?|vuelvas|volvais|sigan?|sigas|esten?|intenten))?(?: a)? {TALK}(?: (?:mas|nada|nunca|ya|otra vez|otro|ningun|ninguna|ni|{MESSAGE}|por favor|jamas|de nuevo|estos|estas|sus|este tipo de|a este (?:numero|correo)))*",
    rf"(?:no|nunca|jamas|ni se (?:le|les) ocurra|no se (?:atreva|atrevan) a?) (?:vuelvan?|volver|vuelvas|quiero que vuelvan?|siga?n?|sigas|insistan?) (?:a |mas )?{TALK}",
    rf"(?:ya )?(?:no|nunca) {TALK} (?:mas|nada mas|nunca|de nuevo|otra vez)|ya no {TALK}|no {TALK} (?:mas )?(?:por favor|gracias)",
    rf"no (?:quiero|queremos|deseo|deseamos|quisiera|necesito|necesitamos|pedi|autorizo|me interesa|nos interesa|quieren?)(?: (?:ya|mas|que|volver a|seguir))* (?:(?:me|nos) {TALK}|recibi(?:r|endo)|ser contactad\w+|saber (?:mas |nada )?de|(?:me|nos) {SENDING}|que (?:me|nos))(?: (?:{MESSAGE}|mas|sus|estos|este|esta|de|ustedes|ningun|otros|su|tipo))*",
    rf"no (?:quiero|queremos|deseo|deseamos|necesito|necesitamos|acepto) (?:ya )?(?:mas|sus|estos|estas|ningun(?:a)?|otros|su|recibir|tantos|tus|nada de)(?: (?:mas|sus|de sus|tus|estos|de este tipo de|tipo de|tipo|de))* (?:{MESSAGE}|ustedes|usted|ti)",
    rf"ya no (?:quiero|queremos|deseo|deseamos|necesito) (?:\w+ )?(?:{MESSAGE}|sus|recibir|estar|que)(?: \w+)?",
    r"(?:prefiero|preferimos|pido|pedimos|ruego|rogamos|solicito|solicitamos|agradeceria|agradecere|les pido|le pido)(?: \w+){0,2} (?:no recibir|no ser|que no (?:me|nos)|no (?:me|nos)|que dejen de|dejar de)(?: \w+)?",
    rf"{QUIT} (?:ya )?de (?:estar )?(?:{TALK}|spam|mand\w+|envi\w+|tanto mensaje|tantos (?:mensajes|correos)|{MESSAGE})",
    rf"(?:parenle|parale|parele|paren|pare|alto|basta|suficiente|stop|ya estuvo|no mas)(?: ya)? con (?:los|las|sus|tantos|esos|estos|tus)(?: \w+)? ?{MESSAGE}|no (?:me |nos )?(?:este|esten|ande|anden|siga|sigan|estes) {TALK}|no (?:escriban|escriba|escribas|llamen|llame|contacten|contacte|molesten|insistan|insista|texteen)(?=$| ,| a | por favor| otra vez| de nuevo)",
    r"(?:ser|sea|seamos|quede) (?:eliminad|borrad|excluid|retirad|removid|sacad)\w+|si (?:me|nos) (?:vuelven?|siguen?) a? ?\w+ (?:los|lo|les) (?:denunci|demand|report)\w+",
    # Baja and lists.
    r"(?:de|den|da|dad|dar|dese|deme|denme|dame|dadme)(?:me|nos|lo|la)? (?:por favor |ya |la |una )?(?:de )?baja(?! (?:medica|por (?!favor)|laboral))|(?:solicito|solicitamos|quiero|queremos|pido|pedimos|deseo|favor de dar|favor de|tramit\w+|gestion\w+|exijo)(?: (?:dar|darme|darnos|que me den|mi|la|una|mi|de|que|den|nos))* baja(?! (?:medica|por |laboral))|baja de (?:la|su|esta|sus) (?:lista|base|suscripcion|newsletter)|baja (?:definitiva|inmediata)",
    rf"{DROP}(?:me|nos|lo|los)(?: (?:ya|por favor|de (?:la|su|esta|sus|tu|ahi|aqui|todo|todas)|ahi|porfa|del?)(?: {LIST})?)*(?= |$)(?! (?:el|la|los|las|un|una|caer|pasar|pensar|saber|ver)\b)",
    rf"(?:me|nos) {DROP} (?:ya )?de(?: \w+){{1,2}}|(?:me|nos) dan de baja",
    rf"(?:me|nos) (?:puede|pueden|podria|podrian|puedes|podrias|pudieran) (?:{DROP}|dar de baja|eliminar|desuscribir)(?: de(?: \w+){{1,2}})?|(?:puede|pueden|podria|podrian|puedes|podrias)(?: por favor)? (?:(?:quitar|borrar|eliminar|sacar|remover|retirar|desuscribir)(?:me|nos)|dar(?:me|nos) de baja)",
    rf"{DROP} (?:ya |por favor )?(?:mi|mis|nuestro|nuestros|nuestra|este|a mi|el) (?:\w+ )?{DATA}(?! de (?:la casa|contacto del))",
    rf"(?:fuera|salir|salirme|quiero salir) de (?:la|su|esta|sus) {LIST}",
    r"(?:cancel\w*|anul\w*|termin\w+)(?: (?:mi|la|esta|mis|nuestra|ya|por favor|las))* (?:suscripcion(?:es)?|subscripcion|notificaciones|mensajes|alertas|sms)(?! (?:en cualquier))|de?suscrib\w+|de?subscrib\w+|desinscri\w+",
    # No more of it; consent; idioms.
    rf"(?:dej|par)(?:e|en|a|ad|es)(?:me|nos) (?:ya )?de {TALK}",
    rf"(?:que )?(?:sea|fuera|espero que sea) (?:esta |este )?(?:la |el )?ultim[ao] (?:vez|{MESSAGE})(?: que| de)?(?: \w+){{0,3}}|(?:ultima vez|ultimo mensaje) que (?:me|nos|le|les) \w+",
    rf"(?:evit|absten|dej|ces|par)(?:e|en|a|ad|ar)(?: por favor)? (?:{STEM}|{SENDING})(?:ar|ir|er)?(?:me|nos|le)(?=$| )|(?:evit\w+|abst\w+)(?: de| por favor| todo| cualquier| mas)* (?:contacto|{TALK}|{MESSAGE})|(?:ces|termin|acab|suspend)(?:e|en|an|a) (?:ya )?(?:con )?(?:los|las|sus|estos|estas|tantos|todos los|todas las) {MESSAGE}",
    rf"(?:ya )?no (?:quiere|desea|quieren|desean|necesita|necesitan)(?: (?:que|ya|mas|volver a|seguir|le|les))* (?:recibi(?:r|endo)|ser (?:contactad|molestad)\w+|saber (?:mas |nada )?de|{TALK})(?: (?:{MESSAGE}|mas|sus|estos|de|ustedes))*",
    rf"(?:no|ni un|ni una|ningun|basta de|cero|sin) (?:mas|otro|otra|solo|sola|tantos|un mas) {MESSAGE}(?! (?:de texto )?(?:para|pendiente))(?: mas)?|(?:ni|nunca) un(?:a)? {MESSAGE} mas|no mas(?=$| ,)",
    r"(?:revoc|revoqu|retir|cancel|anul)(?:o|amos|ar|e|en)(?: (?:mi|el|la|todo|cualquier|nuestro|nuestra))* (?:consentimiento|autorizacion|permiso)|no (?:tienen?|tiene|cuentan? con)(?: mi| el| ningun)? (?:permiso|autorizacion|consentimiento)|alto a (?:los|las|sus|estos) (?:mensajes|correos|llamadas|textos)|no (?:autorizo|autorizamos|doy|damos|consiento|he dado|di)(?: (?:mi|el|ningun|al|a))*(?: (?:permiso|autorizacion|consentimiento|uso|que|tratamiento|recibir|usar|utilizar))+|me opongo (?:al?|a que)|ejerzo mi derecho|derecho de (?:supresion|oposicion|cancelacion)",
    r"dej(?:a|e|en|ad)(?:me|nos|lo|la)? (?:ya )?(?:en paz|tranquil\w+|de molestar|de joder)|olvid(?:a|e|en)(?:te|se)? (?:de )?(?:mi|este|nosotros|nuestro|de mi)(?: \w+)?|pierd(?:a|an|e) mi (?:numero|contacto)|largo de aqui|larguense|vayanse (?:a la|al)|no (?:me|nos) (?:chingu|jod|fastidi|incomod|acos)\w+|no vuelvan",
    rf"(?:otro|un|el proximo|proximo|siguiente|una|otra|proxima)(?: \w+)? (?:{MESSAGE}|vez)(?: mas)? .{{0,40}}(?:abogado|policia|denunci\w+|demand\w+|reporto|bloque\w+)",
    r"(?:pong|pon|incluy|agregu)\w*(?:me|nos) en (?:la|su) lista (?:de )?(?:no llamar|negra|robinson|exclusion)",
)  # fmt: skip

SAFE = pattern(
    r"(?:pare|paren|para|deje|dejen|deja) de (?:buscar|dudar|esperar|pensar\w*|sufrir|preocupar\w+|pagar|perder|trabajar|alquilar|rentar)",
    r"se (?:dio|dieron|ha dado|han dado|habia dado) de baja (?:de[l]?|en)(?! (?:su|sus|esta|estas|tu|la) (?:lista|base|boletin|newsletter))(?: \w+){1,2}|(?<!ya )(?<!si )par(?:a|e|en|o|amos) (?:frente|enfrente|junto|delante|cerca|detras|afuera|ahi mismo)(?: \w+){0,2}|(?:^|, )(?:alto|pare|espere) , (?:y )?(?:cuanto|cuantos|cual|a que precio|cuando)(?: \w+){0,3}",
    rf"no (?:le |les |lo |la |los )?{TALK} (?:a|al)(?! (?:este|esta|nosotros|nadie|(?:mi|nuestro|nuestra) (?:numero|correo|telefono|celular|casa|email|madre|padre|esposa|esposo|familia))\b)(?: \w+){{1,3}} , (?:mejor |sino |solo )?{TALK}",
    r"no (?:he |hemos )?(?:recib(?:i|imos|ido|io)|tengo|tenemos|veo|vi|encuentr\w+|encontre|me (?:ha |han )?lleg\w+|nos lleg\w+|lleg\w+|uso|entr\w+)(?: \w+){0,3}",
    r"no (?:me |nos |lo |la |los |las |te )?(?:pares|pare|paren|dejes|deje|dejen|cancel\w+|borr\w+|elimin\w+|quit\w+|saqu\w+|olvid\w+|den|de|des|tachen)(?: (?:de (?:baja|la|su|enviar\w*|escribir\w*|mandar\w*|avisar\w*|\w+(?:ar|er|ir)(?:me|nos)?)))?(?: \w+)?",
    r"parad[ao]s?|(?:el|un|los|cada) (?:stop|alto) (?:de|en|del|que)(?: \w+)?|(?:que tan|tan|mas|muy|el|es|lo|un|bastante|demasiado|edificio|techo|piso|costo|precio) altos?|alto(?:s)? (?:es|el|costo|precio|nivel|ahi|rendimiento|riesgo|y|,)|(?:vuelo|tren|bus|avion|autobus) para en|para (?:manana|el|la|los|las|mi|que|un|una|su|sus|poder|confirmar|esa|ese|eso|este|esta|cuando|todo|hacer|alla|aca|nosotros|ti|usted|ustedes|\w+r|\w+r(?:me|nos|lo|la)|siempre|ver|nada|ambos|dos|\d+)|(?:es|va|eso|son|y) para",
    r"(?:fin|fines|final) de (?:semana|mes|ano|cuentas|la|el|curso|julio|junio)(?: \w+)?|al? fin(?:al)?|sin fin|en fin",
    r"(?:planta|mas|muy|tasa|temporada|parte|tan|gama|presion|calidad|zona|clase|precio|lo) baja|(?:en|durante|por|de) la baja(?! de)|baja(?:r|n|mos|me|nos)? (?:el|la|un|los|las|de precio|tu|su|al|a|medica|temporada|laboral|calidad|presion|por (?!favor))(?: \w+)?|(?<!me )(?<!nos )(?<!dar )(?<!den )(?:de|por) baja (?:medica|por (?!favor)|laboral|hasta)(?: \w+)?|a la baja|baja por (?:la|el|maternidad|enfermedad|paternidad)",
    r"(?:con eso|con|me|solo|nos) basta(?: con)?(?: \w+)?|basta (?:con(?! (?:los|las|sus|tantos|esos|estos) (?:mensajes|correos|textos|llamadas|sms))|decir|saber|ver|mirar)(?: \w+){1,3}|bastante|basta(?:ria|ra)",
    r"(?:cancel(?:ar|o|e|en|amos|aron|ado|acion|aciones|a)|anul(?:ar|en|e|o|acion))(?: (?:el|la|los|las|un|una|mi|su|este|esta|otra|otro|nuestro|nuestra|sin|con|con|del|de|por|antes|en|hasta|gratis|la otra))+ (?!suscripcion|subscripcion|consentimiento|autorizacion|permiso|mensajes|sms|notificaciones|alertas)\w+|(?:se puede|puedo|podemos|puede|pueden|hay que|poder|debo|quiero|para|politica de|gastos de|penalidad por|al|de|si) cancel(?:ar|acion|amos)(?! (?:la |mi |los |las |estos |todos )*(?:su[bs]|mensajes|correos|alertas|notificaciones|sms|textos))|cancelacion(?:es)?|(?:fue|esta|queda) cancelad[oa]",
    r"(?:borr|quit|elimin|sac|saqu|retir|tach|suprim)\w* (?:por favor )?(?:el|la|los|las|un|una|ese|esa|del|al)(?! (?:consentimiento|autorizacion|permiso|baja))(?: (?!mi|mis|nuestro)\w+)?(?: (?:\d+|extra|de \w+|del \w+))?(?! (?:mi|mis|nuestro))|(?:borr|quit|elimin|sac|saqu|retir)\w* mi (?:oferta|casa|propiedad|nombre de[l]? (?:contrato|escritura|titulo))",
    rf"no (?:me|nos|lo|la) ?(?:{TALK}|{SENDING}) (?:el|la|los|las|un|una|al?|eso|esto|hoy por la|ese|esa|por) (?!(?:{MESSAGE}|favor|este|otra|mi)\b)\w+(?: por \w+)?",
    r"(?:no hay|no tengo|no tenemos|hay|sin) mas (?:preguntas|dudas|que|detalles|comentarios)|no mas (?:preguntas|dudas|de|que|tarde)(?: \w+)?|no (?:quiero|deseo) (?:mas )?(?:esperar|pagar|gastar|perder|vender)(?: \w+)?",
    r"si (?:ya )?no (?:desea|quiere|deseas|quieres)(?: \S+){0,20}|para (?:darse|dejar|cancelar|no|desuscribirse|dar de)(?: de)?(?: \w+)? (?:baja|recibir|su|seguir)?(?: \S+){0,10}|(?:responda|responde|envie|envia|escriba|conteste|mande)(?: con| la palabra| un)? (?:baja|stop|alto|no|salir|parar|cancelar)(?: \w+){0,5}|si usted no es el destinatario(?: \S+){0,20}|(?:haga|haz) clic(?: \w+){0,8}",
    r"(?:diles|dile|dije|dijo|pedi|pidio) (?:al?|a la|a los) \w+ que (?:\w+ )?(?:pare|deje|cancele)\w*(?: \w+){0,2}|(?:el|la|ellos|ella|cliente|vecino|que|quien) (?:para|deja|cancelo|cancela|quita)(?! de)(?: \w+)?",
    r"dejen? (?:el|la|los|las|un|una|que|saber|me saber)(?: \w+)?|dejeme (?:saber|ver|pensar\w*|consultar\w*|revisar|hablar|preguntar)|dejame (?:saber|ver|pensar\w*|consultar\w*|revisar|hablar|preguntar)|dejenos (?:saber|ver|revisar|consultar\w*)|(?:saq|sac)\w+ (?:fotos|cita|copia)|quitarme (?:la|el|un)|retirar(?:me)? (?:el|la) \w+",
)  # fmt: skip

HINTS = pattern(
    r"como (?:me|nos|puedo|podemos|hago|hacer)(?: \w+){0,3} (?:baja|desuscrib\w+|salir|cancel\w+|dejar de recibir|borrar\w*|quitar\w*)",
    r"(?:de )?donde (?:sacaron|saco|sacaste|obtuvo|obtuvieron|consigui\w+|tienen?|tomaron|encontr\w+)(?: \w+)? (?:mi|mis|este|nuestro)(?: \w+)?|como (?:consigui\w+|obtuvi\w+|tienen?|sacaron|obtuvo)(?: \w+)? (?:mi|este|nuestro)(?: \w+)?|quien (?:le|les|te) (?:dio|paso|facilito) (?:mi|este)",
    r"(?:voy a|vamos a|los|lo|les|te|pienso|procedere a) (?:voy a )?(?:denunci\w+|reportar\w*|bloque\w+|demandar\w*)|(?:esto|es|son|eso) (?:es |puro |un )*(?:acoso|spam|hostigamiento|ilegal)",
    r"ya no trabaj\w+(?: \w+)?|(?:no|ya no) labora|numero equivocado|persona equivocada|se (?:equivoco|equivocaron|equivoca) de|(?:este )?(?:es|no es) (?:un )?(?:mi )?telefono de empresa|no (?:soy|es) (?:el|la) (?:dueno|duena|propietari\w+)|fallecio|murio",
    r"(?:demasiados|muchos|tantos|menos) (?:mensajes|correos|textos|mails)|(?:solo|solamente|unicamente|mejor) (?:por )?(?:correo|email|telefono|whatsapp|mensaje|llamada)|por que (?:me|nos) (?:escrib|mand|envi|llam|contact|sigu)\w+|(?:lista|registro) (?:robinson|de no llamar|publico para evitar)|no (?:estoy|estamos|me|nos) interes\w+|no (?:me )?mole(?:ste|sten|stes)",
    rf"no (?:me|nos) {TALK}|(?:como|donde) (?:cancelo|paro|salgo|borro)(?: \w+)?|(?:me|nos) tienen? hart\w+|hart[oa]s? de",
)  # fmt: skip

SPANISH = Tongue(
    per_se=words(
        """parar|paren|pare ya|paren ya|basta ya de mensajes|detener|detengan|detenganse|dar de baja|darme de baja|
        deme de baja|denme de baja|dame de baja|dese de baja|baja lista|desuscribir|desuscribirme|desuscribirse|
        desuscribanme|desuscribeme|cancelar suscripcion|anular suscripcion|no mas textos|no mas mensajes|
        no mas correos|alto ya|no me escriban|no me escriba|no me llamen|no contactar|no llamar|no molestar|
        no enviar mas|no enviar|borrenme|borreme|borrame|eliminenme|eliminame|quitenme|quiteme|quitame|saquenme|saqueme|sacame|bajenme|bajame|
        dejenme en paz|dejeme en paz|dejame en paz|no escribir|remover|removerme|quiero salir|
        stop mensajes|parar mensajes|cancelar mensajes|no mas sms|darse de baja|quiero baja|solicito baja|pido baja"""
    ),
    whole=words(
        """alto|pare|para ya|basta|baja|bajas|cancelar|cancele|cancelen|salir|no mas|terminar|finalizar|anular|
        eliminar|borrar|quitar|baja ya|alto alto|ya paren|ya pare|ya no mas|ni uno mas|cese|cesar|suspender|
        suspendan|suprimir|remuevan|retirar|fuera|parad|larguense|no joda|no jodan|nunca mas"""
    ),
    refusals=words(
        """no|nada|para|fin|ya basta|ya no|suficiente|cancelado|cancelada|no gracias|no me interesa|no nos interesa|
        tal vez despues|mas tarde|despues|luego|ahora no|por ahora no|no por ahora|no por el momento|numero equivocado|
        equivocado|quien es|quien eres|quien habla|quien es usted|menos mensajes|esta semana no|hoy no|estoy de vacaciones|adios|chao|
        ya no trabaja aqui|no moleste|no molesten|no molestes|solo correo|ya compre|ya lo vendi|ya vendi|ya la vendi|fallecio|murio|spam|estafa|
        este es un telefono de empresa|dejelo asi|dejalo asi|dejalo|dejelo|dejen|no quiero|no queremos|no lo necesito|no necesito|
        no hace falta|ya tengo|ya tenemos|no insista|no insistan|que|que es esto|y usted quien es|
        los voy a bloquear|voy a denunciarlos|bloqueado|no soy yo|no lo conozco|no vive aqui|pausa|nunca|jamas|otro dia|ahorita no|no hablo ingles|no hablo espanol|no insista|no vendo|no esta en venta|se equivoco"""
    ),
    polite=words(
        """por|favor|porfavor|porfa|xfa|gracias|ya|hola|buenas|buenos|dias|tardes|noches|senor|senora|senores|ahora|
        mismo|inmediatamente|urgente|oiga|mil|muchas|saludos|disculpe|perdon|si|pues|y|de|una|vez|bueno|todo|esto|fa|plis"""
    ),
    clear=CLEAR,
    safe=SAFE,
    hints=HINTS,
    triggers=pattern(
        r"alto|basta|baja(?=$| ,| de la| de su| ya)|no mas|pare|paren|parar|desuscri\w+|dejen de|deje de|spam|acoso|denunci\w+|bloque\w+|abogado|"
        r"no (?:me|nos) (?:escrib|llam|mand|envi|contact|molest)\w+|no (?:me|nos) interesa|numero equivocado|fastidi\w+|jod\w+|consentimiento|autoriz\w+ (?:el|que|a)|(?:no|ni|sin|deje\w*|pare\w*)(?: \w+){0,4} (?:mensajes?|correos?|textos?|sms|llamadas|publicidad|llamarme|escribirme|contactarme|molestar\w*)"
    ),
    brief=pattern(r"de vacaciones|fuera de la oficina|(?:ya|se) (?:la |lo |se )?(?:vend|compr|jubil|mud)\w+|no (?:soy|es|vive|estoy)(?: \w+){1,3}|no gracias|quien es|aqui no|esta (?:muert|fallecid)\w+|solo (?:llamadas|correo|whatsapp|mensajes)|en vez de|hoy no|no hoy|mas tarde|despues|tal vez|quizas|no quiero|quien (?:me|le) dio|por que tanto"),
    asks=pattern(r"(?:, )?(?:y |oiga |hola |disculpe )*(?:como|donde|cuando|que|quien|por que|puedo|podemos|se puede|es|hay|debo|si|tengo que|cual)"),
    unless=pattern(r"si(?! no (?:dejan|paran)| es posible)|a menos|salvo que|hasta que|cuando"),
    later=pattern(
        r"(?:, )?(?:mas )?(?:ahora|hoy|manana|antes|despues de|a esta|a estas|hasta|esta semana|este (?:mes|fin)|los (?:domingos|sabados|lunes|fines)|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)|por (?:la|las) (?:noche|manana|tarde|noches|mananas)|por ahora|por el momento|tan (?:temprano|tarde|seguido)|tanto|tantas|en horas|de noche|mientras|durante|cada)"
    ),
    instead=pattern(
        r"(?:solo|solamente|mejor|unicamente|prefiero|sino|pero si|pero) (?:\w+ ){0,2}(?:correo|email|telefono|whatsapp|mensaje|mensajes|texto|llam\w+|escrib\w+|por)|(?:llam|escrib|mand|envi)\w*(?:me|nos) (?:a|al|mejor|manana|el|la|despues|luego|por|mas tarde|cuando)|paso a recog\w+|despues si|luego (?:si|hablamos)|manana (?:si|hablamos|puedo|mejor|le|te)|por la tarde (?:si|puedo|mejor)"
    ),
)  # fmt: skip
