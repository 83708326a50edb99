"""The lists for the next wave, as ``Move-CsUser -UserList`` reads them: ``sip:a@contoso.com,sip:b@contoso.com``.

One line without a final line break, which would become part of the last address. Empty when nobody moves.
"""

from collections.abc import Callable, Iterator

from checker.model.findings import Outcome
from checker.predict import Prediction, UserPrediction
from checker.rendering.commands import sip_uri

_LISTS: dict[str, Callable[[UserPrediction], Outcome]] = {
    "move-users": lambda user: user.outcome,
    "move-users-after-fixes": lambda user: user.own_outcome,
}


def move_lists(prediction: Prediction, *, wave_size: int | None = None) -> dict[str, str]:
    """Contents by file name: who moves as things stand, and who moves once the deployment is settled, in the order of
    the batch.

    With ``wave_size`` also ``move-users-01.txt`` and on, of at most so many users, all of one registrar pool: a wave
    weighs on one pool, and what goes wrong there stops no other. The pools come in the order of the batch.
    """
    files: dict[str, str] = {}
    for name, outcome in _LISTS.items():
        pool_of: dict[str, str] = {}
        for user in prediction.users:
            row = user.user.row
            if outcome(user) is Outcome.MOVES and (uri := sip_uri(row)):
                pool_of.setdefault(uri, row.user.registrar_pool if row.user else "")
        files[f"{name}.txt"] = ",".join(pool_of)
        waves = tuple(_waves(pool_of, wave_size)) if wave_size else ()
        digits = max(2, len(str(len(waves))))  # so that the names sort as the waves do
        for number, wave in enumerate(waves, start=1):
            files[f"{name}-{number:0{digits}}.txt"] = ",".join(wave)
    return files


def _waves(pool_of: dict[str, str], size: int) -> Iterator[list[str]]:
    pools: dict[str, list[str]] = {}
    for uri, pool in pool_of.items():
        pools.setdefault(pool, []).append(uri)
    for uris in pools.values():
        yield from (uris[at : at + size] for at in range(0, len(uris), size))
