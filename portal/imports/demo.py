"""The demo has one list that waits to be carried out, with everything that a row can be."""

from portal.accounts.demo import Cast
from portal.declaration import Demo
from portal.ground.authz import PORTAL
from portal.imports.services import bring
from portal.words.tables import Bounds, read_text

LIST = """Nazwa;Forma prawna;Miejscowość;Województwo;Tematy;KRS;NIP;E-mail;Opis
Koło Gospodyń Wiejskich „Pod Lipą”;koło gospodyń wiejskich;Myszyniec;mazowieckie;1;;;kolo@example.org;Gotujemy i śpiewamy.
Stowarzyszenie Pracownia Sąsiedzka;stowarzyszenie;Łódź;łódzkie;1;;;;Ta organizacja ma już profil.
Fundacja Cztery Wiatry;fundacja;Zgierz;łódzkie;5;1234563218;;;Numer NIP w kolumnie KRS.
Klub Gołębiowszczyzna;nieznana forma;Wąchock;świętokrzyskie;;;;to nie adres;
"""


def load(cast: Cast) -> None:
    bring(read_text(LIST, Bounds()), source="Lista gmin partnerskich, listopad", language="pl", by=PORTAL)


DEMO = Demo(load=load)
