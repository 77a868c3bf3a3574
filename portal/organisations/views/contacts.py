"""How to reach an organisation: its contacts, and who sees them."""

from flask import Response, request

from portal.accounts.session import current_person, signed_in_person
from portal.documents import queries as documents
from portal.face.web import client_ip, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground import limits
from portal.ground.authz import can, requires
from portal.ground.errors import Conflict
from portal.organisations import queries, services
from portal.organisations.forms import WriteForm, contacts_form
from portal.organisations.models import Organisation
from portal.organisations.nearness import OTHERS, Nearness, reader
from portal.organisations.policies import Permission
from portal.organisations.views.blueprint import bp
from portal.organisations.views.directory import profile_page, reader_tabs
from portal.words.i18n import LANGUAGES, _, current_language


@bp.route("/<slug:slug>/edit/contacts", methods=["GET", "POST"])
@requires(Permission.EDIT, on=queries.by_slug)
def contacts(organisation: Organisation) -> Response:
    private()
    asked = request.args.get("text", "")
    language = asked if asked in LANGUAGES else organisation.name.original
    form = contacts_form(organisation, queries.contacts_of(organisation), language)
    if not form.adds and form.validate_on_submit():
        with form.refusals():
            services.set_contacts(
                organisation, by=signed_in_person(), language=language, version=form.seen, contacts=form.typed,
                contact_form=form.contact_form.data,
            )  # fmt: skip
            flash(_("Contacts saved."))
            return redirect_to("organisations.show", slug=organisation.slug)
    return page(
        "organisations/contacts.html", form=form, organisation=organisation, language=language,
        status=422 if form.adds else 200,  # as after an error: it was sent, and nothing is saved
    )  # fmt: skip


@bp.get("/<slug:slug>/who-sees")
@requires(Permission.EDIT, on=queries.by_slug)
def who_sees(organisation: Organisation) -> Response:
    """What everybody, people with an account, members and coordinators see: as a table, and as the page itself."""
    private()
    asked = next((one for one in OTHERS if one.name.lower() == request.args.get("near")), None)
    if asked is not None:
        return profile_page(organisation, asked, preview=True)
    return page(
        "organisations/who_sees.html", organisation=organisation, contacts=queries.contacts_of(organisation),
        listed=[one for one in queries.listed_of(organisation) if one.is_shown],
        documents=documents.documents_of(organisation),
        everybody=[(reader(one), one) for one in Nearness], tabs=reader_tabs(organisation.slug, None),
    )  # fmt: skip


@bp.route("/<slug:slug>/write", methods=["GET", "POST"])
@requires(Permission.SEE, on=queries.by_slug)
def write(organisation: Organisation) -> Response:
    private()
    person, slug = current_person(), organisation.slug
    form, is_open = WriteForm.by(person), can(Permission.WRITE_TO, organisation)
    if not is_open and not form.is_submitted():
        return page("organisations/write_closed.html", organisation=organisation)
    if not is_open:
        form.refuse(Conflict(services.TAKES_NO_MESSAGES))
    elif form.validate_on_submit():
        with form.refusals():
            name, address = (person.name, person.address) if person else (form.name.data, form.email.data)
            limits.check("mail", address=address, ip=client_ip())
            limits.check("contact", address=f"organisation:{organisation.id}", ip=client_ip())
            services.write(
                organisation,
                by=person,
                name=name,
                email=address,
                message=form.message.data,
                language=current_language(),
            )
            return redirect_to("organisations.written", slug=slug)
    return page("organisations/write.html", form=form, organisation=organisation)


@bp.get("/<slug:slug>/write/sent")
@requires(Permission.SEE, on=queries.by_slug)
def written(organisation: Organisation) -> Response:
    private()
    return page("organisations/written.html", organisation=organisation)
