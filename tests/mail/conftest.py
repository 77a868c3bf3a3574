"""What the tests of mail share."""

from tests.mail.test_isolation import answering

__all__ = ["answering"]
