"""The page kinds of those who look after the people of an event."""

from tests.browser.kind import LONG, Kind

INVITED = (
    "Łucja Żółć <lucja@example.org>\nЯна\tyana@example.org\tбългарски\nlucja@example.org\nguest1@example.org\nbez\n"
    f"{'b' * 90}@x.pl"
)

PEOPLE = [
    Kind("participants", "events/{event}/participants", "coordinator"),
    Kind("meals", "events/{event}/meals", "coordinator"),
    Kind("needs", "events/{event}/needs", "coordinator"),
    Kind("reminders", "events/{event}/reminders", "coordinator"),
    Kind("requests", "events/plan-dzialania-swietlicy/requests", "coordinator"),
    Kind(
        "requests-errors", "events/plan-dzialania-swietlicy/requests", "coordinator", sends={"reason": "x"}, status=422
    ),
    Kind("delegations", "events/{event}/delegations", "coordinator"),
    Kind("delegation-answer", "events/{event}/delegations/2", "coordinator"),
    Kind(
        "delegation-names-shown",
        "registration/delegation/{delegation}/names",
        sends={"people": "Iga Buk\nIga Buk"},
        status=422,
        button="act=look",
    ),
    Kind("reserves", "events/jak-rozliczyc-mikrogrant/reserves", "coordinator"),
    Kind("reserves-none", "events/{event}/reserves", "coordinator"),
    Kind("reserve-new", "events/jak-rozliczyc-mikrogrant/reserves/new", "coordinator"),
    Kind(
        "reserve-new-shown",
        "events/jak-rozliczyc-mikrogrant/reserves/new",
        "coordinator",
        sends={"name_pl": "Szkoły", "seats": "3", "sectors": ["education"], "where": "event"},
        status=422,
        button="act=look",
    ),
    Kind(
        "reserve-new-errors",
        "events/jak-rozliczyc-mikrogrant/reserves/new",
        "coordinator",
        sends={"seats": "99", "organisations": LONG, "where": "event"},
        status=422,
        button="act=look",
    ),
    Kind("reserve-edit", "events/jak-rozliczyc-mikrogrant/reserves/1", "coordinator"),
    Kind("participants-filtered", "events/{event}/participants?state=confirmed&session=6", "coordinator"),
    Kind("participants-none", "events/{event}/participants?session=999999", "coordinator"),
    Kind("participants-found", "events/{event}/participants?q=a&state=all&language=bg", "coordinator"),
    Kind("person", "events/{event}/participants/{participant}", "coordinator"),
    Kind("person-by-telephone", "events/{event}/participants/{caller}", "coordinator"),
    Kind("registration-days", "registration/{days}/days"),
    Kind("registration-with-days", "registration/{days}"),
    Kind("person-with-days", "events/{event}/participants/{days_person}", "coordinator"),
    Kind("person-needs", "events/{event}/participants/{caller}/needs", "coordinator"),
    Kind(
        "person-needs-errors",
        "events/{event}/participants/{caller}/needs",
        "coordinator",
        sends={"way": "step-free"},
        status=422,
    ),
    Kind("person-days", "events/{event}/participants/{days_person}/days", "coordinator"),
    Kind("person-change", "events/{event}/participants/{caller}/change", "coordinator"),
    Kind("calls", "events/{event}/calls", "coordinator"),
    Kind("calls-none", "events/rabotilnica-otcheti/calls", "coordinator"),
    Kind("person-add", "events/{event}/participants/new", "coordinator"),
    Kind("person-add-errors", "events/{event}/participants/new", "coordinator", sends={"email": "x"}, status=422),
    Kind("person-add-closed", "events/rabotilnica-otcheti/participants/new", "coordinator"),
    Kind("person-cancel", "events/{event}/participants/{participant}/cancel", "coordinator"),
    Kind("person-address", "events/{event}/participants/{participant}/address", "coordinator"),
    Kind(
        "person-address-errors",
        "events/{event}/participants/{participant}/address",
        "coordinator",
        sends={"email": "x"},
        status=422,
    ),
    Kind(
        "person-address-stale",
        "events/{event}/participants/{participant}/address",
        "coordinator",
        sends={"email": "x{new}@example.org", "version": "0"},
        status=409,
    ),
    Kind("participants-export", "events/{event}/participants/export?state=confirmed", "coordinator"),
    Kind(
        "participants-export-errors",
        "events/{event}/participants/export",
        "coordinator",
        sends={"columns": []},
        status=422,
        button="ending=csv",
    ),
    Kind("kept", "events/{event}/kept", "coordinator"),
    Kind("kept-deleted", "events/rabotilnica-otcheti/kept", "coordinator"),
    Kind("kept-held", "events/obshta-sreshta-na-mrezhata/kept", "coordinator"),
    Kind("kept-periods", "events/{event}/kept/periods", "coordinator"),
    Kind(
        "kept-periods-errors", "events/{event}/kept/periods", "coordinator", sends={"days_participant": "x"}, status=422
    ),
    Kind("kept-hold", "events/{event}/kept/hold", "coordinator"),
    Kind(
        "kept-hold-errors",
        "events/{event}/kept/hold",
        "coordinator",
        sends={"until": "2020-01-01", "reason": ""},
        status=422,
    ),
    Kind("deletions", "team/deletions", "administrator"),
    Kind("receipt", "receipt"),
    Kind("receipt-errors", "receipt", sends={"code": "x"}, status=422),
    Kind("receipt-found", "receipt/{receipt}"),
    Kind("workshop-list", "events/{event}/participants/workshops/6", "coordinator"),
    Kind("invite", "events/{event}/invite", "coordinator"),
    Kind("invite-closed", "events/rabotilnica-otcheti/invite", "coordinator"),
    Kind("invite-errors", "events/{event}/invite", "coordinator", sends={"people": ""}, status=422, button="act=look"),
    Kind(
        "invite-shown", "events/{event}/invite", "coordinator", sends={"people": INVITED}, status=422, button="act=look"
    ),
]
