"""What errors without a number are recognised by: published sentences, without their white space and in lower case.

Most specific first. A pattern bridges what varies, the names in quotes, with a bounded gap; each leads to faults of the
catalogue, or to one related error. Numbers are not here: they decide by themselves.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Signature:
    """``weak`` says why the text alone proves little; empty where it does not. ``related`` is a related error's id."""

    pattern: re.Pattern[str]
    faults: tuple[str, ...] = ()
    related: str = ""
    weak: str = ""


def _signature(pattern: str, *faults: str, related: str = "", weak: str = "") -> Signature:
    return Signature(re.compile(pattern), faults, related, weak)


SIGNATURES = (
    _signature(r"isnotenabledforsharedsipaddressspace", "hms-510"),
    _signature(r"licensetouseskypeforbusinessonline", "hms-507"),
    # "could move be moved" is a slip of the published article.
    _signature(
        r"could(?:not|move)bemovedbecausethereappearstobeaproblemwiththisuseraccount",
        "hms-506",
    ),
    _signature(r"multiplefederatededgeservers", "multiple-federated-edges"),
    _signature(
        r"cannotfinduserinactivedirectorywiththefollowingsipuri",
        "user-in-child-domain",
        "user-not-found",
    ),
    _signature(r"insufficientaccessrightstoperformtheoperation", "access-denied-protected-account"),
    _signature(r"setmoveresourcedatafailedbecausetheuserisnotprovisioned", "not-provisioned-in-pool"),
    _signature(
        r"msrtcsip-deploymentlocator.{0,300}?msrtcsip-primaryuseraddress.{0,100}?null",
        "sip-address-missing",
    ),
    _signature(r"msrtcsip-primaryuseraddress.{0,300}?isnotunique", "sip-address-conflict"),
    _signature(r"www-authenticateheader", related="www-authenticate-header"),
    _signature(r"duplicatekeysequence.{0,300}?providername", related="duplicate-provider-name"),
    _signature(r"thisscenarioisnotsupportedanymore", related="scenario-not-supported"),
    _signature(r"cannotbeupgradedtoteamsonlymode", related="teams-only-upgrade-refused"),
    _signature(r"sharedaddressspaceroutingisdisabled", related="shared-routing-disabled"),
    _signature(r"new-csonlinesession|lynconlineconnector", related="old-connector"),
    _signature(
        r"managementobjectnotfoundforidentity",
        "sip-address-missing",
        "not-synced",
        weak="any online cmdlet says this of a user whom the tenant does not know",
    ),
    _signature(
        r"cannotfindamatchingsip",
        "teams-module-regression",
        weak="the words are one reporter's paraphrase",
    ),
)

# Fault 510 as Microsoft's documentation publishes it, by language; many are machine translations, and whether the
# service itself ever speaks anything but English is not known.
DESCRIPTIONS_OF_510 = (
    "This user's tenant is not enabled for shared sip address space.",
    "Le client de cet utilisateur n'est pas activé pour l'espace d'adressage SIP partagé.",
    "Le client de cet utilisateur n'est pas configuré pour l'espace d'adressage SIP partagé.",
    "les clients de cet utilisateur ne sont pas activé pour l'espace d'adressage partagé sip",
    "Der Mandant dieses Benutzers ist nicht für den freigegebenen SIP-Adressbereich aktiviert.",
    "El inquilino de este usuario no está habilitado para el espacio de dirección SIP compartido",
    "el inquilino del usuario no está habilitado para el espacio de direcciones SIP compartido",
    "Il tenant dell'utente non è abilitato per lo spazio di indirizzi SIP.",
    "このユーザーのテナントは共有 SIP アドレス スペース用に有効化されていません。",
    "このユーザーのテナントは、共有 sip アドレススペースに対して有効になっていません。",
    "没有为此用户的租户启用共享 sip 地址空间。",
    "該使用者的租使用者並未啟用共用的 sip 位址空間。",
    "이 사용자의 테 넌 트는 공유 sip 주소 공간에 대해 사용 하도록 설정 되지 않았습니다.",
    "Клиентскому приложению этого пользователя не разрешено обращение к общему адресному пространству SIP.",
)
