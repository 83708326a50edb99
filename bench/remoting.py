"""The processes that ``remote_users.py`` starts: the lab's server with many users, and the clients that read them.

``python bench/remoting.py serve NUMBER FOLDER`` prints its port, and ends when its input does;
``python bench/remoting.py csready|bare|stock PORT FOLDER`` prints seconds and number of users. FOLDER has root.pem.
"""

import gc
import queue
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from lxml import etree
from many_users import POOLS, address
from pypsrp.complex_objects import PSInvocationState
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.serializer import Serializer
from pypsrp.wsman import WSMan

from checker.cli import COLLECTING
from checker.lab import psrp_session
from checker.lab.certificates import Authority
from checker.lab.clixml_writing import clixml
from checker.lab.powershell_objects import CmdletReply, Endpoint, Thing, Value
from checker.lab.wsman_server import WsmanServer
from checker.model.answers import Objects
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.connections import Connections, NetworkSettings, RemotingEndpoint, Secret
from checker.probers.network import Network
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.wire import Reply

HOST, PATH = "127.0.0.1", "OcsPowershell"
USER, PASSWORD = "svc-bench", "made up for this run"
DEADLINE_S = 600.0
# As in the files of many_users.py; without System.Object pypsrp makes no object of them, but a text.
USER_TYPES = (
    "Microsoft.Rtc.Management.ADConnect.Schema.ADUser",
    "Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser",
    "System.Object",
)
POOL_TYPES = ("Microsoft.Rtc.Management.Xds.XdsObjectId", "System.Object")


def serve(number: int, folder: Path) -> int:
    """Every object is serialised before the first client comes: the server then hands out bytes."""
    authority = Authority("Bench root")
    (folder / "root.pem").write_bytes(authority.pem)
    serialised: Any = tuple(clixml(user(place)) for place in range(number))
    endpoint = Endpoint(path=PATH, cmdlets={"Get-CsUser": CmdletReply(serialised)})
    with (
        patch.object(psrp_session, "clixml", bytes),
        WsmanServer(endpoint, USER, PASSWORD, tls=authority.issue(HOST).context()) as server,
    ):
        print(server.address[1], flush=True)
        sys.stdin.read()
    return 0


def user(place: int) -> Thing:
    has_line = place % 2 == 0
    dn = f"CN=Anna Berg {place:06},OU=Staff {place % 20:02},DC=contoso,DC=com"
    properties: dict[str, Value] = {
        "Identity": dn,
        "SipAddress": f"sip:{address(place)}",
        "UserPrincipalName": address(place),
        "SamAccountName": f"aberg{place:06}",
        "DisplayName": f"Anna Berg {place:06}",
        "Enabled": True,
        "HostingProvider": "SRV:",
        "RegistrarPool": Thing(POOL_TYPES, {}, POOLS[place % len(POOLS)]),
        "EnterpriseVoiceEnabled": has_line,
        "LineURI": f"tel:+1425{place:07}" if has_line else "",
        "HostedVoiceMail": False,
        "VoicePolicy": None,
        "ConferencingPolicy": None,
        "ExternalAccessPolicy": None,
    }
    return Thing(USER_TYPES, properties, dn)


def csready(port: int, folder: Path) -> int:
    """csready's own client; it reads all properties, as the others do, in a process set up as csready's is."""
    gc.set_threshold(*COLLECTING)
    endpoint = RemotingEndpoint(
        vantage=Vantage.ONPREM,
        host=HOST,
        url=f"https://{HOST}:{port}/{PATH}",
        username=USER,
        password=Secret("PASSWORD", {"PASSWORD": PASSWORD}),
        auth="basic",
    )
    wire = PowerShellWire(Network(NetworkSettings(ca_bundle=folder / "root.pem")), Connections(onprem=endpoint))
    replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    try:
        wire.send(CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsUser"), time.monotonic() + DEADLINE_S, replies.put)
        answer = replies.get().answer
    finally:
        wire.close()
    if not isinstance(answer, Objects):
        raise SystemExit(str(answer))
    return len(answer.rows)


class OutputAsText(Serializer):
    """pypsrp's own, except that an output object stays the text it is: of all that it is handed, output alone comes
    without being told what is to be made of it."""

    def deserialize(self, element: Any, metadata: Any = None, clear: bool = True) -> Any:
        is_output = clear and metadata is None and isinstance(element, str)
        return element if is_output else super().deserialize(element, metadata, clear)


def bare(port: int, folder: Path) -> int:
    """pypsrp's connection, and of each object a dictionary by the shortest loop that there is."""
    users = []
    with connected(port, folder) as connection, RunspacePool(connection) as pool:
        pool._fragmenter.serializer = OutputAsText()
        pipeline = PowerShell(pool).add_cmdlet("Get-CsUser")
        pipeline.begin_invoke()
        while pipeline.state == PSInvocationState.RUNNING:
            pipeline.poll_invoke()
            texts, pipeline.output = pipeline.output, []
            for text in texts:
                properties = next(etree.fromstring(text).iter("Props"))
                users.append({each.get("N"): each.text for each in properties})
    return len(users)


def stock(port: int, folder: Path) -> int:
    """pypsrp as its documentation shows it."""
    with connected(port, folder) as connection, RunspacePool(connection) as pool:
        return len(PowerShell(pool).add_cmdlet("Get-CsUser").invoke())


def connected(port: int, folder: Path) -> WSMan:
    return WSMan(
        HOST,
        port=port,
        path=PATH,
        auth="basic",
        username=USER,
        password=PASSWORD,
        cert_validation=str(folder / "root.pem"),  # type: ignore[arg-type]  # a path is documented, and taken
        no_proxy=True,
    )


CLIENTS: dict[str, Callable[[int, Path], int]] = {"csready": csready, "bare": bare, "stock": stock}


def main() -> int:
    role, number, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    if role == "serve":
        return serve(number, folder)
    began = time.perf_counter()
    users = CLIENTS[role](number, folder)
    print(time.perf_counter() - began, users)
    return 0


if __name__ == "__main__":
    sys.exit(main())
