"""What the machine that csready runs on reaches: the internet at all, and ports of hosts there."""

from collections.abc import Iterable

from checker.model.answers import HttpAnswer, TlsAnswer
from checker.model.axes import Cloud
from checker.model.evidence import Evidence
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, HttpProbe, TlsProbe, Vantage
from checker.readings.cloud_names import CLOUD_NAMES

_ACCEPTED = ("connection-reset", "handshake-timeout", "read-timeout")  # and TLS did not come about
_SHUT = ("connection-refused", "connect-timeout")


def control(cloud: Cloud) -> HttpProbe:
    """What answers whoever gets out to the internet."""
    return HttpProbe(vantage=Vantage.HERE, url=CLOUD_NAMES[cloud].autodiscover_url)


def gets_out(evidence: Evidence, cloud: Cloud) -> bool:
    """Whether the control answers, behind a certificate that is trusted; ``False`` where nobody could say."""
    answer = evidence.attempt(control(cloud))
    return isinstance(answer, HttpAnswer) and not answer.tls_error


def connected_from_here(
    evidence: Evidence, cloud: Cloud, names: Iterable[str], port: int
) -> tuple[dict[str, bool], tuple[tuple[AnyProbe, NoAnswer], ...]]:
    """Whether the port of each name accepts a connection, whatever TLS makes of it; of others, why it is not known.

    One that does not counts only where this machine gets out to the internet.
    """
    probes = [TlsProbe(vantage=Vantage.HERE, server=name, port=port) for name in names]
    found: dict[str, bool] = {}
    unseen: list[tuple[AnyProbe, NoAnswer]] = []
    for probe, answer in zip(probes, evidence.attempts(*probes), strict=True):
        if isinstance(answer, TlsAnswer) or answer.code in _ACCEPTED:
            found[probe.server] = True
        elif answer.code in _SHUT and gets_out(evidence, cloud):
            found[probe.server] = False
        else:
            unseen.append((probe, answer))
    return found, tuple(unseen)
