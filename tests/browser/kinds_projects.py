"""The kinds of pages of projects."""

from tests.browser.kind import Kind
from tests.browser.kinds_grants import GRANTS

RECORD_TABLE = """Dzień\tTemat\tRodzaj\tMinuty\tMiejsce\tOrganizacje
12.01.2027\tJak prowadzić kawiarenkę naprawczą\tszkolenie\t240\tElbląg\tOSP Barciany; KGW Nowa Wieś; Klub nad rzeką
13 stycznia 2027\tPierwsza dotacja\tdoradztwo\t90\t\tKGW Nowa Wieś
31.02.2027\tTego dnia nie ma\tszkolenie\t240\t\t
14.01.2027\tSpotkanie w świetlicy\tpływanie\t\tBarciany\t
13 stycznia 2027\tPierwsza dotacja\tdoradztwo\t90\t\tKGW Nowa Wieś
"""

FRAMES = "networks/warminsko-mazurska-siec-wsparcia/frames"

PROJECTS = [
    Kind("projects", "projects"),
    Kind("projects-filtered", "projects?area=civic-sector&year=2022"),
    Kind("projects-none", "projects?q=qwertz"),
    Kind("project", "projects/kuznia-ekspertow"),
    Kind("project-card", "projects/kuznia-ekspertow/card"),
    Kind("practices", "good-practices"),
    Kind("library", "library"),
    Kind("practice", "projects/kuznia-ekspertow/good-practice"),
    Kind("project-bulgarian", "projects/bezopasen-pat-do-uchilishte"),
    Kind("projects-mine", "projects/mine", "owner"),
    Kind("project-new", "organisations/{organisation}/projects/new", "owner"),
    Kind("project-new-errors", "organisations/{organisation}/projects/new", "owner", sends={"title": ""}, status=422),
    Kind("project-draft", "projects/osiem-kawiarenek-naprawczych", "owner"),
    Kind("project-manage", "projects/osiem-kawiarenek-naprawczych/manage", "owner"),
    *(
        Kind(f"project-edit-{code}", f"projects/osiem-kawiarenek-naprawczych/edit/{code}", "owner")
        for code in ("what", "time", "whom", "story", "funder")
    ),
    Kind(
        "project-edit-errors",
        "projects/osiem-kawiarenek-naprawczych/edit/time",
        "owner",
        sends={"ends_on": "2001-01-01", "cost_currency": ""},
        status=422,
    ),
    Kind("project-translate", "projects/osiem-kawiarenek-naprawczych/translate?to=bg", "owner"),
    Kind("project-publish", "projects/osiem-kawiarenek-naprawczych/publish", "owner"),
    Kind("project-delete", "projects/osiem-kawiarenek-naprawczych/delete", "owner"),
    Kind("project-withdraw", "projects/kuznia-ekspertow/withdraw", "administrator"),
    Kind("project-partners", "projects/kuznia-ekspertow/partners", "coordinator"),
    Kind("project-partner-remove", "projects/kuznia-ekspertow/partners/{partner}/remove", "coordinator"),
    Kind("project-documents", "projects/kuznia-ekspertow/documents", "coordinator"),
    Kind("project-documents-empty", "projects/osiem-kawiarenek-naprawczych/documents", "owner"),
    Kind("project-document-new", "projects/osiem-kawiarenek-naprawczych/documents/new", "owner"),
    Kind(
        "project-document-errors",
        "projects/osiem-kawiarenek-naprawczych/documents/new",
        "owner",
        sends={"kind": "", "year": "12"},
        status=422,
    ),
    Kind("project-document-edit", "projects/kuznia-ekspertow/documents/{project_document}/edit", "coordinator"),
    Kind("project-document-remove", "projects/kuznia-ekspertow/documents/{project_document}/remove", "coordinator"),
    Kind("project-refused", "projects/kuznia-ekspertow/manage", "coordinator"),
    Kind("project-answer", "projects/bezopasen-pat-do-uchilishte/partners/{asked_partner}", "owner"),
    Kind("project-figure", "projects/kuznia-ekspertow/figures/training-hours"),
    Kind("project-figure-organisations", "projects/kuznia-ekspertow/figures/organisations-strengthened"),
    Kind("project-figure-people", "projects/bezopasen-pat-do-uchilishte/figures/people-estimated"),
    Kind("network-figures", "networks/warminsko-mazurska-siec-wsparcia/figures"),
    Kind("network-figures-none", "networks/{network}/figures"),
    Kind("network-figure", "networks/warminsko-mazurska-siec-wsparcia/figures/training-hours"),
    Kind(
        "network-figure-organisations", "networks/warminsko-mazurska-siec-wsparcia/figures/organisations-strengthened"
    ),
    Kind("frames", FRAMES),
    Kind("frames-none", "networks/{network}/frames"),
    Kind("frame", f"{FRAMES}/1"),
    Kind("frame-new", "networks/{network}/frames/new", "coordinator"),
    Kind(
        "frame-new-errors",
        "networks/{network}/frames/new",
        "coordinator",
        sends={"title": "", "starts_on": "2026-03-31", "ends_on": "2026-01-01"},
        status=422,
    ),
    Kind("frame-edit", f"{FRAMES}/1/edit", "coordinator"),
    Kind("frame-edit-translation", f"{FRAMES}/1/edit?text=bg", "coordinator"),
    Kind("frame-outcome-new", f"{FRAMES}/1/outcomes/new", "coordinator"),
    Kind(
        "frame-outcome-errors",
        f"{FRAMES}/1/outcomes/new",
        "coordinator",
        sends={"title": "", "training_hours_hour": "5", "training_hours_teaching_hour": "5", "events_event": "0"},
        status=422,
    ),
    Kind("frame-outcome", f"{FRAMES}/1/outcomes/1", "coordinator"),
    Kind("frame-projects", f"{FRAMES}/1/projects", "coordinator"),
    Kind("frame-coordination", f"{FRAMES}/1", "coordinator"),
    Kind("organisation-figures", "organisations/fundacja-kuznia-wsparcia/figures"),
    Kind("organisation-figure", "organisations/fundacja-kuznia-wsparcia/figures/advice-hours"),
    Kind("organisation-received", "organisations/{organisation}/received", "owner"),
    Kind("project-report", "projects/kuznia-ekspertow/reports/1"),
    Kind("project-aims", "projects/bezopasen-pat-do-uchilishte/aims", "coordinator"),
    Kind("project-aims-empty", "projects/kuznia-ekspertow/aims", "coordinator"),
    Kind(
        "project-aims-errors",
        "projects/kuznia-ekspertow/aims",
        "coordinator",
        sends={"indicator": "", "target": "x", "baseline": "7"},
        status=422,
    ),
    Kind("project-reports", "projects/kuznia-ekspertow/reports", "coordinator"),
    Kind(
        "project-reports-errors",
        "projects/kuznia-ekspertow/reports",
        "coordinator",
        sends={"first": "31.02.2022", "last": ""},
        status=422,
    ),
    Kind("project-records", "projects/kuznia-ekspertow/records", "coordinator"),
    Kind("project-records-empty", "projects/osiem-kawiarenek-naprawczych/records", "owner"),
    Kind("project-record-new", "projects/osiem-kawiarenek-naprawczych/records/new", "owner"),
    Kind(
        "project-record-errors",
        "projects/osiem-kawiarenek-naprawczych/records/new",
        "owner",
        sends={"activity": "training", "title": "", "day": "31.02.2026", "minutes": "1441"},
        status=422,
    ),
    Kind("project-record", "projects/kuznia-ekspertow/records/1", "coordinator"),
    Kind("project-advice", "projects/bezopasen-pat-do-uchilishte/advice", "coordinator"),
    Kind("project-advice-empty", "projects/osiem-kawiarenek-naprawczych/advice", "owner"),
    Kind(
        "project-advice-errors",
        "projects/bezopasen-pat-do-uchilishte/advice",
        "coordinator",
        sends={"who": "„…”", "title": "", "day": "31.02.2026", "other_minutes": "1441"},
        status=422,
    ),
    Kind("project-record-move", "projects/kuznia-ekspertow/records/1/cancelled", "coordinator"),
    Kind("project-record-evidence", "projects/kuznia-ekspertow/records/1/evidence", "coordinator"),
    Kind(
        "project-record-evidence-errors",
        "projects/kuznia-ekspertow/records/1/evidence",
        "coordinator",
        sends={},
        status=422,
    ),
    Kind("project-record-table", "projects/osiem-kawiarenek-naprawczych/records/table", "owner"),
    Kind(
        "project-record-table-shown",
        "projects/osiem-kawiarenek-naprawczych/records/table",
        "owner",
        sends={"table": RECORD_TABLE},
        status=422,
        button="act=look",
    ),
    Kind("project-pictures", "projects/kuznia-ekspertow/pictures", "coordinator"),
    Kind("project-pictures-empty", "projects/osiem-kawiarenek-naprawczych/pictures", "owner"),
    Kind("project-picture-new", "projects/osiem-kawiarenek-naprawczych/pictures/new", "owner"),
    Kind(
        "project-picture-errors",
        "projects/osiem-kawiarenek-naprawczych/pictures/new",
        "owner",
        sends={"kind": "photo", "alt_pl": "", "author": "Ewa Lis"},
        status=422,
    ),
    Kind("project-picture", "projects/kuznia-ekspertow/pictures/1", "coordinator"),
    Kind("project-picture-remove", "projects/kuznia-ekspertow/pictures/1/remove", "coordinator"),
    Kind("project-history", "projects/osiem-kawiarenek-naprawczych/history", "owner"),
    Kind("project-version", "projects/osiem-kawiarenek-naprawczych/history/1", "owner"),
    Kind("project-restore", "projects/osiem-kawiarenek-naprawczych/history/1/restore", "owner"),
]


PROJECTS += GRANTS
