"""The pages of news: for readers, for programs that read feeds, and for those who write."""

from portal.news.views import feeds, public, publishing, writing
from portal.news.views.blueprint import bp

__all__ = ["bp", "feeds", "public", "publishing", "writing"]
