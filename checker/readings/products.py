"""The products that servers can be, and until when each is supported; builds alone do not tell 2019 from its successor.

End of support: Microsoft's announcement of Subscription Edition and of the paid extension, as reported by the sources
of ``topology.product-supported`` (read 2026-11-22). The dates of Lync Server are from memory.
"""

from dataclasses import dataclass
from datetime import date

from checker.model.answers import Objects
from checker.readings import rows
from checker.readings.builds import BuildLine, is_core_components


@dataclass(frozen=True, slots=True)
class Product:
    """``line``: the :class:`BuildLine` its builds belong to. ``supported_until`` is ``None`` where no end is fixed;
    ``extended_until``: with the extension that had to be bought.
    """

    id: str
    line: str
    name: str
    supported_until: date | None
    extended_until: date | None = None

    def is_supported(self, day: date) -> bool:
        """Without the extension: nobody but its buyer knows of that."""
        return self.supported_until is None or day < self.supported_until


LYNC_2010 = Product("lync-2010", "lync-2010", "Lync Server 2010", date(2021, 4, 13))  # from memory
LYNC_2013 = Product("lync-2013", "lync-2013", "Lync Server 2013", date(2023, 4, 11))  # from memory
SFB_2015 = Product("sfb-2015", "sfb-2015", "Skype for Business Server 2015", date(2025, 10, 14), date(2026, 4, 14))
SFB_2019 = Product("sfb-2019", "sfb-2019", "Skype for Business Server 2019", date(2025, 10, 14), date(2026, 4, 14))
# Under the Modern Lifecycle Policy, which asks for the current update and names no end.
SFB_SE = Product("sfb-se", "sfb-2019", "Skype for Business Server Subscription Edition", None)

PRODUCTS = (LYNC_2010, LYNC_2013, SFB_2015, SFB_2019, SFB_SE)


def products_of(line: BuildLine, patches: Objects) -> tuple[Product, ...]:
    """What the server of these rows of Get-CsServerPatchVersion can be: one product, or those that it may be.

    That Subscription Edition has "Subscription" in the name of its Core Components is inferred: it is not published.
    """
    possible = tuple(product for product in PRODUCTS if product.line == line.id)
    if len(possible) == 1:
        return possible
    names = " ".join(rows.text(row, "ComponentName") for row in patches.rows if is_core_components(row))
    said = {SFB_SE: "subscription" in names.casefold(), SFB_2019: "2019" in names}
    return tuple(product for product in possible if said.get(product)) or possible
