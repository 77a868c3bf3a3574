"""What is done with people whom somebody has ticked in the list: the page of the act goes on with them."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.events.models import Event
from portal.face.web import flash, redirect_to
from portal.registration import queries, services
from portal.registration.queries import Chosen
from portal.registration.services import Linked
from portal.registration.ticked_forms import ACCEPT, DOWNLOAD, WRITE, PeopleForm
from portal.words.i18n import _n


def go_on(event: Event, form: PeopleForm, chosen: Chosen) -> Response:
    """The answer to a form of the list: the page where a message is written, requests are answered or a file is made, with
    these people. Links are sent at once, and the list is shown again as it was `chosen`."""
    slug, numbers = event.slug, ",".join(map(str, form.numbers))
    act = form.act.data
    if act == WRITE:
        return redirect_to("messages.new", sender="event", slug=slug, audience="registered", people=numbers)
    if act == ACCEPT:
        return redirect_to("registration.requests", slug=slug, people=numbers)
    if act == DOWNLOAD:
        return redirect_to("registration.export", slug=slug, people=numbers, state=queries.ALL)
    _say(services.send_links(event, form.numbers, by=signed_in_person()))
    return redirect_to("registration.participants", slug=slug, **chosen.address)


def _say(linked: Linked) -> None:
    if linked.done:
        flash(_n("The link is on its way to %(n)s person.", "The link is on its way to %(n)s people.", linked.done))
    if linked.ended:
        flash(
            _n(
                "The registration of %(n)s person has ended, so no link went there.",
                "The registrations of %(n)s people have ended, so no link went there.",
                linked.ended,
            ),
            "note",
        )
    if linked.lately:
        flash(
            _n(
                "%(n)s person has had several messages within an hour. Please try it again later.",
                "%(n)s people have had several messages within an hour. Please try it again later.",
                linked.lately,
            ),
            "note",
        )
    if linked.unreached:
        flash(
            _n(
                "%(n)s person has no e-mail address, so no link went there.",
                "%(n)s people have no e-mail address, so no link went there.",
                linked.unreached,
            ),
            "note",
        )
    if linked.failed:
        flash(
            _n(
                "The link to %(n)s person could not be sent. Please try it again.",
                "The links to %(n)s people could not be sent. Please try it again.",
                linked.failed,
            ),
            "error",
        )
