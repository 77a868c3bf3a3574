"""Who stands behind a group: its page, vouches and patrons."""

from flask import Response, url_for

from portal.accounts.session import current_person, signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import client_ip, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground import limits
from portal.ground.authz import by_link, can, requires
from portal.ground.errors import Refusal
from portal.ground.links import LinkToken
from portal.ground.sights import AfterSignIn
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.organisations.policies import Permission as OrganisationPermission
from portal.trust import queries, services
from portal.trust.forms import AskToVouchForm, PatronForm, ReasonForm, VouchForm
from portal.trust.mails import VOUCH, VOUCH_LIFETIME
from portal.trust.models import Patronage, Vouch, VouchRequest
from portal.trust.policies import Permission
from portal.trust.views.act import act_page
from portal.trust.views.blueprint import bp
from portal.trust.views.profile import check_line
from portal.words.i18n import _, _n, _p, current_language

METHODS = ["GET", "POST"]


@bp.get("/organisations/<slug:slug>/trust")
@requires(Permission.SEE_PAGE, on=organisations.by_slug, see=AfterSignIn(OrganisationPermission.SEE))  # mailed
def of_organisation(organisation: Organisation) -> Response:
    private()
    number = organisation.id
    return page(
        "trust/of_organisation.html",
        organisation=organisation,
        vouches=queries.vouches_of(number),
        requests=queries.requests_of(number) if can(Permission.ASK_SUPPORT, organisation) else [],
        patrons=queries.patronages_of(number),
        has_support=queries.has_support(number),
        shortages=queries.shortages_of(number),
        time=queries.TIME,
        life=queries.life_of(number),
        registering=queries.open_registering(number),
        claim=queries.open_claim(number),
        checks=[check_line(made, name) for made, name in queries.standing(number).checks],
        owners=queries.owners(number),
    )


@bp.route("/organisations/<slug:slug>/trust/vouches", methods=METHODS)
@requires(Permission.ASK_SUPPORT, on=organisations.by_slug)
def ask_to_vouch(organisation: Organisation) -> Response:
    form, slug = AskToVouchForm(), organisation.slug
    if form.validate_on_submit():
        with form.refusals():
            limits.check("mail", address=form.email.data, ip=client_ip())
            services.ask_to_vouch(organisation, by=signed_in_person(), language=current_language(), **form.values())
            flash(_("Request sent to: %(email)s", email=form.email.data))
            return redirect_to("trust.of_organisation", slug=slug)
    return act_page(
        organisation, form, _("Ask somebody to vouch for the group"),
        [
            _("Ask a person who manages or represents a published member organisation of a network and knows the group."),
            _("Two such people of two different organisations are enough. Nobody of the group itself can vouch for it."),
        ],
        _p("button", "Send the request"), back=url_for("trust.of_organisation", slug=slug),
        hints={
            "email": _n(
                "We send one message with a link. It is valid for %(n)s day.",
                "We send one message with a link. It is valid for %(n)s days.",
                VOUCH_LIFETIME.days,
            )
        },
    )  # fmt: skip


@bp.route("/vouches/<token>", methods=METHODS)
@by_link(VOUCH, on=queries.request_of)
def vouch(asked: VouchRequest, link: LinkToken) -> Response:
    person, group = current_person(), asked.organisation
    voices = queries.speaks_for(person) if person is not None else []
    form = VouchForm(voices)
    if person is not None and not voices and form.is_submitted():
        form.refuse(Refusal(services.NO_VOICE))
    elif person is not None and form.validate_on_submit():
        with form.refusals():
            services.vouch(asked, via_id=int(form.via.data), by=person)
            flash(_("Thank you. The group reads who vouches for it, and so does everybody who opens its profile."))
            return redirect_to("accounts.home")
    return page("trust/vouch.html", form=form, group=group, voices=voices)


@bp.route("/vouches/<int:number>/withdraw", methods=METHODS)
@requires(Permission.WITHDRAW_VOUCH, on=queries.vouch)
def withdraw_vouch(vouch: Vouch) -> Response:
    form, group = ReasonForm(), vouch.organisation
    if form.validate_on_submit():
        with form.refusals():
            services.withdraw_vouch(vouch, by=signed_in_person(), **form.values())
            flash(_("The vouch is withdrawn. The group was told by e-mail."))
            return redirect_to("accounts.home")
    return act_page(
        group, form, _("Withdraw the vouch?"),
        [
            _n(
                "When fewer than two vouches remain, the group has %(n)s day to find another. It stays public.",
                "When fewer than two vouches remain, the group has %(n)s days to find another. It stays public.",
                queries.TIME.days,
            )
        ],
        _p("button", "Withdraw the vouch"), back=url_for("accounts.home"),
        hints={"reason": _("The people of the group read it.")},
    )  # fmt: skip


@bp.route("/organisations/<slug:slug>/trust/patron", methods=METHODS)
@requires(Permission.ASK_SUPPORT, on=organisations.by_slug)
def ask_patron(organisation: Organisation) -> Response:
    form, slug = PatronForm(), organisation.slug
    if form.validate_on_submit():
        with form.refusals():
            services.ask_patron(organisation, by=signed_in_person(), **form.values())
            flash(_("The patron was asked. Its people were told by e-mail."))
            return redirect_to("trust.of_organisation", slug=slug)
    return act_page(
        organisation, form, _("Ask an organisation to be the patron"),
        [
            _("A patron is a registered organisation that takes the group under its roof. It is named on the profile."),
            _("With a patron the group needs no vouches."),
        ],
        _p("button", "Ask the patron"), back=url_for("trust.of_organisation", slug=slug),
        hints={"patron": _("Open the profile of the patron and copy its address from the browser.")},
    )  # fmt: skip


@bp.route("/patronages/<int:number>", methods=METHODS)
@requires(Permission.SEE_PATRONAGE, on=queries.patronage)
def patronage(patronage: Patronage) -> Response:
    private()
    form, number = ActionForm(), patronage.id
    if form.validate_on_submit():
        with form.refusals():
            services.accept_patronage(patronage, by=signed_in_person())
            flash(_("Accepted. The profile of the group names the patron from now on."))
            return redirect_to("trust.patronage", number=number)
    return page("trust/patronage.html", form=form, patronage=queries.patronage(number))


@bp.route("/patronages/<int:number>/end", methods=METHODS)
@requires(Permission.END_PATRONAGE, on=queries.patronage)
def end_patronage(patronage: Patronage) -> Response:
    form, group, is_open = ReasonForm(), patronage.organisation, patronage.accepted_at is None
    if form.validate_on_submit():
        with form.refusals():
            services.end_patronage(patronage, by=signed_in_person(), **form.values())
            flash(_("Done. The other side was told by e-mail."))
            return redirect_to("accounts.home")
    return act_page(
        group, form, _("Refuse or withdraw the request?") if is_open else _("End the patronage?"),
        [
            _n(
                "A group without a patron and without two vouches has %(n)s day to find support. It stays public.",
                "A group without a patron and without two vouches has %(n)s days to find support. It stays public.",
                queries.TIME.days,
            )
        ],
        _p("button", "Refuse the request") if is_open else _p("button", "End the patronage"),
        back=url_for("accounts.home"), hints={"reason": _("The other side reads it.")},
    )  # fmt: skip
