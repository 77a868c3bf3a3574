"""What whoever coordinates a delegation does on pages of their own: name people, others instead, give back, hand on."""

from flask import Response

from portal.face.forms import Form
from portal.face.web import client_ip, flash, page, private, redirect_to
from portal.ground import limits
from portal.ground.authz import by_link
from portal.ground.links import LinkToken
from portal.registration import delegation_mails, mails, queries, services
from portal.registration.delegates import FAULTS, FILE, Delegate
from portal.registration.delegation_forms import GiveBackForm, NamesForm, SomebodyForm
from portal.registration.models import Delegation, Registration
from portal.registration.views.blueprint import bp
from portal.registration.views.own import of_link, own_token
from portal.words.i18n import _, _n

METHODS = ["GET", "POST"]


@bp.route("/registration/delegation/<token>/names", methods=METHODS)
@by_link(delegation_mails.DELEGATION, on=queries.delegation_of_link)
def name_people(delegation: Delegation, link: LinkToken) -> Response:
    """A list that is looked at first, and happens as it was shown."""
    private()
    form, people, number, token = NamesForm(), tuple[Delegate, ...](), delegation.id, own_token()
    if form.validate_on_submit():
        with form.refusals():
            people = tuple(form.read())
            if form.is_sent and form.was_seen and not any(one.fault for one in people):
                limits.check("mail", ip=client_ip())
                named = services.name_people(number, people, language=form.language.data)
                flash(_n("%(n)s person is named.", "%(n)s people are named.", named))
                return redirect_to("registration.delegation", token=token)
        form.seen.data = form.fingerprint
    delegation = queries.delegation_at(number) or delegation
    return page(
        "registration/name_people.html", form=form, status=422 if people else 200, event=delegation.event, people=people,
        faults=FAULTS, token=token, unnamed=len(queries.to_name(number)), bounds=FILE, delegation=delegation,
    )  # fmt: skip


@bp.route("/registration/delegation/<token>/seats/<int:number>/other", methods=METHODS)
@by_link(delegation_mails.DELEGATION, on=queries.delegation_of_link)
def substitute(delegation: Delegation, link: LinkToken, number: int) -> Response:
    form, of, token = SomebodyForm(), delegation.id, own_token()
    if form.validate_on_submit():
        with form.refusals():
            limits.check("mail", address=form.email.data, ip=client_ip())
            services.substitute(of, number, **form.values())
            flash(_("Somebody else is named for this place, and both get an e-mail."))
            return redirect_to("registration.delegation", token=token)
    seat = next((one for one in queries.seats_of(of) if one.id == number), None)
    who = seat.registration if seat else None
    if who is None:
        return redirect_to("registration.delegation", token=token)
    return _act(
        of, form, token, _("Name somebody else"),
        _("They come instead of this person and get everything that is booked: %(name)s", name=who.name),
        _("Name this person"),
    )  # fmt: skip


@bp.route("/registration/delegation/<token>/give-back", methods=METHODS)
@by_link(delegation_mails.DELEGATION, on=queries.delegation_of_link)
def give_back_seats(delegation: Delegation, link: LinkToken) -> Response:
    form, of, token = GiveBackForm(), delegation.id, own_token()
    if form.validate_on_submit():
        with form.refusals():
            given = services.give_back_seats(of, form.asked)
            flash(_n("%(n)s place is given back.", "%(n)s places are given back.", given))
            return redirect_to("registration.delegation", token=token)
    left = len(queries.to_name(of))
    lead = _n("%(n)s place has no name yet.", "%(n)s places have no name yet.", left)
    return _act(of, form, token, _("Give places back"), lead, _("Give these places back"))


@bp.route("/registration/delegation/<token>/hand-on", methods=METHODS)
@by_link(delegation_mails.DELEGATION, on=queries.delegation_of_link)
def hand_on(delegation: Delegation, link: LinkToken) -> Response:
    form, of, token, slug = SomebodyForm(), delegation.id, own_token(), delegation.event.slug
    if form.validate_on_submit():
        with form.refusals():
            limits.check("mail", address=form.email.data, ip=client_ip())
            services.hand_on(of, **form.values())
            flash(_("Somebody else coordinates the delegation now and gets the link to it."))
            return redirect_to("events.show", slug=slug)
    return _act(
        of, form, token, _("Somebody else coordinates"),
        _("They get an e-mail with a link to this delegation. Your own link opens nothing any more."),
        _("Hand the delegation on"),
    )  # fmt: skip


@bp.get("/registration/<token>/sheet")
@by_link(mails.MANAGE, on=of_link)
def sheet(registration: Registration, link: LinkToken) -> Response:
    """A page to print: who has a place, for what, and the own link."""
    private()
    return page("registration/sheet.html", registration=registration, event=registration.event, token=own_token())


def _act(number: int, form: Form, token: str, title: str, lead: str, button: str) -> Response:
    """The page of such a form, of a delegation as it is now."""
    private()
    found = queries.delegation_at(number)
    assert found is not None
    return page(
        "registration/delegation_act.html", form=form, event=found.event, token=token, heading=title, lead=lead, button=button
    )  # fmt: skip
