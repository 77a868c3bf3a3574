"""Finding the double, looking at both side by side, and saying yes or no."""

from flask import Blueprint, Response, url_for

from portal.accounts.models import Person
from portal.accounts.session import signed_in_person
from portal.declaration import Panel, PanelLink
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import can, requires
from portal.ground.errors import Refusal
from portal.ground.facts import preview
from portal.ground.sentences import Sentence
from portal.merging import queries, services
from portal.merging.facts import OrganisationsMerged
from portal.merging.forms import OtherForm, SureForm, merge_form
from portal.merging.models import MergeRequest
from portal.merging.obstacles import obstacle as obstacle_of
from portal.merging.policies import Permission
from portal.merging.queries import Pair
from portal.organisations import queries as organisations
from portal.organisations.combining import parts
from portal.organisations.models import Organisation
from portal.words.i18n import _, _l, _n

bp = Blueprint("merging", __name__)
METHODS = ["GET", "POST"]
UNKNOWN = _l("There is no profile at this address that you could merge. Open the other profile and copy its address.")


def home_panel(person: Person) -> Panel | None:
    """On the person's own page: requests that wait for an answer."""
    links = [
        PanelLink(request.lost.name, url_for("merging.request", number=request.id), _("merge two profiles?"))
        for request in queries.to_decide(person)
    ]
    return Panel(_("Requests to merge profiles"), links) if links else None


@bp.route("/organisations/<slug:slug>/merge", methods=METHODS)
@requires(Permission.START, on=organisations.by_slug)
def start(organisation: Organisation) -> Response:
    """Which other profile is of the same organisation?"""
    private()
    form = OtherForm()
    if form.validate_on_submit():
        with form.refusals():
            pair = queries.pair(organisation.slug, form.slug)
            if pair is None or not can(Permission.COMPARE, pair):
                raise Refusal(UNKNOWN, field="other")
            services.check(pair)
            return redirect_to("merging.compare", slug=organisation.slug, other=pair.lost.slug)
    others = queries.others_of(signed_in_person(), organisation)
    return page("merging/start.html", form=form, organisation=organisation, others=others)


@bp.route("/organisations/<slug:slug>/merge/<slug:other>", methods=METHODS)
@requires(Permission.COMPARE, on=queries.pair)
def compare(pair: Pair) -> Response:
    """Both side by side, what goes over, and the button: at once for whoever may, a question to the others else."""
    private()
    obstacle, found = obstacle_of(pair), parts(pair.kept, pair.lost)
    form, at_once = merge_form(pair, found), can(Permission.MERGE, pair)
    if form.validate_on_submit():
        with form.refusals():
            if at_once:
                services.merge(pair, by=signed_in_person(), **form.values())
                flash(_("The two profiles are one now."))
                return redirect_to("organisations.show", slug=pair.kept.slug)
            request = services.propose(pair, by=signed_in_person(), **form.values())
            flash(_("Those who manage the other profile were asked by e-mail."))
            return redirect_to("merging.request", number=request.id)
    return page(
        "merging/compare.html",
        form=form,
        pair=pair,
        parts=found,
        obstacle=obstacle,
        at_once=at_once,
        moves=_moves(pair) if obstacle is None else [],
    )


@bp.route("/merges/<int(max=999999999):number>", methods=METHODS)
@requires(Permission.SEE_REQUEST, on=queries.request_of)
def request(asked: MergeRequest) -> Response:
    """What was proposed, for both sides; those who were asked say yes here."""
    private()
    pair = Pair(asked.kept, asked.lost)
    form, decides = SureForm.of_pair(pair), can(Permission.DECIDE, asked)
    if form.validate_on_submit():
        with form.refusals():
            services.accept(asked, by=signed_in_person(), **form.values())
            flash(_("The two profiles are one now."))
            return redirect_to("organisations.show", slug=pair.kept.slug)
    is_open = asked.state == "waiting"
    return page(
        "merging/request.html",
        form=form,
        action=ActionForm(),
        asked=asked,
        pair=pair,
        parts=parts(pair.kept, pair.lost) if is_open else [],
        obstacle=obstacle_of(pair) if is_open else None,
        decides=decides,
        moves=_moves(pair) if is_open else [],
    )


@bp.post("/merges/<int(max=999999999):number>/decline")
@requires(Permission.DECIDE, on=queries.request_of)
def decline(asked: MergeRequest) -> Response:
    if ActionForm().validate_on_submit():
        services.decline(asked, by=signed_in_person())
        flash(_("Both profiles stay as they are. Those who asked were told."))
    return redirect_to("merging.request", number=asked.id)


@bp.post("/merges/<int(max=999999999):number>/withdraw")
@requires(Permission.WITHDRAW, on=queries.request_of)
def withdraw(asked: MergeRequest) -> Response:
    if ActionForm().validate_on_submit():
        services.withdraw(asked, by=signed_in_person())
        flash(_("Request withdrawn. Both profiles stay as they are."))
    return redirect_to("merging.request", number=asked.id)


def _moves(pair: Pair) -> list[Sentence]:
    """What goes over, with counts: of the profile itself, then of every feature that has something of it."""
    moving = organisations.moving(pair.lost)
    people = _n(
        "%(n)s person keeps the roles and has them in the profile that stays.",
        "%(n)s people keep their roles and have them in the profile that stays.",
        moving.people,
    )
    invitations = _n("%(n)s open invitation goes over.", "%(n)s open invitations go over.", moving.invitations)
    numbers = _n(
        "%(n)s number in registers goes over or is retired, as you choose.",
        "%(n)s numbers in registers go over or are retired, as you choose.",
        moving.numbers,
    )
    addresses = _n(
        "%(n)s address leads to the profile that stays.",
        "%(n)s addresses lead to the profile that stays.",
        moving.addresses,
    )
    sentences = (
        (moving.people, people), (moving.invitations, invitations), (moving.numbers, numbers),
        (moving.addresses, addresses),
    )  # fmt: skip
    return [
        *(sentence for number, sentence in sentences if number),
        *preview(OrganisationsMerged(pair.lost.id, pair.kept.id)),
    ]
