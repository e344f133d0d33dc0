"""Where people live: every state with area codes and ZIP codes of its own, by time zone.

Written down from public maps, not read from the libraries that the desk asks.
"""

from dataclasses import dataclass

CLOCKS = {
    "E": "America/New_York",
    "C": "America/Chicago",
    "M": "America/Denver",
    "P": "America/Los_Angeles",
    "A": "America/Anchorage",
    "H": "Pacific/Honolulu",
    "Z": "America/Phoenix",
}

# State, clock, area codes, ZIP codes; a state with two clocks has two lines.
TABLE = """
AL C 205,251 35203,36602
AK A 907 99501
AZ Z 602,520 85003,85701
AR C 501,479 72201,72701
CA P 213,415,619 90012,94103,92101
CO M 303,719 80202,80903
CT E 203,860 06510,06103
DE E 302 19801
DC E 202 20001,20500
FL E 305,407,813 33130,32801,33602
FL C 850 32501
GA E 404,912 30303,31401
HI H 808 96813
ID M 208 83702
ID P 208 83814
IL C 312,217 60601,62701
IN E 317 46204
IN C 219 46402
IA C 515,319 50309,52401
KS C 316,913 67202,66101
KS M 785 67735
KY E 502,859 40202,40507
KY C 270 42101
LA C 504,225 70112,70801
ME E 207 04101
MD E 410,301 21202,20850
MA E 617,413 02108,01103
MI E 313,616 48226,49503
MI C 906 49801
MN C 612,507 55401,55901
MS C 601,228 39201,39530
MO C 314,816 63101,64106
MT M 406 59101
NE C 402 68102
NE M 308 69361
NV P 702,775 89101,89501
NH E 603 03101
NJ E 201,609 07302,08608
NM M 505,575 87102,88001
NY E 212,518,716 10007,12207,14202
NC E 704,919 28202,27601
ND C 701 58102
ND M 701 58601
OH E 216,614 44114,43215
OK C 405,918 73102,74103
OR P 503,541 97204,97401
OR M 541 97914
PA E 215,412 19107,15222
RI E 401 02903
SC E 803,843 29201,29401
SD C 605 57104
SD M 605 57701
TN C 615,901 37203,38103
TN E 865,423 37902,37402
TX C 214,713,512 75201,77002,78701
TX M 915 79901
UT M 801,435 84101,84770
VT E 802 05401
VA E 804,703 23219,22201
WA P 206,509 98101,99201
WV E 304 25301
WI C 414,608 53202,53703
WY M 307 82001
"""


@dataclass(frozen=True, slots=True)
class Corner:
    """A part of a state where the clocks agree."""

    state: str
    zone: str
    area_codes: tuple[str, ...]
    zips: tuple[str, ...]


def _read() -> tuple[Corner, ...]:
    found = []
    for line in TABLE.split("\n"):
        if line:
            state, clock, areas, zips = line.split()
            corner = Corner(state, CLOCKS[clock], tuple(areas.split(",")), tuple(zips.split(",")))
            found.append(corner)
    return tuple(found)


CORNERS = _read()
STATES = tuple(dict.fromkeys(corner.state for corner in CORNERS))
AREA_CODES = tuple(sorted({code for corner in CORNERS for code in corner.area_codes}))
