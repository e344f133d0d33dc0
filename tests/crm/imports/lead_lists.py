"""Lists of leads as files, and what came of taking them in."""

from collections.abc import Callable

from crm.imports.report import Report

HEAD = (
    "Parcel ID,Situs address,County,State,Distress reason,Score,Tier,Market,Owner name,"
    "Owner phone,Owner email,Deal value,Source\n"
)
PAT = (
    "01-22-33,12 Oak St,ORANGE COUNTY,Florida,tax lien,87,A,Orlando,Pat Doe,"
    '407 555 1234,pat@x.example,"$250,000",skip trace\n'
)
KIM = "01-22-34,14 Oak St,Orange,FL,,43.5,B,,Kim Roe,407 555 1235,,,\n"
Take = Callable[..., Report]


def outcome(report: Report) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, len(report.rejected)
