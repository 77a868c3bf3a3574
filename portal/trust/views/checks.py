"""Facts that were checked by hand, and giving a profile away."""

from flask import Response, url_for

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import flash, redirect_to
from portal.ground.authz import requires
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.trust import queries, services
from portal.trust.forms import CheckForm
from portal.trust.models import CheckKind
from portal.trust.policies import Permission
from portal.trust.views.act import act_page
from portal.trust.views.blueprint import bp
from portal.words.i18n import _, _p

METHODS = ["GET", "POST"]


@bp.route("/organisations/<slug:slug>/trust/checks", methods=METHODS)
@requires(Permission.CHECK, on=organisations.by_slug)
def check(organisation: Organisation) -> Response:
    slug, network = organisation.slug, queries.coordinated_with(signed_in_person(), organisation.id)
    form = CheckForm(queries.kinds_for(organisation, by_network=network is not None))
    if form.validate_on_submit():
        with form.refusals():
            services.check(organisation, kind=CheckKind(form.kind.data), by=signed_in_person())
            flash(_("Noted. The profile shows it with the day."))
            return redirect_to("trust.of_organisation", slug=slug)
    return act_page(
        organisation, form, _("Note what was checked"),
        [
            _("Note only what you have compared or seen yourself today. It is shown for twelve months."),
            _("The profile names the network or the portal team, never you."),
        ],
        _p("button", "Note it"), back=url_for("trust.of_organisation", slug=slug),
    )  # fmt: skip


@bp.route("/organisations/<slug:slug>/trust/release", methods=METHODS)
@requires(Permission.RELEASE, on=organisations.by_slug)
def release(organisation: Organisation) -> Response:
    form, slug = ActionForm(), organisation.slug
    if form.validate_on_submit():
        with form.refusals():
            services.release(organisation, by=signed_in_person())
            flash(_("The profile is given to the coordinators. They were told by e-mail."))
            return redirect_to("organisations.mine")
    return act_page(
        organisation, form, _("Give the profile to the coordinators?"),
        [
            _("Do this when nobody of the organisation can look after the profile any more."),
            _("The profile stays public and says that it looks for somebody. You cannot edit it any more."),
            _("The coordinators of its networks, or else the portal team, decide who gets it."),
        ],
        _p("button", "Give the profile away"), back=url_for("trust.of_organisation", slug=slug),
    )  # fmt: skip
