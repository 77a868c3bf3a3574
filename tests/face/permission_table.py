"""Who may see what belongs to no feature: pictures, and what watches the portal."""

from tests.support.permissions import PUBLIC, Routes, Row

ROWS: list[Row] = []

# Every route and who gets in: everybody, whoever is signed in, the holder of a link, or whoever has the permission.
ROUTES: Routes = {
    "service.health": PUBLIC,
    "service.media": PUBLIC,
    "service.ready": PUBLIC,
}
