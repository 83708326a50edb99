"""The first ``csready.toml``: what discovery found, filled in, and all else as commented examples with what it is for.

What is filled in was validated; what others wrote stands in comments alone, and there in printable ASCII.
"""

import json
import textwrap
from collections.abc import Iterable, Mapping
from datetime import datetime

from checker.discovery import Discovery

_WIDTH = 110
Setting = str | bool | tuple[str, ...]


def first_configuration(
    found: Discovery, dns: Mapping[str, Setting], network: Mapping[str, Setting | Mapping[str, str]], written: datetime
) -> str:
    """``dns`` and ``network``: the keys of these sections that were used for looking, and are kept."""
    return "\n".join(
        (
            _head(found, written),
            _deployment(found),
            _onprem(found),
            _edge(found),
            _WORKSTATION,
            _tenant(found),
            _dns(dns),
            _network(network),
            _OPERATOR,
            _MOVE,
        )
    )


def value(setting: Setting) -> str:
    """As TOML has it. A basic string is escaped as JSON's are, but for DEL (TOML 1.0, "String")."""
    match setting:
        case bool():
            return "true" if setting else "false"
        case str():
            return json.dumps(setting, ensure_ascii=False).replace("\x7f", "\\u007f")
        case _:
            return f"[{', '.join(map(value, setting))}]"


def _key(name: str, setting: Setting) -> str:
    return f"{name} = {value(setting)}\n"


def _comment(*sentences: str) -> str:
    """Each sentence on lines of its own."""
    return "".join(
        textwrap.fill(
            sentence,
            _WIDTH,
            initial_indent="# ",
            subsequent_indent="#   ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        + "\n"
        for sentence in sentences
    )


def _asked(notes: Iterable[str]) -> str:
    return _comment(*(f"asked: {note}" for note in notes))


def _head(found: Discovery, written: datetime) -> str:
    return _comment(
        f"csready.toml for {', '.join(found.domains)}, written by csready init on {written:%Y-%m-%d %H:%M} UTC.",
        "What was found without credentials is filled in, below the line that says where it comes from. Everything "
        "else is an example behind a #: each section that you fill in lets csready look at more. Nothing is changed "
        "anywhere, whatever you give it.",
        "No password or token belongs into this file. Each is named below by a variable, and is taken from the "
        "environment, from the system's keyring (keyring set csready CSREADY_ONPREM_PASSWORD), or asked for on a "
        "terminal.",
        "Where no account may be used, run the script that csready collector prints on the machine itself, and give "
        "csready what it wrote: csready scan -c csready.toml --evidence FILE.zip",
    )


def _deployment(found: Discovery) -> str:
    cloud = found.tenant.cloud if found.tenant else None
    clouds = "worldwide, gcc, gcc-high, dod or china; unsaid, worldwide is assumed"
    return (
        "[deployment]\n"
        + _key("sip_domains", found.domains)
        + _asked(found.tenant_notes)
        + (
            _key("cloud", cloud.value)
            + _comment(f"{clouds}. Read off a field that no Microsoft text describes: compare it with your contract.")
            if cloud
            else "# " + _key("cloud", "worldwide") + _comment(clouds)
        )
        + _EXPECTED
    )


_EXPECTED = """\
# phase = "hybrid"            # prepare, hybrid, cutover (the last user has moved) or decommission
# direction = "to-cloud"      # to-onprem is a move back; it needs target, the FQDN of the pool
# name = "contoso"            # how reports and folders call it; unsaid, the first label of the first SIP domain
# forests = 1                 # on-premises forests with Skype for Business
# resource_forest = false
"""


def _onprem(found: Discovery) -> str:
    front_end = found.front_ends[0] if found.front_ends else "fe01.contoso.com"
    return (
        _comment(
            "A Front End, over PowerShell remoting; the others are found and asked with the same account.",
            "Opens: hosting-provider.*, edge.*, federation.*, topology.*, user.*, and what DNS is compared with.",
            "Least right: CsViewOnlyAdministrator (read-only).",
            "Secret: CSREADY_ONPREM_PASSWORD",
        )
        + _asked(found.web_notes)
        + "# [onprem]\n"
        + f"# url = {value(f'https://{front_end}/OcsPowershell')}"
        + "    # or WinRM: https://...:5986/wsman\n"
        + _ACCOUNT_ON_PREMISES
    )


_ACCOUNT_ON_PREMISES = r"""# username = "CONTOSO\\svc-readiness"
# auth = "negotiate"          # negotiate, kerberos, ntlm, credssp, or basic over https
# configuration_name = "csready"    # the name of a JEA endpoint
"""


def _edge(found: Discovery) -> str:
    known_as = (
        _comment(
            f"The internet knows it as {', '.join(found.access_edges)}. What belongs into host is the server's own "
            "FQDN, as Get-CsPool lists it, with one section for each server."
        )
        if found.access_edges
        else ""
    )
    return (
        _comment(
            "Each Edge server. Whether it reaches the cloud on port 5061 can be seen from nowhere else.",
            "Opens: network.sipfed-from-edge, the Edge's topology.server-build, and DNS as the Edge sees it.",
            "Least right: a local account in Remote Management Users.",
            "Secret: CSREADY_EDGE_PASSWORD (one for all of them)",
        )
        + _asked(found.edge_notes)
        + known_as
        + _EDGE_EXAMPLE
    )


_EDGE_EXAMPLE = r"""# [[edge]]
# host = "edge01.contoso.com"
# url = "https://edge01.contoso.com:5986/wsman"
# username = "EDGE01\\svc-readiness"
"""

_WORKSTATION = r"""# The machine that will run Move-CsUser.
# Opens: workstation.*, and network.cloud-https as that machine sees it.
# Least right: an account in its Remote Management Users; none where csready runs on it.
# Secret: CSREADY_WORKSTATION_PASSWORD
# [workstation]
# this_machine = true         # if it is the one that csready runs on
# url = "https://admin01.contoso.com:5986/wsman"
# username = "CONTOSO\\svc-readiness"
# teams_environment = ""      # what Set-TeamsEnvironmentConfig was told: china, sovereign clouds
"""


def _tenant(found: Discovery) -> str:
    purpose = _comment(
        "The tenant, asked over REST with GET alone.",
        "Opens: tenant.*, federation.* compared with the tenant, licences of the users. Fault 510 cannot be ruled out "
        "without it.",
        "Least right: Global Reader.",
        "Secret: none with device-code and certificate; CSREADY_TENANT_SECRET with client-secret; CSREADY_TENANT_TOKEN "
        "and CSREADY_GRAPH_TOKEN with token",
    )
    if found.tenant is None:
        return f'{purpose}# [tenant]\n# id = "contoso.onmicrosoft.com"\n{_SIGNING_IN}'
    return f"{purpose}[tenant]\n{_key('id', found.tenant.id)}{_SIGNING_IN}"


_SIGNING_IN = """\
# auth = "device-code"        # device-code, client-secret, certificate or token; unsaid, token
# client_id = "00000000-0000-0000-0000-000000000000"
# certificate = "csready.pem" # the application's certificate with its private key
# module_on_workstation = true    # ask the workstation's MicrosoftTeams module for what REST does not have
"""


def _dns(kept: Mapping[str, Setting]) -> str:
    return (
        "# Resolvers, as address or address:port. Opens: dns.* as the internet and as the corporate network see it.\n"
        "[dns]\n"
        + "".join(_key(name, setting) for name, setting in kept.items())
        + ("" if "external" in kept else '# external = ["8.8.8.8"]    # unsaid, this one\n')
        + ("" if "internal" in kept else '# internal = ["10.0.0.53"]\n')
    )


def _network(kept: Mapping[str, Setting | Mapping[str, str]]) -> str:
    keys = "".join(_key(name, setting) for name, setting in kept.items() if not isinstance(setting, Mapping))
    led = {name: setting for name, setting in kept.items() if isinstance(setting, Mapping)}
    tables = "".join(
        f"[network.{name}]\n" + "".join(_key(value(asked), to) for asked, to in entries.items())
        for name, entries in led.items()
    )
    return "# How this machine gets out.\n[network]\n" + keys + _unsaid(kept) + tables


def _unsaid(kept: Iterable[str]) -> str:
    return "".join(f"# {name} = {example}\n" for name, example in _NETWORK_EXAMPLES.items() if name not in kept)


_NETWORK_EXAMPLES = {
    "here_is": '"inside"          # inside or outside of the corporate firewall',
    "ca_bundle": '"corp-root.pem" # authorities to trust beside the system\'s',
    "proxy": '"http://proxy.contoso.com:8080"',
}

_OPERATOR = """\
# Who will run the move, where nothing may ask the directory for it.
# [operator]
# onprem_groups = ["CsAdministrator", "RTCUniversalUserAdmins"]
# tenant_roles = ["Teams Administrator"]
"""

_MOVE = """\
# What the runbook will do: judged too, and put into the advised command. What stands here is what Move-CsUser will be
# given; a key that is left out was not said, and is judged as unknown where it matters.
# [move]
# users = "wave1.csv"         # who is to be moved; unsaid, everybody homed on premises
# hosted_migration_override_url = ""
# proxy_pool = ""
# force = false
# move_to_teams = false
# use_oauth = false
# bypass_enterprise_voice_check = false
# bypass_audio_conferencing_check = false
# uses_credential_parameter = false
# admin_needs_mfa = true
"""
