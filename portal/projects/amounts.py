"""Money in a column: a whole number of hundredths, with its currency in a column beside it."""

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

HUNDREDTHS = 100  # of the currencies of `currency`: each has two decimals
CENT = Decimal("0.01")
MOST = Decimal(10) ** 12  # more than any programme gives; below what a form takes


class Amount(sa.TypeDecorator[Decimal]):
    """An amount of money. No float is near it on either engine: SQLite keeps NUMERIC as one.

    Raises ValueError for an amount with more than two decimals.
    """

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        hundredths = value * HUNDREDTHS
        if hundredths != hundredths.to_integral_value():
            raise ValueError(f"{value} has more than two decimals")
        return int(hundredths)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(value) / HUNDREDTHS).quantize(CENT)
