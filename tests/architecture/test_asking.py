"""Who acts: a service asks the permission on the row that it has locked, and whoever acts as the portal says so."""

import pytest

from tests.architecture import asking
from tests.architecture.sources import Source, python

# Services that take `by` and have nothing to ask, with the reason.
UNASKED = {
    **dict.fromkeys(
        ("questions.add", "questions.change", "questions.retire", "questions.move", "questions.keep"),
        "parts of the use-cases of whoever asks, in whose transaction they run: that has asked, of its own row",
    ),
    **dict.fromkeys(
        ("documents.make", "documents.rewrite"),
        "parts of the use-cases of whatever carries documents, in whose transaction they run: that has asked, of its own row",
    ),
    **dict.fromkeys(
        ("organisations.make_imported", "organisations.take_back"),
        "parts of carrying out a list and of taking it back: `imports` has asked, of the list",
    ),
    **dict.fromkeys(
        ("revisions.noting", "organisations.absorb", "merging.make_one"),
        "parts of the use-cases of whoever saves or merges, in whose transaction they run: that has asked",
    ),
    "registration.keep": "whoever registers answers for themselves; the use-case is that of the form or of the own link",
    "organisations.accept_invitation": "whoever holds the link that was mailed may, with any account",
}
# Who may act as the portal itself, with the reason.
PORTAL = {
    "portal/accounts/cli.py": "whoever has the console has the portal",
    "portal/membership/cli.py": "whoever has the console has the portal",
    "portal/areas/services/importing.py": "the official lists say so, and whoever has the console brings them",
    "portal/accounts/demo.py": "the first of the portal team has nobody who could let them in",
    "portal/pages/demo/__init__.py": "who runs the demo says no person of it",
    "portal/impact/cli.py": "whoever has the console has the portal",
    "portal/imports/cli.py": "whoever has the console has the portal",
    "portal/imports/demo.py": "who runs the demo says no person of it",
    "portal/imports/services/making.py": "the worker makes and takes back what somebody has ordered",
    "portal/mail/sending.py": "the worker sends",
    "portal/tasks/services/running.py": "the worker begins and ends what somebody has started",
    "portal/messages/services/sending.py": "the task of the worker ends what it sent; who may stop a message stops its task",
    "portal/mail/reports.py": "a mail server reports, and the report is looked at before it counts",
    "portal/commands/mail.py": "whoever has the console has the portal",
    "portal/news/services/states.py": "a scheduled post becomes public when its moment has come, whoever is there",
    "portal/registration/services/filling.py": "a seat that is free goes to whoever waits longest",
    "portal/registration/services/delegating.py": "a second form of a mailbox that has a delegation ends by itself",
    "portal/registration/services/enrolling.py": "who has been named for a place that is there has it, whoever has named them",
    "portal/registration/services/delegation_ends.py": "the organisers cancel what only its coordinator gives back; it has asked",
    "portal/registration/services/purging.py": "what has had its time goes by the clock",
    "portal/registration/services/reserving.py": "a reserve is open to everybody by the clock",
    "portal/registration/services/lapsing.py": "an offer that nobody took ends by the clock",
    "portal/registration/services/reconfirming.py": "a place that nobody has answered for goes on by the clock",
    "portal/registration/services/answering.py": "who changes answers by the own link may have no account",
    "portal/registration/services/registering.py": "a second form of who takes part ends by itself; a form is nobody's yet",
    "portal/registration/services/together.py": "a form for several people is nobody's until its link is used",
    "portal/accounts/services/erasure.py": "nobody is there to ask for the end of an account that nobody uses",
    "portal/accounts/privacy.py": "who leaves the portal leaves its team, also without the right to say who is in it",
    "portal/events/privacy.py": "who leaves the portal leaves the teams of events, also without the right to say who is in them",
    "portal/membership/services/people.py": "who leaves the portal leaves the coordination, which only the portal team may end",
    "portal/organisations/services/confirming.py": "the calendar takes a profile out of the list, whoever is there",
    "portal/membership/services/applications.py": "what an organisation was in ends with it, whoever has closed it",
    "portal/grants/demo/__init__.py": "who runs the demo says no person of it",
    "portal/grants/services/operators.py": "an operator ends with its organisation, whoever has closed or merged it",
    "portal/freshness/demo/__init__.py": "who runs the demo says no person of it",
    "portal/organisations/services/absorbing.py": "the lost profile takes its last step in a merge, which has asked for both",
    "portal/merging/services/merging.py": "requests about a profile that was merged meanwhile have nothing left to answer",
    "portal/membership/services/merging.py": "of two memberships in one network the merge ends one; nobody resigned",
    "portal/membership/demo/__init__.py": "the groups of the demo were there before anybody had to stand behind one",
    "portal/trust/services/merging.py": "a claim to a profile that was merged has nothing left to decide",
    "portal/trust/services/claims.py": "those who manage a profile are asked, whoever has proven a claim by a mail",
    "portal/trust/services/states.py": "whoever is granted a claim gets a role that only an owner could give",
    "portal/trust/services/groups.py": "whoever oversees a group accepts its registration, which only its people could write",
    "portal/trust/services/shortages.py": "a group is reminded by the clock",
    "portal/organisations/services/leaving.py": "invitations of who leaves end, also where they manage nothing any more",
}
DEMANDS = "def edit(post, *, by):\n    with transaction():\n        demand(P.EDIT, locked(post), by=by)\n"


def service(text: str) -> Source:
    return Source("portal/news/services/writing.py", text)


def test_every_service_asks_whether_the_person_may() -> None:
    assert asking.unasked(asking.services()) == set(UNASKED)


@pytest.mark.parametrize(
    "bad",
    [
        "def edit(post, *, by):\n    post.title = ''",
        "def edit(post, *, by):\n    demand(P.EDIT, post, by=PORTAL)",
        "def edit(post, *, by):\n    _store(post, by)\ndef _store(post, by):\n    audit.record('x', post, actor=by)",
        "def edit(post, by):\n    _checked(post, by=None)\ndef _checked(post, by):\n    demand(P.EDIT, post, by=by)",
    ],
)
def test_service_that_asks_nobody_is_seen(bad: str) -> None:
    assert asking.unasked([service(bad)]) == {"news.edit"}


@pytest.mark.parametrize(
    "good",
    [
        DEMANDS,
        "def edit(post, *, by):\n    _store(post, by)\ndef _store(post, by):\n    demand(P.EDIT, post, by=by)",
        "def edit(post, *, by):\n    common.editable(post, by=by)\ndef editable(post, *, by):\n    demand(E, post, by=by)",
        "def publish(post, *, by):\n    change_state(POSTS, post, 'published', by=by)",
        "def _store(post, by):\n    post.title = ''",
        "def sweep():\n    pass",
    ],
)
def test_service_that_asks_is_accepted(good: str) -> None:
    assert not asking.unasked([service(good)])


def test_permission_is_demanded_under_the_lock() -> None:
    assert not [fault for source in asking.services() for fault in asking.early(source)]
    assert not list(asking.early(service(DEMANDS)))
    early = "def edit(post, *, by):\n    demand(P.EDIT, post, by=by)\n    with transaction():\n        pass\n"
    assert list(asking.early(service(early)))


def test_who_acts_as_the_portal_stands_in_the_list() -> None:
    assert asking.acts_as_portal(python("portal")) == set(PORTAL)


@pytest.mark.parametrize("bad", ["from portal.ground.authz import PORTAL, can", "services.edit(post, by=authz.PORTAL)"])
def test_acting_as_the_portal_is_seen(bad: str) -> None:
    assert asking.acts_as_portal([service(bad)])
