"""The pages of news: for readers, for programs that read feeds, and for those who write."""

from portal.news.views import feeds, public, publishing, writing
from portal.news.views.blueprint import bp
from portal.news.views.writing import home_panel

__all__ = ["bp", "feeds", "home_panel", "public", "publishing", "writing"]
