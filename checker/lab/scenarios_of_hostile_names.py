"""A deployment in which whoever could write a name wrote an attack into it, one for every place a report is read in.

Nobody vouches for what stands in a directory, a certificate or an error message. The report has to show it as text: in
a browser, a ticket, a spreadsheet, a terminal, a pipeline, and in a script.
"""

from types import MappingProxyType

from checker import sources
from checker.lab.cloud_accounts import CloudAccount
from checker.lab.machine_objects import CLOUD_ROOTS, root
from checker.lab.management_objects import directory_account, hosting_provider, on_premises_user, rows
from checker.lab.naming import EDGE
from checker.lab.powershell_objects import CmdletReply, ErrorReply
from checker.lab.scenario import Scenario, failing, predicted, unknown, warning
from checker.lab.sound_deployment import SOUND
from checker.model.report import RunVerdict

_DOMAIN = "contoso.com"
# Accounts by what they are aimed at. Before the @ of an address stands each of them, and nobody has a Teams plan.
ACCOUNTS = MappingProxyType(
    {
        "spreadsheet": "=cmd|'/c+calc'!a1",
        "browser": "<img/src=x/onerror=alert(1)>",
        "wiki": "{color:red}[click|https://evil.example]!x.png!{noformat}[~admin]",
        "markdown": "[x](javascript:alert(1))`|<b>![x](https://evil.example/x.png)",
        "terminal": "\x1b]0;owned\x07\x1b[31mred\u202egnp.exe",
        "script": "';Remove-Item('C:/')$(calc)#",
        "document": "]]></script><!--%&lt;",
    }
)
PROVIDER = "Office365</td><script>alert(2)</script>{panel:bgColor=red}"
ERROR = "{code}</pre><svg/onload=alert(3)> ||h|| =1+1 @everyone\r\n\x1b[2J"
CERTIFICATE = "<a href=https://evil.example>{jql}</a>"


def _addresses() -> tuple[str, ...]:
    return tuple(f"{name}@{_DOMAIN}" for name in ACCOUNTS.values())


HOSTILE = Scenario(
    name="hostile-names",
    title="Names and messages that carry markup, formulas, escapes and scripts",
    deployment=SOUND.with_cmdlet("Get-CsUser", rows(*(on_premises_user(n, _DOMAIN) for n in ACCOUNTS.values())))
    .with_cmdlet("Get-ADUser", rows(*(directory_account(n, _DOMAIN) for n in ACCOUNTS.values())))
    .with_tenant(
        users=tuple(
            CloudAccount(name=n, domain=_DOMAIN, plans=("MCOSTANDARD", "MCOMEETADV")) for n in ACCOUNTS.values()
        )
    )
    .with_cmdlet("Get-CsHostingProvider", rows(hosting_provider(name=PROVIDER, Enabled=False)))
    .with_cmdlet("Get-CsStaticRoutingConfiguration", CmdletReply(error=ErrorReply(ERROR)))
    .with_machine(EDGE, stores={"Root": (*map(root, CLOUD_ROOTS), root(CERTIFICATE, Issuer="CN=somebody else"))}),
    verdict=RunVerdict.NOT_READY,
    findings={
        **failing(
            "hosting-provider.enabled@contoso",
            "hosting-provider.target-matches@contoso",
            *(f"user.licence-teams-sfb@{address.lower()}" for address in _addresses()),
        ),
        **warning(f"certificate.root-store-clean@{EDGE}"),
        **unknown("federation.static-routes@contoso.com", "federation.static-routes@fabrikam.com"),
    },
    faults=predicted("hosting-provider-missing", "hosting-provider-misconfigured", "hms-507"),
    sources=(sources.S507, sources.MCU),
)
