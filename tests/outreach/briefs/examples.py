"""Briefs as clients write them, with what must be understood; today is Saturday, 21 Nov 2026."""

from datetime import date
from typing import Any

TODAY = date(2026, 11, 21)

# (brief, category, the constraints that must come out)
ENGLISH: list[tuple[str, str, dict[str, Any]]] = [
    (
        "I need a light jet from Teterboro to Aspen on March 15 for 4 passengers",
        "private_jet",
        {"origin": "TEB", "destination": "ASE", "date": "2027-03-15", "passengers": 4,
         "aircraft_class": "light"},
    ),
    (
        "TEB-ASE 3/15, 4 pax, light jet",
        "private_jet",
        {"origin": "TEB", "destination": "ASE", "date": "2027-03-15", "passengers": 4},
    ),
    (
        "jet nyc to miami 3/15 4 pax",
        "private_jet",
        {"origin": "NYC", "destination": "MIA", "date": "2027-03-15", "passengers": 4},
    ),
    (
        "Fly 6 of us from Van Nuys to Cabo on December 20, back on Dec 27, budget up to 60k",
        "private_jet",
        {"origin": "VNY", "destination": "SJD", "date": "2026-12-20", "return_date": "2026-12-27",
         "passengers": 6, "budget": "60000", "trip_type": "round_trip"},
    ),
    (
        "Round-trip charter from Nashville to Nantucket, July 2 to 6, for 7 passengers.",
        "private_jet",
        {"origin": "BNA", "destination": "ACK", "date": "2027-07-02", "return_date": "2027-07-06",
         "passengers": 7, "trip_type": "round_trip"},
    ),
    (
        "One-way charter from Denver Centennial to Cabo San Lucas for a party of six, tomorrow",
        "private_jet",
        {"origin": "APA", "destination": "SJD", "date": "2026-11-22", "passengers": 6,
         "trip_type": "one_way"},
    ),
    (
        "Heavy jet, London to Dubai in two weeks, 2 adults and 3 children, departing at 9am",
        "private_jet",
        {"origin": "LON", "destination": "DXB", "date": "2026-12-05", "passengers": 5,
         "aircraft_class": "heavy", "departure_time": "09:00"},
    ),
    (
        "One-week motor yacht charter in Croatia, 20 to 27 June, for 9 guests.",
        "yacht_charter",
        {"area": "Croatia", "start_date": "2027-06-20", "end_date": "2027-06-27", "guests": 9,
         "yacht_type": "motor"},
    ),
    (
        "yacht in the Cyclades for a week from August 3 for 10 guests, catamaran",
        "yacht_charter",
        {"area": "Cyclades", "start_date": "2027-08-03", "end_date": "2027-08-10", "nights": 7,
         "guests": 10, "yacht_type": "catamaran"},
    ),
    (
        "Villa in Tuscany for 8 people, July 4 to 18, with pool, under €15k",
        "villa_rental",
        {"location": "Tuscany", "check_in": "2027-07-04", "check_out": "2027-07-18", "nights": 14,
         "guests": 8, "pool": True, "budget": "15000"},
    ),
    (
        "House on the Île de Ré from 4 to 18 July for 8 people.",
        "villa_rental",
        {"location": "Île de Ré", "check_in": "2027-07-04", "check_out": "2027-07-18", "guests": 8},
    ),
    (
        "Canapés and wine for a book launch in Edinburgh on 9 July for 70 guests.",
        "catering",
        {"location": "Edinburgh", "date": "2027-07-09", "guests": 70, "occasion": "launch"},
    ),
    (
        "Dinner catering for 40 guests in New York on May 20, plated, budget $9,000",
        "catering",
        {"location": "New York", "date": "2027-05-20", "guests": 40, "service_style": "plated",
         "budget": "9000"},
    ),
    (
        "Private room for a tasting dinner in Charleston on March 28 for 30 guests.",
        "event_venue",
        {"location": "Charleston", "date": "2027-03-28", "guests": 30, "occasion": "dinner"},
    ),
    (
        "Need a venue in Brooklyn for 80 guests on June 5, birthday, 6 hours",
        "event_venue",
        {"location": "Brooklyn", "date": "2027-06-05", "guests": 80, "occasion": "birthday",
         "duration_hours": 6},
    ),
    (
        "Sprinter van with driver for a wine tour in Sonoma on April 4 for 10 people, eight hours.",
        "ground_transport",
        {"location": "Sonoma", "date": "2027-04-04", "passengers": 10, "hours": 8,
         "vehicle": "Sprinter van"},
    ),
    (
        "Sprinter for 10 people from JFK to Greenwich, CT on May 4 at 3:30pm",
        "ground_transport",
        {"origin": "JFK", "destination": "Greenwich, CT", "date": "2027-05-04", "passengers": 10,
         "pickup_time": "15:30"},
    ),
    (
        "Two large lobby arrangements for an office opening in Baltimore on May 20.",
        "floristry",
        {"location": "Baltimore", "date": "2027-05-20", "arrangements": 2, "occasion": "opening"},
    ),
    (
        "wedding flowers in miami, march 3, 14 centerpieces",
        "floristry",
        {"location": "miami", "date": "2027-03-03", "arrangements": 14, "occasion": "wedding"},
    ),
    (
        "Headshots for a law firm in Houston on May 12, 14 people.",
        "photography",
        {"location": "Houston", "date": "2027-05-12", "people": 14},
    ),
    (
        "Need a photographer for a wedding in Tuscany on 12 September, 8 hours",
        "photography",
        {"location": "Tuscany", "date": "2027-09-12", "hours": 8, "occasion": "wedding"},
    ),
    (
        "Livestream and two-camera coverage of a shareholder meeting in Boston on June 10.",
        "av_production",
        {"location": "Boston", "date": "2027-06-10", "cameras": 2, "livestream": True},
    ),
    (
        "Sound system and LED wall for a conference in Chicago next Friday, 200 attendees",
        "av_production",
        {"location": "Chicago", "date": "2026-11-27", "attendees": 200},
    ),
    (
        "Overnight guards at a film location in Burbank for four nights, June 1 to 4, two guards.",
        "security",
        {"location": "Burbank", "start_date": "2027-06-01", "end_date": "2027-06-04", "nights": 4,
         "agents": 2},
    ),
    (
        "Two bodyguards in Mexico City from June 3 to June 6, 12 hours a day, armed",
        "security",
        {"location": "Mexico City", "start_date": "2027-06-03", "end_date": "2027-06-06",
         "agents": 2, "hours_per_day": 12, "armed": True},
    ),
    (
        "translate a 5,000 word contract from English into Japanese by March 3",
        "translation",
        {"language_pair": "EN-JA", "word_count": 5000, "deliver_by": "2027-03-03"},
    ),
    (
        ("Consecutive interpreter (Russian-German) in St Petersburg on 28 and 29 April, eight hours"
        " a day."),
        "translation",
        {"language_pair": "RU-DE", "location": "St Petersburg", "start_date": "2027-04-28",
         "end_date": "2027-04-29", "hours_per_day": 8, "service": "interpreting"},
    ),
    (
        "2,000 saddle-stitched programs, 16 pages, for a gala in Miami on February 21.",
        "printing",
        {"quantity": 2000, "pages": 16, "item": "programs", "deliver_to": "Miami",
         "deliver_by": "2027-02-21"},
    ),
    (
        "Need 500 business cards printed by next Friday in Boston",
        "printing",
        {"quantity": 500, "item": "business cards", "deliver_by": "2026-11-27",
         "deliver_to": "Boston"},
    ),
    (
        "Outsourced help desk for a 22-person firm in Pittsburgh, monthly price.",
        "it_services",
        {"location": "Pittsburgh", "users": 22, "price_wanted": "per month"},
    ),
    (
        "IT support for 25 users in Austin, 24/7",
        "it_services",
        {"location": "Austin", "users": 25, "support_hours": "24/7"},
    ),
    (
        ("Private nurse for post-surgery recovery at home in Beverly Hills for ten days from"
        " June 15."),
        "medical_concierge",
        {"location": "Beverly Hills", "start_date": "2027-06-15", "days": 10,
         "end_date": "2027-06-24"},
    ),
    (
        "Road freight of 3 pallets from Rotterdam to Warsaw, pickup 24 March.",
        "freight",
        {"origin": "Rotterdam", "destination": "Warsaw", "pallets": 3, "date": "2027-03-24",
         "mode": "road"},
    ),
    (
        "Move 2 pallets (850 lbs) from Chicago to Denver, pickup tomorrow",
        "freight",
        {"origin": "Chicago", "destination": "Denver", "pallets": 2, "weight_kg": 386,
         "date": "2026-11-22"},
    ),
    (
        "Transport of a fragile glass installation from Cologne to Copenhagen in May.",
        "art_shipping",
        {"origin": "Cologne", "destination": "Copenhagen", "date": "2027-05", "fragile": True},
    ),
    (
        "Ship 3 paintings from London to New York on April 4, insured for £200,000",
        "art_shipping",
        {"origin": "London", "destination": "New York", "pieces": 3, "declared_value": "200000"},
    ),
    (
        "Furnishing plan for a pied-à-terre in Tribeca, two bedrooms.",
        "interior_design",
        {"location": "Tribeca", "bedrooms": 2},
    ),
    (
        "Interior designer for a 4 room apartment in Chicago, 1,800 sq ft, modern",
        "interior_design",
        {"location": "Chicago", "rooms": 4, "area_sqft": 1800, "style": "modern"},
    ),
    (
        "Install artificial turf and lighting in a backyard in Scottsdale in April.",
        "landscaping",
        {"location": "Scottsdale", "start": "2027-04", "work": "artificial turf, lighting"},
    ),
    (
        "Garden design for 2,000 sq ft in Austin, TX",
        "landscaping",
        {"location": "Austin, TX", "area_sqft": 2000, "work": "garden design"},
    ),
    (
        "Ten office chairs for an office in Düsseldorf.",
        "office_furniture",
        {"location": "Düsseldorf", "quantity": 10, "item": "office chairs"},
    ),
    (
        "20 standing desks delivered to Berlin by January 15",
        "office_furniture",
        {"location": "Berlin", "quantity": 20, "item": "standing desks",
         "deliver_by": "2027-01-15"},
    ),
    (
        "Emerald ring, Colombian, at least 4 carats, for an anniversary in April.",
        "jewelry",
        {"item": "ring", "stone": "emerald", "min_carat": 4, "needed_by": "2027-04"},
    ),
    (
        ("Diamond engagement ring, 2 carats, platinum, needed by February 10, ring size 6.5,"
        " under $30k"),
        "jewelry",
        {"item": "ring", "stone": "diamond", "min_carat": 2, "metal": "platinum",
         "needed_by": "2027-02-10", "ring_size": "6.5", "budget": "30000"},
    ),
    (
        "Need a jet TEB to VNY 12/18 return 12/22, 6 pax, super-midsize, wheels up 10:00, two dogs",
        "private_jet",
        {"origin": "TEB", "destination": "VNY", "date": "2026-12-18", "return_date": "2026-12-22",
         "passengers": 6, "aircraft_class": "super_midsize", "departure_time": "10:00", "pets": 2},
    ),
    (
        "jet from teterboro to aspen on march 15 for four people",
        "private_jet",
        {"origin": "TEB", "destination": "ASE", "date": "2027-03-15", "passengers": 4},
    ),
    (
        "book me a jet Teterboro-Aspen 15 March 4pax",
        "private_jet",
        {"origin": "TEB", "destination": "ASE", "date": "2027-03-15", "passengers": 4},
    ),
    (
        "Charter for 12 people: Dallas -> Cabo, depart Feb 12 return Feb 16, heavy jet preferred",
        "private_jet",
        {"origin": "DAL", "destination": "SJD", "date": "2027-02-12", "return_date": "2027-02-16",
         "passengers": 12, "aircraft_class": "heavy"},
    ),
    (
        ("A round-trip jet between London Luton and Nice, out 3 June, back 7 June, 8 people,"
        " £40,000 max"),
        "private_jet",
        {"origin": "LTN", "destination": "NCE", "date": "2027-06-03", "return_date": "2027-06-07",
         "passengers": 8, "budget": "40000"},
    ),
    (
        "We're a family of five flying from San Francisco to Maui on 22 December",
        "private_jet",
        {"origin": "SFO", "destination": "OGG", "date": "2026-12-22", "passengers": 5},
    ),
    (
        "Looking for a villa in Mykonos, 10 guests, 5 bedrooms with pool, 1-8 August",
        "villa_rental",
        {"location": "Mykonos", "check_in": "2027-08-01", "check_out": "2027-08-08", "guests": 10,
         "bedrooms": 5, "pool": True},
    ),
    (
        "Boxed lunches for 25 people at our office in Austin tomorrow",
        "catering",
        {"location": "Austin", "date": "2026-11-22", "guests": 25, "service_style": "boxed"},
    ),
    (
        "Close protection for a CEO in London, 3 days from 14 April, 2 agents",
        "security",
        {"location": "London", "start_date": "2027-04-14", "end_date": "2027-04-16", "agents": 2},
    ),
    (
        "Sapphire engagement ring, at least 3 ct, white gold, size 6, before Valentine's Day",
        "jewelry",
        {"stone": "sapphire", "min_carat": 3, "metal": "white gold", "needed_by": "2027-02-14"},
    ),
    (
        "New lawn and irrigation for a 500 m² garden in Munich, start in April",
        "landscaping",
        {"location": "Munich", "area_sqft": 5382, "work": "lawn, irrigation", "start": "2027-04"},
    ),
    (
        "Air freight 450kg from Frankfurt to Chicago on 12 January",
        "freight",
        {"origin": "Frankfurt", "destination": "Chicago", "weight_kg": 450, "mode": "air"},
    ),
    (
        "Managed IT for our office of 45 employees in Chicago",
        "it_services",
        {"location": "Chicago", "users": 45},
    ),
]  # fmt: skip

OTHER_LANGUAGES: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        ("Necesito un jet privado de Madrid a Ibiza el 4 de julio para 6 pasajeros, presupuesto"
        " 12.000 €"),
        "es",
        "private_jet",
        {"origin": "MAD", "destination": "IBZ", "date": "2027-07-04", "passengers": 6,
         "budget": "12000"},
    ),
    (
        "Servicio de catering en Valencia para 40 invitados el 15 de mayo",
        "es",
        "catering",
        {"location": "Valencia", "date": "2027-05-15", "guests": 40},
    ),
    (
        "Traducción jurada de 20 páginas del español al inglés",
        "es",
        "translation",
        {"language_pair": "ES-EN", "pages": 20},
    ),
    (
        "Buscamos una villa en Mallorca del 4 al 18 de julio para 8 personas, con piscina",
        "es",
        "villa_rental",
        {"location": "Mallorca", "check_in": "2027-07-04", "check_out": "2027-07-18", "guests": 8,
         "pool": True},
    ),
    (
        "Je cherche un jet privé de Paris à Nice le 12 juin pour 5 passagers, retour le 15 juin",
        "fr",
        "private_jet",
        {"origin": "PAR", "destination": "NCE", "date": "2027-06-12", "return_date": "2027-06-15",
         "passengers": 5},
    ),
    (
        "Traiteur pour un mariage à Lyon le 20 septembre, 120 invités, buffet",
        "fr",
        "catering",
        {"location": "Lyon", "date": "2027-09-20", "guests": 120, "occasion": "wedding",
         "service_style": "buffet"},
    ),
    (
        "Traduction de 10 pages du français vers l'anglais",
        "fr",
        "translation",
        {"language_pair": "FR-EN", "pages": 10},
    ),
    (
        "Nous cherchons un garde du corps à Genève du 3 au 6 mars, deux agents",
        "fr",
        "security",
        {"location": "Genève", "start_date": "2027-03-03", "end_date": "2027-03-06", "agents": 2},
    ),
    (
        "Wir brauchen einen Privatjet von München nach Zürich am 3. März für vier Passagiere",
        "de",
        "private_jet",
        {"origin": "MUC", "destination": "ZRH", "date": "2027-03-03", "passengers": 4},
    ),
    (
        "Catering für 60 Gäste in Hamburg am 5. Mai, Buffet, Budget 4.000 €",
        "de",
        "catering",
        {"location": "Hamburg", "date": "2027-05-05", "guests": 60, "budget": "4000"},
    ),
    (
        "Übersetzung eines Vertrags, 12 Seiten, Deutsch-Englisch, bis 15.12.",
        "de",
        "translation",
        {"language_pair": "DE-EN", "pages": 12, "deliver_by": "2026-12-15"},
    ),
    (
        "Zehn Bürostühle für ein Büro in Köln bis zum 1. Februar",
        "de",
        "office_furniture",
        {"location": "Köln", "quantity": 10, "deliver_by": "2027-02-01"},
    ),
    (
        "Нужен частный самолёт из Москвы в Ниццу 15 марта на 4 пассажира",
        "ru",
        "private_jet",
        {"origin": "MOW", "destination": "NCE", "date": "2027-03-15", "passengers": 4},
    ),
    (
        "Нужен кейтеринг на 50 гостей в Москве 12 декабря, фуршет",
        "ru",
        "catering",
        {"location": "Москве", "date": "2026-12-12", "guests": 50},
    ),
    (
        "Перевести договор, 15 страниц, с русского на немецкий до 1 марта",
        "ru",
        "translation",
        {"language_pair": "RU-DE", "pages": 15, "deliver_by": "2027-03-01"},
    ),
    (
        "Ищем яхту с 4 по 11 июля для 8 гостей, парусная яхта",
        "ru",
        "yacht_charter",
        {"start_date": "2027-07-04", "end_date": "2027-07-11", "guests": 8,
         "yacht_type": "sailing"},
    ),
    (
        "Busco fotógrafo para una boda en Sevilla el 20 de junio, 8 horas",
        "es",
        "photography",
        {"location": "Sevilla", "date": "2027-06-20", "hours": 8, "occasion": "wedding"},
    ),
    (
        "Location de villa à Saint-Tropez du 1er au 15 août pour 10 personnes, 5 chambres",
        "fr",
        "villa_rental",
        {"location": "Saint-Tropez", "check_in": "2027-08-01", "check_out": "2027-08-15",
         "guests": 10, "bedrooms": 5},
    ),
    (
        "Spedition: 5 Paletten, 1.200 kg, von Stuttgart nach Lyon, Abholung am 8. Februar",
        "de",
        "freight",
        {"origin": "Stuttgart", "destination": "Lyon", "pallets": 5, "weight_kg": 1200,
         "date": "2027-02-08"},
    ),
    (
        "Трансфер из Шереметьево в Москву завтра в 18:30, 3 пассажира",
        "ru",
        "ground_transport",
        {"date": "2026-11-22", "pickup_time": "18:30", "passengers": 3},
    ),
    (
        "Jet privato da Milano a Olbia il 5 agosto per 6 persone",
        "it",
        "private_jet",
        {"origin": "MIL", "destination": "OLB", "date": "2027-08-05", "passengers": 6},
    ),
    (
        "Jatinho de São Paulo para o Rio de Janeiro em 10 de dezembro para 4 passageiros",
        "pt",
        "private_jet",
        {"origin": "SAO", "destination": "RIO", "date": "2026-12-10", "passengers": 4},
    ),
]  # fmt: skip
