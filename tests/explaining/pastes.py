"""Errors as documentation publishes them and as PowerShell prints them."""

# ruff: noqa: RUF001  # full-width signs, typographic quotes and other scripts are what is tested

# Fault 510 as Microsoft's documentation publishes it; the sentences alone come without a number.
NUMBERED = (
    "Move-CsUser : HostedMigration fault: Error=(510), Description=(This user's tenant is not enabled for shared sip "
    "address space.)",
    "Move-CsUser : HostedMigration fault: Error=(510), Description=(This user’s tenant is not enabled for shared sip "
    "address space.)",
    "HostedMigration fault: Error=(510), Description=(Le client de cet utilisateur n’est pas activé pour l’espace "
    "d’adressage SIP partagé.)",
    "HostedMigration fault: Error=(510), Description=(Le client de cet utilisateur n'est pas configuré pour l'espace "
    "d'adressage SIP partagé.)",
    "Déplacement-CsUser : Erreur HostedMigration : Error=(510), Description = (les clients de cet utilisateur ne sont "
    "pas activé pour l’espace d’adressage partagé sip).",
    "HostedMigration tolérance : Error=(510), Description = (client de cet utilisateur n’est pas activé …)",
    "Fehler=(510), Beschreibung=(Der Mandant dieses Benutzers ist nicht für den freigegebenen SIP-Adressbereich "
    "aktiviert.)",
    "HostedMigration error: error = (510), descripción = (el inquilino del usuario no está habilitado para el espacio "
    "de direcciones SIP compartido).",
    "HostedMigration fault: Error=(510), Description=(Il tenant dell'utente non è abilitato per lo spazio di indirizzi "
    "SIP.)",
    "HostedMigration エラー: エラー=(510), 説明=(このユーザーのテナントは共有 SIP アドレス スペース用に"
    "有効化されていません。)",
    "Error = (510), Description = (このユーザーのテナントは、共有 sip アドレススペースに対して有効になっていません。)",
    "HostedMigration 错误: Error=(510), 描述=(没有为此用户的租户启用共享 sip 地址空间。)",
    "HostedMigration fault：錯誤 = （510），描述 = （該使用者的租使用者並未啟用共用的 sip 位址空間。）",
    "Error=(510), Description = (이 사용자의 테 넌 트는 공유 sip 주소 공간에 대해 사용 하도록 설정 되지 않았습니다.)",
    "Error=(510), Description=(Клиентскому приложению этого пользователя не разрешено обращение к общему адресному "
    "пространству SIP.)",
)
SENTENCES = (
    "This user’s tenant is not enabled for shared sip address space.",
    "Le client de cet utilisateur n’est pas activé pour l’espace d’adressage SIP partagé.",
    "Le client de cet utilisateur n'est pas configuré pour l'espace d'adressage SIP partagé.",
    "Der Mandant dieses Benutzers ist nicht für den freigegebenen SIP-Adressbereich aktiviert.",
    "El inquilino de este usuario no está habilitado para el espacio de dirección SIP compartido",
    "Il tenant dell'utente non è abilitato per lo spazio di indirizzi SIP.",
    "このユーザーのテナントは共有 SIP アドレス スペース用に有効化されていません。",
    "没有为此用户的租户启用共享 sip 地址空间。",
    "該使用者的租使用者並未啟用共用的 sip 位址空間。",
    "이 사용자의 테 넌 트는 공유 sip 주소 공간에 대해 사용 하도록 설정 되지 않았습니다.",
    "Клиентскому приложению этого пользователя не разрешено обращение к общему адресному пространству SIP.",
)

TENANT_NOT_SHARED = (
    "HostedMigration fault: Error=(510), Description=(This user's tenant is not enabled for shared sip address space.)"
)
UNLICENSED = (
    "HostedMigration fault: Error=(507), Description=(User must has an assigned license to use Skype for Business "
    "Online.)"
)
TWO_EDGES = (
    "Multiple federated Edge Servers have been defined in the current topology. Specify the ProxyPool parameter to "
    "indicate which Registrar pool should be used to proxy this user for deployments running earlier versions. Edge "
    'Server FQDNs found:"edge01.contoso.com, edge02.contoso.com"'
)


def record(message: str, user: str, *, identity: str = "") -> str:
    """An error record as Windows PowerShell prints it, of ``CN=<user>``; ``identity`` is what the command was given."""
    given = f"Move-CsUser -Identity {identity}" if identity else "$_ | Move-CsUser"
    return (
        f"Move-CsUser : {message}\n"
        "At line:1 char:1\n"
        f"+ {given} -Target sipfed.online.lync.com\n"
        "+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
        f"    + CategoryInfo          : InvalidOperation: (CN={user},OU=Staff,DC=contoso,DC=com:OCSADUser) "
        "[Move-CsUser], MoveUserException\n"
        "    + FullyQualifiedErrorId : MoveError,Microsoft.Rtc.Management.AD.Cmdlets.MoveOcsUserCmdlet\n"
    )


def wrapped(text: str, width: int) -> str:
    """As a console breaks it: after so many characters, in the middle of a word."""
    return "\n".join(
        line[start : start + width] for line in text.splitlines() for start in range(0, max(len(line), 1), width)
    )
