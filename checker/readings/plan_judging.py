"""Whether a user has a product, by the service plans that stand for it.

Names as Get-CsOnlineUser and as Microsoft Graph give them, in lower case; the patterns are those of public scripts.
"""

import re
from dataclasses import dataclass

from checker.model.undecided import Unreadable
from checker.readings.licences import Plans, PlanState


@dataclass(frozen=True, slots=True, eq=False)
class Product:
    """``plans``: each of them is the product. ``unsourced``: named by no text; doubted unless ``is_lenient``."""

    name: str
    plans: tuple[str, ...]
    unsourced: re.Pattern[str]
    is_lenient: bool = False


TEAMS = Product("Teams", ("teams", "teams_gcc", "teams1"), re.compile(r"teams1?_(ar_)?(gov|gcc|dod)\w*"))
SKYPE = Product(
    "Skype for Business Online",
    ("mcoprofessional", "mcostandard"),
    re.compile(r"mcoimp\w*|mcostandard_\w+|mcoprofessional_\w+"),
)
PHONE_SYSTEM = Product("Phone System", ("mcoev",), re.compile(r"mcoev_(gov|gcc|dod)\w*"))
AUDIO_CONFERENCING = Product(
    "Audio Conferencing", ("mcomeetadv", "mcomeetadd"), re.compile(r"mcomeet\w*"), is_lenient=True
)

_NOT_YET = {PlanState.FRESH: "assigned less than 30 minutes before", PlanState.PENDING: "not active yet"}


def look_for(product: Product, plans: Plans) -> tuple[bool, str]:
    """Whether the user has it in some way, and what is to be said of it; nothing when it is simply enabled.

    Raises ``Unreadable`` where it is missing among the plans with names, and there are others.
    """
    variants = plans.matching(product.unsourced)
    state = plans.best((*product.plans, *variants) if product.is_lenient else product.plans)
    if state is PlanState.ENABLED:
        return True, ""
    if state in _NOT_YET:
        return True, f"{product.name} {_NOT_YET[state]}"
    if variants:
        return True, f"{product.name} only as {', '.join(variants)}"
    if plans.unnamed:
        raise Unreadable(f"{product.name} may be among the plans whose ids are in no subscribed SKU")
    return False, f"{product.name} missing"
