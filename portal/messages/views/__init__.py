"""The pages of messages: the log of a sender, the words, and sending them."""

from portal.messages.views import sending, writing
from portal.messages.views.blueprint import bp
from portal.messages.views.sending import page_of_task, told

__all__ = ["bp", "page_of_task", "sending", "told", "writing"]
