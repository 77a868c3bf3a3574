"""What the application is joined from: one literal table for each thing that features give to the whole.

The order is the ladder of the house, lowest first.
"""

from collections.abc import Callable
from typing import Any

from click import Group
from flask import Blueprint, Flask

from portal import mail, privacy
from portal.accounts import policies as accounts_policies
from portal.accounts import privacy as accounts_privacy
from portal.accounts import services as accounts_services
from portal.accounts import views as accounts_views
from portal.accounts.facts import PeopleJoined
from portal.accounts.panels import HomePanel
from portal.accounts.session import init_accounts
from portal.events import models as events_models
from portal.events import policies as events_policies
from portal.events import privacy as events_privacy
from portal.events import views as events_views
from portal.events.facts import EventCancelled, EventChanged, SessionCancelled, SessionChanged
from portal.face import media
from portal.face.web import service
from portal.ground import audit, clock, limits, links
from portal.ground.authz import Rules
from portal.ground.config import Config
from portal.ground.db import transaction
from portal.ground.facts import Answers, Previews
from portal.ground.jobs import Periodic, beat
from portal.membership import models as membership_models
from portal.membership import policies as membership_policies
from portal.membership import privacy as membership_privacy
from portal.membership import reactions as membership_reactions
from portal.membership import views as membership_views
from portal.news import jobs as news_jobs
from portal.news import models as news_models
from portal.news import policies as news_policies
from portal.news import privacy as news_privacy
from portal.news import reactions as news_reactions
from portal.news import views as news_views
from portal.organisations import models as organisations_models
from portal.organisations import policies as organisations_policies
from portal.organisations import privacy as organisations_privacy
from portal.organisations import services as organisations_services
from portal.organisations import views as organisations_views
from portal.organisations.facts import PublicityChanged
from portal.pages import models as pages_models
from portal.pages import policies as pages_policies
from portal.pages import views as pages_views
from portal.privacy import own as core_privacy
from portal.registration import jobs as registration_jobs
from portal.registration import models as registration_models
from portal.registration import policies as registration_policies
from portal.registration import privacy as registration_privacy
from portal.registration import reactions as registration_reactions
from portal.registration import views as registration_views
from portal.words import search

# Importing them is what puts their tables into the metadata.
MODELS = (
    audit, search, organisations_models, membership_models, events_models, registration_models, news_models, pages_models,
)  # fmt: skip


def blueprints() -> list[Blueprint]:
    return [
        service.bp,
        accounts_views.bp,
        organisations_views.bp,
        membership_views.bp,
        events_views.bp,
        registration_views.bp,
        news_views.bp,
        pages_views.bp,
        pages_views.programs,
    ]


def rules() -> list[Rules]:
    return [
        accounts_policies.RULES,
        organisations_policies.RULES,
        membership_policies.RULES,
        events_policies.RULES,
        registration_policies.RULES,
        news_policies.RULES,
        pages_policies.RULES,
    ]


def answers() -> Answers:
    """Who answers which fact, in ladder order: the way of the data between features."""
    return [
        (PeopleJoined, membership_reactions.people_joined),
        (PeopleJoined, registration_reactions.people_joined),
        (SessionChanged, registration_reactions.session_changed),
        (SessionCancelled, registration_reactions.session_cancelled),
        (EventChanged, registration_reactions.event_changed),
        (EventCancelled, registration_reactions.event_cancelled),
        (PublicityChanged, news_reactions.publicity_changed),
    ]


def previews() -> Previews:
    """Who says beforehand whom a fact would touch."""
    return [
        (SessionChanged, registration_reactions.preview_session),
        (SessionCancelled, registration_reactions.preview_session_cancelled),
        (EventChanged, registration_reactions.preview_event),
        (EventCancelled, registration_reactions.preview_event_cancelled),
    ]


def personal() -> list[privacy.Part]:
    """What each feature holds about people, in ladder order, and at last what core holds for all of them."""
    return [
        accounts_privacy.PART,
        organisations_privacy.PART,
        membership_privacy.PART,
        events_privacy.PART,
        registration_privacy.PART,
        news_privacy.PART,
        core_privacy.PART,
    ]


def home_panels() -> list[HomePanel]:
    """What each feature shows a person on the page of the account."""
    return [
        organisations_views.home_panel,
        membership_views.home_panel,
        events_views.home_panel,
        registration_views.home_panel,
        news_views.home_panel,
        accounts_views.team_panel,
        pages_views.home_panel,
    ]


def cli_groups() -> list[Group]:
    return []


def init(app: Flask, config: Config) -> None:
    """Extensions that a feature brings along."""
    mail.init_mail(app, config)
    init_accounts(app, config, home_panels())


def wakers() -> dict[str, Callable[[], Any]]:
    """Background work that a use-case can wake."""
    return {"mail": mail.send_due}


def periodic() -> list[Periodic]:
    """What the one periodic worker does, and how often."""
    return [
        Periodic("heartbeat", 1, beat),
        Periodic("mail", 1, mail.send_due),
        Periodic("waiting lists", 1, registration_jobs.sweep),
        Periodic("posts", 1, news_jobs.index_due),
        Periodic("registrations", 60, registration_jobs.end_unconfirmed),
        Periodic("tidy", 60, _tidy),
        Periodic("people", 24 * 60, accounts_services.forget_strangers),
        Periodic("media", 24 * 60, media.remove_unused),
    ]


def _tidy() -> None:
    """End what has an end: limits, dead links, mails, requests that nobody confirmed, invitations, details of acts."""
    with transaction():
        limits.remove_old()
        mail.remove_old()
        accounts_services.remove_old()
        organisations_services.remove_old_invitations()
        privacy.remove_old_details()
        links.remove_expired(clock.now() - links.KEPT)
