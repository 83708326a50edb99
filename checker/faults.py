"""The catalogue of faults: what ``Move-CsUser`` says when it fails, at which step, and why.

Only 506, 507 and 510 are published as numbered faults of the hosted migration service. Their articles are of the days
of Skype for Business Online (until 2021-07-31); that the service of today still words or numbers them so is not
verified, while the conditions they name stand in today's documents. Every other fault is a text, or a documented
condition for which no text is published.

The order of the steps is inferred, not documented; between the steps of the tenant (61, 62) and those of the user
(71 to 79) nothing is known of it, and units within a ten carry no evidence.
"""

from checker.faults_in_cloud import FAULTS_IN_CLOUD
from checker.faults_on_premises import FAULTS_ON_PREMISES
from checker.model.faults import Fault

FAULTS: tuple[Fault, ...] = FAULTS_ON_PREMISES + FAULTS_IN_CLOUD  # by step, then id

_BY_ID = {each.id: each for each in FAULTS}


def fault(fault_id: str) -> Fault:
    """The fault of that id, as in ``hms-510``. Raises ``KeyError`` where the catalogue has none."""
    return _BY_ID[fault_id]
