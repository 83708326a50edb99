"""Which SIP domains the users of the batch have: a domain that has none of them stops nobody now."""

from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Undecided
from checker.readings.users import ON_PREMISES_USERS, batch


def has_nobody(target: Target, evidence: Evidence, domain: str) -> bool:
    """Whether it is certain that no user of the batch has the domain. ``False`` with --no-users, with an empty batch,
    and where a user, or the list of all, was not read.
    """
    if target.no_users:
        return False
    try:
        users = evidence.derive(batch(target))
        if target.users is None and not evidence.answer(ON_PREMISES_USERS).complete:
            return False
    except Undecided:
        return False
    were_read = bool(users) and all(user.found is not None and user.sip_domain.isascii() for user in users)
    return were_read and all(user.sip_domain != domain for user in users)
