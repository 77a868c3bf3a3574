"""Every kind of page, as data. A new page is added here, and all that is promised of pages is checked of it."""

from dataclasses import dataclass
from urllib.parse import quote

from tests.support import submission


@dataclass(frozen=True)
class Kind:
    """A page kind. `path` follows the language; words in braces come from `stage.set_up`. With `sends` its form is sent,
    with `stranger` by somebody who is not logged in any more."""

    name: str
    path: str
    role: str | None = None
    sends: submission.Fields | None = None
    status: int = 200
    button: str | None = None
    stranger: bool = False

    def address(self, language: str, words: dict[str, str]) -> str:
        return f"/{language}/{self.path.format(**words)}"


LONG = "a" * 5_000
INVITED = (
    "Łucja Żółć <lucja@example.org>\nЯна\tyana@example.org\tбългарски\nlucja@example.org\nguest1@example.org\nbez\n"
    f"{'b' * 90}@x.pl"
)
NOWHERE = quote("żółw")

PUBLIC = [
    Kind("home", ""),
    Kind("about", "about"),
    Kind("accessibility", "accessibility"),
    Kind("privacy", "privacy"),
    Kind("search", "search?q=w"),
    Kind("search-empty", f"search?q={quote('qqqqxyz')}"),
    Kind("search-nothing-asked", "search"),
    Kind("directory", "organisations"),
    Kind("directory-filtered", "organisations?q=kolo&theme=1"),
    Kind("directory-empty", "organisations?q=qqqqxyz"),
    Kind("directory-page", "organisations?page=2"),
    Kind("profile", "organisations/{organisation}"),
    Kind("profile-fallback", "organisations/sdruzhenie-zelena-trakia"),
    Kind(
        "profile-long-words",
        "organisations/spoldzielnia-socjalna-golebiowszczyzna-i-przyjaciele-z-miedzyszkolnego-ogrodu",
    ),
    Kind("networks", "networks/"),
    Kind("add-organisation", "organisations/new/start"),
    Kind("network", "networks/{network}"),
    Kind("network-bulgarian", "networks/sinergia-na-mrezhata"),
    Kind("events", "events"),
    Kind("event", "events/{event}"),
    Kind("event-full", "events/obshta-sreshta-na-mrezhata"),
    Kind("event-cancelled", "events/sesja-spoleczna-elblag"),
    Kind("event-past", "events/rabotilnica-otcheti"),
    Kind("programme", "events/{event}/programme"),
    Kind("programme-list", "events/{event}/programme/list"),
    Kind("session", "events/{event}/sessions/6"),
    Kind("registration", "events/{event}/register"),
    Kind("registration-full", "events/obshta-sreshta-na-mrezhata/register"),
    Kind("registration-closed", "events/rabotilnica-otcheti/register"),
    Kind("registration-errors", "events/{event}/register", sends={"email": "nobody"}, status=422),
    Kind("registration-sent", "events/{event}/register/sent"),
    Kind("registration-link", "events/{event}/register/link"),
    Kind("registration-link-sent", "events/{event}/register/link/sent"),
    Kind("news", "news"),
    Kind("post", "news/lawka-ktora-zaczela-sie-od-rozmowy-przy-plocie"),
    Kind("post-fallback", "news/takachniyat-stan-otnovo-raboti"),
    Kind("news-of-organisation", "organisations/{organisation}/news"),
    Kind("news-of-network", "networks/{network}/news"),
    Kind("not-found", f"organisations/{NOWHERE}", status=404),
    Kind("forbidden-link", "registration/nothing", status=404),
]

DOOR = [
    Kind("sign-in", "account/sign-in"),
    Kind(
        "sign-in-refused", "account/sign-in", sends={"email": "a@example.org", "password": "no such words"}, status=422
    ),
    Kind("sign-up", "account/sign-up"),
    Kind("sign-up-errors", "account/sign-up", sends={"name": "", "email": "x", "password": "short"}, status=422),
    Kind("sign-up-sent", "account/sign-up/sent"),
    Kind("account-deleted", "account/deleted"),
    Kind("confirm-account", "account/confirm/{confirm_account}"),
    Kind("forgotten", "account/password/forgotten"),
    Kind("new-password", "account/password/new/{new_password}"),
    Kind("invitation", "organisations/invitations/{invitation}"),
    Kind("registration-confirm", "registration/confirm/{unconfirmed}"),
    Kind("registration-manage", "registration/{registration}"),
    Kind("registration-change", "registration/{registration}/change"),
    Kind("registration-change-errors", "registration/{registration}/change", sends={"name": ""}, status=422),
    Kind(
        "registration-change-stale",
        "registration/{registration}/change",
        sends={"version": "0", "name": "Ola Ćma"},
        status=409,
    ),
    Kind("registration-leave", "registration/{registration}/leave/{waiting_place}"),
    Kind("registration-cancel", "registration/{registration}/cancel"),
]

ACCOUNT = [
    Kind("account", "account/", "owner"),
    Kind("account-coordinator", "account/", "coordinator"),
    Kind("account-details", "account/details", "owner"),
    Kind("account-email", "account/email", "owner"),
    Kind("account-email-confirm", "account/email/confirm/{confirm_email}", "owner"),
    Kind("account-password", "account/password", "owner"),
    Kind("account-password-errors", "account/password", "owner", sends={"password": "x"}, status=422),
    Kind("two-step", "account/two-step", "owner"),
    Kind("two-step-on", "account/two-step/on", "owner"),
    Kind("two-step-guarded", "account/two-step", "guarded"),
    Kind("second-step", "account/sign-in/code", "representative"),
    Kind("verify", "account/verify", "owner"),
    Kind("signed-out", "account/details", "owner", sends={"name": "Nowe Imię"}, status=403, stranger=True),
    Kind("account-devices", "account/devices", "owner"),
    Kind("account-mail", "account/mail", "owner"),
    Kind("account-consents", "account/consents", "coordinator"),
    Kind("mail-choice", "account/mail/{mail_choice}"),
    Kind("account-data", "account/data", "owner"),
    Kind("account-delete", "account/delete", "owner"),
    Kind("account-delete-errors", "account/delete", "author", sends={"password": ""}, status=422),
    Kind("account-delete-obstacles", "account/delete", "administrator"),
    Kind("registrations-mine", "account/registrations", "owner"),
    Kind("registration-known", "events/{event}/register", "registered"),
    Kind("team", "account/team", "administrator"),
]

ORGANISATION = [
    Kind("organisations-mine", "organisations/mine", "owner"),
    Kind("organisations-mine-empty", "organisations/mine", "registered"),
    Kind("organisation-new", "organisations/new", "owner"),
    Kind("organisation-new-registered", "organisations/new?kind=bg-registered", "owner"),
    Kind("organisation-new-informal", "organisations/new?kind=pl-informal", "owner"),
    Kind("organisation-new-errors", "organisations/new?kind=pl-registered", "owner", sends={"krs": "12"}, status=422),
    Kind("organisation-draft", "organisations/{draft}", "owner"),
    Kind("organisation-edit", "organisations/{organisation}/edit", "owner"),
    Kind("organisation-translate", "organisations/{organisation}/translate/en", "owner"),
    Kind("organisation-translate-new", "organisations/{draft}/translate/bg", "owner"),
    Kind("organisation-logo", "organisations/{organisation}/logo", "owner"),
    Kind("organisation-people", "organisations/{organisation}/people", "owner"),
    Kind(
        "organisation-people-errors", "organisations/{organisation}/people", "owner", sends={"email": "x"}, status=422
    ),
    Kind("organisation-send", "organisations/{draft}/send", "owner"),
    Kind("organisation-networks", "organisations/{organisation}/networks", "owner"),
    Kind("organisation-suspend", "organisations/{organisation}/suspend", "administrator"),
    Kind("network-apply", "networks/sinergia-na-mrezhata/apply", "owner"),
    Kind("network-apply-typed", "networks/siec-dobrego-poczatku/apply", "owner"),
    Kind("network-apply-errors", "networks/siec-dobrego-poczatku/apply", "owner", sends={"language": "pl"}, status=422),
    Kind("network-apply-changed", "networks/siec-dobrego-poczatku/apply", "owner", sends={"asked": ""}, status=409),
    Kind("membership", "memberships/{applied}", "owner"),
    Kind("membership-answer", "memberships/{asked}/answer", "owner"),
    Kind("membership-answer-errors", "memberships/{asked}/answer", "owner", sends={"reason": ""}, status=422),
    Kind("membership-withdraw", "memberships/{applied}/withdraw", "owner"),
    Kind("membership-leave", "memberships/1/leave", "owner"),
]

NETWORK = [
    Kind("tasks", "tasks", "coordinator"),
    Kind("tasks-administrator", "tasks", "administrator"),
    Kind("tasks-empty", "tasks?kind=profiles", "coordinator"),
    Kind("case", "tasks/applications/{applied}", "coordinator"),
    Kind("case-typed", "tasks/applications/{typed}", "coordinator"),
    Kind(
        "case-errors",
        "tasks/applications/{applied}",
        "coordinator",
        sends={"reason": ""},
        button="decision=ask",
        status=422,
    ),
    Kind("review", "tasks/profiles/37", "administrator"),
    Kind("network-new", "networks/new", "administrator"),
    Kind("operator", "operator", "administrator"),
    Kind("network-edit", "networks/{network}/edit", "coordinator"),
    Kind("network-edit-translation", "networks/{network}/edit?text=bg", "coordinator"),
    Kind("network-questions", "networks/{network}/questions", "coordinator"),
    Kind("network-questions-conditions", "networks/siec-dobrego-poczatku/questions", "coordinator"),
    Kind("network-question-kind", "networks/{network}/questions/new", "coordinator"),
    Kind("network-question-new", "networks/{network}/questions/new?kind=long-text", "coordinator"),
    Kind("network-question-new-choice", "networks/{network}/questions/new?kind=choice", "coordinator"),
    Kind(
        "network-question-new-errors",
        "networks/{network}/questions/new?kind=several",
        "coordinator",
        sends={"text": "", "new_1": "A", "new_2": "A"},
        status=422,
    ),
    Kind("network-mails", "networks/{network}/mails", "coordinator"),
    Kind("network-contact", "networks/{network}/contact", "coordinator"),
    Kind("network-question", "networks/{network}/questions/1", "coordinator"),
    Kind("network-question-choice", "networks/siec-dobrego-poczatku/questions/{choice}", "coordinator"),
    Kind("network-question-condition", "networks/siec-dobrego-poczatku/questions/{follow}", "coordinator"),
    Kind("network-question-translation", "networks/siec-dobrego-poczatku/questions/{choice}?text=bg", "coordinator"),
    Kind("network-coordinators", "networks/{network}/coordinators", "administrator"),
]

MESSAGES = [
    Kind("messages", "messages/network/{network}", "coordinator"),
    Kind("messages-empty", "messages/network/sinergia-na-mrezhata", "coordinator"),
    Kind("message-new", "messages/network/{network}/new", "coordinator"),
    Kind("message-new-errors", "messages/network/{network}/new", "coordinator", sends={"subject": LONG}, status=422),
    Kind("message-sent", "messages/1", "coordinator"),
    Kind("message-draft", "messages/2", "coordinator"),
    Kind("message-edit", "messages/2/edit", "coordinator"),
    Kind("message-edit-translation", "messages/2/edit?text=bg", "coordinator"),
    Kind("message-delete", "messages/2/delete", "coordinator"),
    Kind("running", "tasks/running", "coordinator"),
    Kind("running-empty", "tasks/running", "owner"),
    Kind("running-done", "tasks/1", "coordinator"),
]

EVENTS = [
    Kind("events-mine", "events/mine", "coordinator"),
    Kind("event-new", "networks/{network}/events/new", "coordinator"),
    Kind("event-new-errors", "networks/{network}/events/new", "coordinator", sends={"title": LONG}, status=422),
    Kind("event-manage", "events/{event}/manage", "coordinator"),
    Kind("event-manage-draft", "events/{draft_event}/manage", "coordinator"),
    Kind("event-draft", "events/{draft_event}", "coordinator"),
    Kind("event-edit", "events/{event}/edit", "coordinator"),
    Kind("event-translate", "events/{event}/translate?to=bg", "coordinator"),
    Kind("event-publish", "events/{draft_event}/publish", "coordinator"),
    Kind("event-postpone", "events/{event}/postpone", "coordinator"),
    Kind("event-cancel", "events/{event}/cancel", "coordinator"),
    Kind("event-delete", "events/{draft_event}/delete", "coordinator"),
    Kind("room-new", "events/{draft_event}/rooms/new", "coordinator"),
    Kind("room-edit", "events/{draft_event}/rooms/{draft_room}/edit", "coordinator"),
    Kind("room-delete", "events/{draft_event}/rooms/{draft_room}/delete", "coordinator"),
    Kind("slot-new", "events/{draft_event}/slots/new", "coordinator"),
    Kind("slot-edit", "events/{draft_event}/slots/{draft_slot}/edit", "coordinator"),
    Kind("slot-delete", "events/{draft_event}/slots/{draft_slot}/delete", "coordinator"),
    Kind("session-new", "events/{event}/sessions/new", "coordinator"),
    Kind("session-new-errors", "events/{event}/sessions/new", "coordinator", sends={"title": ""}, status=422),
    Kind("session-edit", "events/{event}/sessions/6/edit", "coordinator"),
    Kind("session-translate", "events/{event}/sessions/6/translate?to=en", "coordinator"),
    Kind("session-cancel", "events/{event}/sessions/6/cancel", "coordinator"),
    Kind("session-delete", "events/{draft_event}/sessions/{draft_session}/delete", "coordinator"),
    Kind("participants", "events/{event}/participants", "coordinator"),
    Kind("participants-filtered", "events/{event}/participants?state=confirmed&session=6", "coordinator"),
    Kind("participants-none", "events/{event}/participants?session=999999", "coordinator"),
    Kind("invite", "events/{event}/invite", "coordinator"),
    Kind("invite-closed", "events/rabotilnica-otcheti/invite", "coordinator"),
    Kind("invite-errors", "events/{event}/invite", "coordinator", sends={"people": ""}, status=422, button="act=look"),
    Kind(
        "invite-shown", "events/{event}/invite", "coordinator", sends={"people": INVITED}, status=422, button="act=look"
    ),
    Kind("event-mails", "events/{event}/mails", "coordinator"),
]

NEWS = [
    Kind("news-mine", "news/mine", "owner"),
    Kind("post-new", "organisations/{organisation}/news/new", "owner"),
    Kind("post-new-errors", "organisations/{organisation}/news/new", "owner", sends={"title": ""}, status=422),
    Kind("post-edit", "news/{draft_post}/edit", "owner"),
    Kind("post-preview", "news/{draft_post}/preview", "owner"),
    Kind("post-publish", "news/{draft_post}/publish", "owner"),
    Kind("post-translate", "news/{draft_post}/translate?to=en", "owner"),
    Kind("post-delete", "news/{draft_post}/delete", "owner"),
    Kind("post-call-back", "news/{scheduled_post}/call-back", "owner"),
    Kind("post-unpublish", "news/wklad-wlasny-takze-w-godzinach-pracy/unpublish", "coordinator"),
    Kind("forbidden", "networks/new", "owner", status=403),
]

KINDS = [*PUBLIC, *DOOR, *ACCOUNT, *ORGANISATION, *NETWORK, *MESSAGES, *EVENTS, *NEWS]
BY_NAME = {kind.name: kind for kind in KINDS}
