"""The law as the fact sheet tells it, written down a second time: nothing here is the desk's.

What the desk ships is in `compliance/data`; a slip there must not pass for the law here.
"""

# Place, days, hours, most texts and calls in 24 hours; where a state has no line, the country's.
HOURS = """
US Mon-Sun 8-21 -
AL Mon-Sat 8-20 -
CT Mon-Sun 9-20 -
FL Mon-Sun 8-20 3
KY Mon-Sun 10-21 -
LA Mon-Sat 8-20 -
MD Mon-Sun 8-20 3
MA Mon-Sun 8-20 -
MI Mon-Sun 9-21 -
MN Mon-Sun 9-21 -
MS Mon-Sat 8-20 -
NV Mon-Sun 9-20 -
NM Mon-Sun 9-21 -
OK Mon-Sun 8-20 3
OR Mon-Sun 8-20 3
RI Mon-Fri 9-18 -
RI Sat-Sat 10-17 -
SD Mon-Fri 9-21 -
TX Mon-Sat 9-21 -
TX Sun-Sun 12-21 -
UT Mon-Sat 8-21 -
WA Mon-Sun 8-20 -
WY Mon-Sun 8-20 -
"""

# Place, rule, name. `*`: also kept on the Friday or Monday beside a weekend; `m`: also on the
# nearest Monday; `e`: even years only. The house's rule bars all of them.
HOLIDAYS = """
US 01-01* New Year
US Mon#3_Jan King
US Mon#3_Feb Presidents
US Mon#-1_May Memorial
US 06-19* Juneteenth
US 07-04* Independence
US Mon#1_Sep Labor
US Mon#2_Oct Columbus
US 11-11* Veterans
US Thu#4_Nov Thanksgiving
US 12-25* Christmas
AL Easter-47 Mardi Gras
AL Mon#4_Apr Confederate Memorial
AL Mon#1_Jun Davis
AL 12-01* Rosa Parks
LA Easter-47 Mardi Gras
LA Easter-2 Good Friday
LA Mon#1_Nov+1e Election
LA Thu#4_Nov+1 Day after Thanksgiving
LA 01-08* New Orleans
LA 01-19* Lee
MS Mon#-1_Apr Confederate Memorial
PA Easter-2 Good Friday
PA 06-14* Flag
PA Mon#1_Nov+1 Election
RI 05-04* Rhode Island
RI Mon#2_Aug Victory
RI Mon#1_Nov+1 Election
UT 06-19m Juneteenth
UT 07-24* Pioneer
"""

# Area codes whose number may ring under either of two clocks.
TWO_CLOCKS = {
    "208": ("America/Boise", "America/Los_Angeles"),
    "219": ("America/New_York", "America/Chicago"),
    "270": ("America/New_York", "America/Chicago"),
    "308": ("America/Chicago", "America/Denver"),
    "402": ("America/Chicago", "America/Denver"),
    "423": ("America/New_York", "America/Chicago"),
    "541": ("America/Los_Angeles", "America/Boise"),
    "605": ("America/Chicago", "America/Denver"),
    "701": ("America/Chicago", "America/Denver"),
    "775": ("America/Los_Angeles", "America/Boise"),
    "785": ("America/Chicago", "America/Denver"),
    "850": ("America/New_York", "America/Chicago"),
    "865": ("America/New_York", "America/Chicago"),
    "906": ("America/New_York", "America/Chicago"),
    "907": ("America/Anchorage", "America/Adak"),
}

# Countries that let a stranger write: to anybody, or to companies' people only.
MAIL_TO_ALL, MAIL_TO_COMPANIES = {"US"}, {"GB"}
