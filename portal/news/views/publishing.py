"""Putting posts on the site and taking them off."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.ground.authz import requires
from portal.membership.publishers import publisher_of, zone_of
from portal.news import forms, queries, services
from portal.news.models import Post
from portal.news.policies import Permission
from portal.news.views.blueprint import bp
from portal.words.i18n import _, formats


@bp.route("/news/<slug:slug>/publish", methods=["GET", "POST"])
@requires(Permission.PUBLISH, on=queries.by_slug)
def publish(post: Post) -> Response:
    form, slug, zone = forms.PublishForm(data={"when": "now"}), post.slug, zone_of(publisher_of(post))
    if form.validate_on_submit():
        with form.refusals():
            if form.when.data == "later":
                return _schedule(post, form, zone)
            services.publish_post(post, by=signed_in_person())
            flash(_("Post published."))
            return redirect_to("news.show", slug=slug)
    post = queries.by_slug(slug) or post
    return page("news/publish.html", form=form, post=post, publisher=publisher_of(post), zone=zone)


def _schedule(post: Post, form: forms.PublishForm, zone: str) -> Response:
    slug = post.slug
    services.schedule_post(post, at=form["publish_at"].data, by=signed_in_person())
    stored = queries.by_slug(slug)
    if stored is not None and stored.publish_at is not None:
        flash(_("Post scheduled. It becomes public: %(moment)s", moment=formats.date_time(stored.publish_at, zone)))
    return redirect_to("news.preview", slug=slug)


@bp.route("/news/<slug:slug>/call-back", methods=["GET", "POST"])
@requires(Permission.CALL_BACK, on=queries.by_slug)
def call_back(post: Post) -> Response:
    form, slug = ActionForm(), post.slug
    if form.validate_on_submit():
        with form.refusals():
            services.call_back_post(post, by=signed_in_person())
            flash(_("The post is a draft again."))
            return redirect_to("news.preview", slug=slug)
    return page("news/call_back.html", form=form, post=queries.by_slug(slug) or post)


@bp.route("/news/<slug:slug>/unpublish", methods=["GET", "POST"])
@requires(Permission.UNPUBLISH, on=queries.by_slug)
def unpublish(post: Post) -> Response:
    form, slug = ActionForm(), post.slug
    if form.validate_on_submit():
        with form.refusals():
            services.unpublish_post(post, by=signed_in_person())
            flash(_("The post is off the site. It can come back at any time."))
            return redirect_to("news.preview", slug=slug)
    return page("news/unpublish.html", form=form, post=queries.by_slug(slug) or post)
