"""The side of the organisation: sending the profile for publication, applying, answering, withdrawing, leaving."""

from collections.abc import Sequence

from flask import Response, url_for

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.look import ProfilePart
from portal.face.media import document_response
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import can, requires
from portal.ground.errors import Conflict
from portal.ground.sights import AfterSignIn
from portal.membership import queries, services
from portal.membership.forms import AnswerForm, ResignForm, SendForm, application_form
from portal.membership.models import Membership, Network, Review
from portal.membership.policies import Permission
from portal.membership.views.blueprint import bp
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.policies import Permission as OrganisationPermission
from portal.questions.forms import answers_form
from portal.words.i18n import _, current_language
from portal.words.vocabularies import label

METHODS = ["GET", "POST"]


@bp.get("/organisations/<slug:slug>/networks")
@requires(Permission.SEE_NETWORKS_OF, on=organisations.by_slug, see=AfterSignIn(OrganisationPermission.SEE))  # mailed
def of_organisation(organisation: Organisation) -> Response:
    private()
    pages, memberships = Pagination.of_rows(queries.applications_of(organisation.id))
    requests, reviews = Pagination.of_rows(queries.reviews_of(organisation.id), name="requests")
    return page(
        "membership/of_organisation.html",
        organisation=organisation,
        memberships=memberships,
        pages=pages,
        reviews=reviews,
        requests=requests,
        waiting=queries.open_review(organisation.id),
        action=ActionForm(),
    )


def profile_parts(organisation: Organisation) -> Sequence[ProfilePart]:
    """On the overview of a profile: its networks, and the way to the public."""
    if not can(Permission.SEE_NETWORKS_OF, organisation):
        return []
    words = _("Profile: %(state)s", state=label("org_status", organisation.status))
    url = url_for("membership.of_organisation", slug=organisation.slug)
    return [ProfilePart(_("Networks and publication"), url, says=words, place=50)]


@bp.route("/organisations/<slug:slug>/send", methods=METHODS)
@requires(Permission.SEND_FOR_REVIEW, on=organisations.by_slug)
def send_for_review(organisation: Organisation) -> Response:
    private()
    slug = organisation.slug
    if organisation.status != OrganisationStatus.DRAFT:
        return redirect_to("membership.of_organisation", slug=slug)
    networks = queries.all_networks()
    form = SendForm(networks)
    if form.validate_on_submit():
        with form.refusals():
            services.send_for_review(organisation, by=signed_in_person(), **form.values())
            flash(_("Profile sent for review. We will send the result by e-mail."))
            return redirect_to("membership.of_organisation", slug=slug)
    return page("membership/send.html", form=form, organisation=organisation, days=queries.REPLY_WITHIN.days)


@bp.post("/organisations/<slug:slug>/send/withdraw")
@requires(Permission.WITHDRAW_REVIEW, on=queries.open_review_at)
def withdraw_review(review: Review) -> Response:
    slug = review.organisation.slug
    if ActionForm().validate_on_submit():
        services.withdraw_review(review, by=signed_in_person())
        flash(_("The request has been withdrawn. The profile is a draft again."))
    return redirect_to("membership.of_organisation", slug=slug)


@bp.route("/networks/<slug:slug>/apply", methods=METHODS)
@requires(Permission.APPLY, on=queries.network_by_slug)
def apply(network: Network) -> Response:
    private()
    found = queries.organisations_to_apply(signed_in_person(), network)
    form = application_form(network, found, data={"language": current_language()})
    if form.is_submitted() and not found:  # the other tab was faster
        form.refuse(Conflict(services.ALREADY))
    elif form.validate_on_submit():
        with form.refusals():
            membership = services.apply(
                network,
                organisation_id=int(form["organisation_id"].data),
                by=signed_in_person(),
                **form.filled(),
            )
            flash(_("Application submitted. The decision will come by e-mail."))
            return redirect_to("membership.application", number=membership.id)
    return page("membership/apply.html", form=form, network=network, organisations=found)


@bp.get("/memberships/<int:number>")
@requires(Permission.SEE, on=queries.application)
def application(membership: Membership) -> Response:
    private()
    return page(
        "membership/application.html",
        membership=membership,
        events=queries.events_of(membership.id),
        answers=queries.answers_of(membership.id),
    )


@bp.get("/memberships/<int:number>/files/<int:question>")
@requires(Permission.SEE_FILE, on=queries.sent_file)
def file(sent: queries.SentFile) -> Response:
    private()
    answered = sent.answered
    assert answered.file is not None
    return document_response(answered.file, answered.answer.text)


@bp.route("/memberships/<int:number>/answer", methods=METHODS)
@requires(Permission.ANSWER, on=queries.application)
def answer(membership: Membership) -> Response:
    private()
    number = membership.id
    data = {"language": current_language(), "version": membership.row_version}
    form = answers_form(AnswerForm, membership.network.question_set_id, membership.answer_set_id, data=data)
    if form.validate_on_submit():
        with form.refusals():
            services.answer(
                membership,
                reason=form.reason.data,
                version=form.seen,
                by=signed_in_person(),
                **form.filled(),
            )
            flash(_("Answer sent. The application waits for a decision again."))
            return redirect_to("membership.application", number=number)
    return page(
        "membership/answer.html",
        form=form,
        membership=queries.application(number),
        events=queries.events_of(number),
    )


@bp.route("/memberships/<int:number>/withdraw", methods=METHODS)
@requires(Permission.WITHDRAW, on=queries.application)
def withdraw(membership: Membership) -> Response:
    private()
    form, number = ActionForm(), membership.id
    if form.validate_on_submit():
        with form.refusals():
            services.withdraw(membership, by=signed_in_person())
            flash(_("The application has been withdrawn."))
            return redirect_to("membership.application", number=number)
    return page("membership/withdraw.html", form=form, membership=queries.application(number))


@bp.route("/memberships/<int:number>/leave", methods=METHODS)
@requires(Permission.RESIGN, on=queries.application)
def leave(membership: Membership) -> Response:
    private()
    form, number = ResignForm(), membership.id
    if form.validate_on_submit():
        with form.refusals():
            services.resign(membership, by=signed_in_person(), **form.values())
            flash(_("The organisation has left the network."))
            return redirect_to("membership.application", number=number)
    return page("membership/leave.html", form=form, membership=queries.application(number))
