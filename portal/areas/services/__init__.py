"""What can be done with areas. The only writers of their tables."""

from portal.areas.services.derived import INDEX
from portal.areas.services.importing import BATCH, Outcome, TooManyVanish, import_lists

__all__ = ["BATCH", "INDEX", "Outcome", "TooManyVanish", "import_lists"]
