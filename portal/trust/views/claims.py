"""Claims to profiles: asked, proven, objected to, decided."""

from flask import Response, request, url_for

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import client_ip, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground import limits
from portal.ground.authz import by_link, requires
from portal.ground.links import LinkToken
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.organisations.policies import Permission as OrganisationPermission
from portal.trust import queries, services
from portal.trust.forms import ClaimForm, OptionalReasonForm, ReasonForm
from portal.trust.mails import OBJECTION, PROOF
from portal.trust.models import Claim, ClaimMethod, ClaimStatus
from portal.trust.policies import Permission
from portal.trust.views.act import act_page
from portal.trust.views.blueprint import bp
from portal.words.i18n import _, _n, _p

METHODS = ["GET", "POST"]


@bp.route("/organisations/<slug:slug>/claim", methods=METHODS)
@requires(Permission.CLAIM, on=organisations.by_slug, see=OrganisationPermission.SEE)
def claim(organisation: Organisation) -> Response:
    private()
    form = ClaimForm()
    if form.validate_on_submit():
        with form.refusals():
            if form.method.data == ClaimMethod.MAIL:
                limits.check("mail", address=form.address.data, ip=client_ip())
            values = {**form.values(), "method": ClaimMethod(form.method.data)}
            made = services.claim(organisation, by=signed_in_person(), **values)
            flash(_("Your claim is noted. This page shows what happens next."))
            return redirect_to("trust.claim_case", number=made.id)
    return page(
        "trust/claim.html",
        form=form,
        organisation=organisation,
        has_owners=bool(queries.owners(organisation.id)),
        days=OBJECTION.days,
        domain=queries.own_domain(organisation),
        address=queries.public_address(organisation),
    )


@bp.route("/claims/prove/<token>", methods=METHODS)
@by_link(PROOF, on=queries.claim_of)
def prove(claim: Claim, link: LinkToken) -> Response:
    form, organisation, claimant = ActionForm(), claim.organisation, queries.claimant_of(claim)
    name, slug = claimant.name if claimant else "", organisation.slug
    if form.validate_on_submit():
        with form.refusals():
            proven = services.prove(claim)
            flash(
                _("Confirmed. The person manages the profile from now on.")
                if proven.status == ClaimStatus.GRANTED
                else _("Confirmed. The people who manage the profile were told and can object.")
            )
            return redirect_to("organisations.show", slug=slug)
    return page("trust/prove.html", form=form, organisation=organisation, claimant=name)


@bp.get("/claims/<int:number>")
@requires(Permission.SEE_CLAIM, on=queries.claim)
def claim_case(claim: Claim) -> Response:
    return _case(claim.id, OptionalReasonForm())


@bp.post("/claims/<int:number>")
@requires(Permission.DECIDE_CLAIM, on=queries.claim)
def decide_claim(claim: Claim) -> Response:
    form, number = OptionalReasonForm(), claim.id
    if form.validate_on_submit():
        with form.refusals():
            if request.form.get("decision") == "grant":
                done = services.grant(claim, by=signed_in_person(), **form.values())
                waits = done.status == ClaimStatus.WAITING
                flash(_("The people of the profile were asked first.") if waits else _("Claim granted."))
            else:
                services.refuse(claim, by=signed_in_person(), **form.values())
                flash(_("Claim refused. The message with the reason is on its way."))
            return redirect_to("trust.claim_case", number=number)
    return _case(number, form)


def _case(number: int, form: OptionalReasonForm) -> Response:
    private()
    found = queries.claim(number)
    assert found is not None
    return page(
        "trust/claim_case.html",
        form=form,
        claim=found,
        claimant=queries.claimant_of(found),
        has_owners=bool(queries.owners(found.organisation_id)),
        action=ActionForm(),
    )


@bp.post("/claims/<int:number>/withdraw")
@requires(Permission.WITHDRAW_CLAIM, on=queries.claim)
def withdraw_claim(claim: Claim) -> Response:
    number = claim.id
    if ActionForm().validate_on_submit():
        services.withdraw_claim(claim, by=signed_in_person())
        flash(_("The claim has been withdrawn."))
    return redirect_to("trust.claim_case", number=number)


@bp.route("/claims/<int:number>/object", methods=METHODS)
@requires(Permission.OBJECT, on=queries.claim)
def object_to(claim: Claim) -> Response:
    form, organisation, number = ReasonForm(), claim.organisation, claim.id
    if form.validate_on_submit():
        with form.refusals():
            services.object_to(claim, by=signed_in_person(), **form.values())
            flash(_("Objection noted. The portal team decides and tells you."))
            return redirect_to("trust.claim_case", number=number)
    return act_page(
        organisation, form, _("Object to the claim"),
        [
            _n(
                "An objection is possible for %(n)s day. It stops the claim, and the portal team decides with a reason.",
                "An objection is possible for %(n)s days. It stops the claim, and the portal team decides with a reason.",
                OBJECTION.days,
            ),
            _("If you know the person and agree, there is nothing to do here: invite them on the page “People”."),
        ],
        _p("button", "Object"), back=url_for("trust.claim_case", number=number),
        hints={"reason": _("The portal team and the person read it.")},
    )  # fmt: skip
