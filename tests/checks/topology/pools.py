"""Pools of one server each, and what Get-CsServerPatchVersion says there."""

from collections.abc import Mapping

from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.checks import Server, ServerRole
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.builds import patch_version
from checker.readings.topology import POOLS
from tests.judging import objects

LYNC_2010, LYNC_2013 = ("4.0.7577.0", "Lync Server 2010"), ("5.0.8308.1182", "Lync Server 2013")
SFB_2015 = ("6.0.9319.619", "Skype for Business Server 2015")
SFB_2019 = ("7.0.2046.385", "Skype for Business Server 2019")
SFB_SE = ("7.0.2046.900", "Skype for Business Server Subscription Edition")
NOT_TOLD = ("7.0.2046.900", "Skype for Business Server")  # 2019, or Subscription Edition


def pool_row(pool: str, *computers: str, service: str = "Registrar") -> dict[str, Json]:
    return {"Fqdn": pool, "Computers": list(computers), "Services": [f"{service}:{pool}"]}


def patches(version: str, product: str) -> Objects:
    return objects(ComponentName=f"{product}, Core Components", Version=version)


def pools(*said: tuple[str, str] | NoAnswer) -> Mapping[AnyProbe, AnyAnswer | NoAnswer]:
    """``p0.contoso.com`` with the Front End ``s0.contoso.com``, and so on; each says its version and product."""
    names = [(f"p{place}.contoso.com", f"s{place}.contoso.com") for place in range(len(said))]
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {POOLS: objects(*(pool_row(*each) for each in names))}
    for (pool, fqdn), each in zip(names, said, strict=True):
        probe = patch_version(Server(fqdn=fqdn, role=ServerRole.FRONT_END, pool=pool))
        answers[probe] = each if isinstance(each, NoAnswer) else patches(*each)
    return answers
