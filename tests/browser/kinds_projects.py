"""The kinds of pages of projects."""

from tests.browser.kind import Kind

PROJECTS = [
    Kind("projects", "projects"),
    Kind("projects-filtered", "projects?area=civic-sector&year=2022"),
    Kind("projects-none", "projects?q=qwertz"),
    Kind("project", "projects/kuznia-ekspertow"),
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
    Kind("project-refused", "projects/kuznia-ekspertow/manage", "coordinator"),
    Kind("project-answer", "projects/bezopasen-pat-do-uchilishte/partners/{asked_partner}", "owner"),
    Kind("project-history", "projects/osiem-kawiarenek-naprawczych/history", "owner"),
    Kind("project-version", "projects/osiem-kawiarenek-naprawczych/history/1", "owner"),
    Kind("project-restore", "projects/osiem-kawiarenek-naprawczych/history/1/restore", "owner"),
]
