"""The lists for the next wave, as ``Move-CsUser -UserList`` reads them: ``sip:a@contoso.com,sip:b@contoso.com``.

One line without a final line break, which would become part of the last address. Empty when nobody moves.
"""

from collections.abc import Iterable

from checker.model.findings import Outcome
from checker.predict import Prediction, UserPrediction
from checker.rendering.commands import sip_uri


def move_users(prediction: Prediction) -> str:
    """Users who move as things stand, in the order of the batch."""
    return _list(user for user in prediction.users if user.outcome is Outcome.MOVES)


def move_users_after_fixes(prediction: Prediction) -> str:
    """Users who move once the deployment is settled, in the order of the batch."""
    return _list(user for user in prediction.users if user.own_outcome is Outcome.MOVES)


def _list(users: Iterable[UserPrediction]) -> str:
    uris = dict.fromkeys(sip_uri(each.user.row) for each in users)
    return ",".join(filter(None, uris))
