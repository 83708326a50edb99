"""The accounts of the forest in which the users of a resource forest sign in."""

from collections.abc import Callable

from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.undecided import Reason, Undecided
from checker.readings import rows
from checker.readings.directory_users import ACCOUNT_FOREST
from checker.readings.sids import sid


def account_forest(evidence: Evidence) -> Callable[[str], bool]:
    """Whether an account has the SID; raises ``Undecided`` where the forest was not read, or in part."""
    answer = evidence.attempt(ACCOUNT_FOREST)
    if isinstance(answer, NoAnswer):
        unread = Unanswered(((ACCOUNT_FOREST, answer),))

        def nobody_knows(wanted: str) -> bool:
            raise unread.with_traceback(None)

        return nobody_knows
    sids = {sid(rows.raw(row, "SID", "objectSID"), "SID") for row in answer.rows}

    def has_account(wanted: str) -> bool:
        if wanted not in sids and not answer.complete:
            raise Undecided(
                Reason.NO_ACCESS,
                f"no account with the SID {wanted} in what was read of the account forest",
                needs="Get-ADUser--accounts of all accounts",
            )
        return wanted in sids

    return has_account
