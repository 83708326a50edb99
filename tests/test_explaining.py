"""From what an administrator pastes to the fault it is."""

# ruff: noqa: RUF001  # full-width signs and typographic quotes are what is tested

import pytest

from checker.explaining import recognise

# As Microsoft's documentation publishes them, by language.
PUBLISHED = (
    "Move-CsUser : HostedMigration fault: Error=(510), Description=(This user's tenant is not enabled for shared sip "
    "address space.)",
    "Move-CsUser : HostedMigration fault: Error=(510), Description=(This user’s tenant is not enabled for shared sip "
    "address space.)",
    "Déplacement-CsUser : Erreur HostedMigration : Error=(510), Description = (les clients de cet utilisateur ne sont "
    "pas activé pour l’espace d’adressage partagé sip).",
    "HostedMigration tolérance : Error=(510), Description = (client de cet utilisateur n’est pas activé …)",
    "HostedMigration error: error = (510), descripción = (el inquilino del usuario no está habilitado para el espacio "
    "de direcciones SIP compartido).",
    "HostedMigration エラー: エラー=(510), 説明=(このユーザーのテナントは共有 SIP アドレス スペース用に"
    "有効化されていません。)",
    "Error = (510), Description = (このユーザーのテナントは、共有 sip アドレススペースに対して有効になっていません。)",
    "HostedMigration 错误: Error=(510), 描述=(没有为此用户的租户启用共享 sip 地址空间。)",
    "HostedMigration fault：錯誤 = （510），描述 = （該使用者的租使用者並未啟用共用的 sip 位址空間。）",
    "Fehler=(510), Beschreibung=(Der Mandant dieses Benutzers ist nicht aktiviert.)",
    "Erreur = (510)",
)


def ids(text: str) -> list[str]:
    return [fault.id for fault in recognise(text).faults]


@pytest.mark.parametrize(
    "text", ["510", "0510", " 510 ", "(510)", "Error 510", "error510", "fault 510", "hms-510", "HMS-510", "５１０"]
)
def test_a_bare_code_or_id_is_taken_at_its_word(text: str) -> None:
    assert ids(text) == ["hms-510"]


@pytest.mark.parametrize("fault_id", ["throttled", "Multiple-Federated-Edges", "user-not-found"])
def test_a_fault_without_a_number_is_named_by_its_id(fault_id: str) -> None:
    assert ids(fault_id) == [fault_id.lower()]


@pytest.mark.parametrize("text", PUBLISHED)
def test_a_numbered_fault_is_recognised_in_every_published_language(text: str) -> None:
    assert ids(text) == ["hms-510"]


@pytest.mark.parametrize("width", [7, 13, 40])
@pytest.mark.parametrize("text", PUBLISHED)
def test_it_is_recognised_however_the_console_wrapped_it(text: str, width: int) -> None:
    wrapped = "\r\n    ".join(text[start : start + width] for start in range(0, len(text), width))
    assert ids(wrapped) == ["hms-510"]


def test_the_number_decides_whatever_the_sentence_says() -> None:
    assert ids("HostedMigration fault: Error=(507), Description=(tenant is not enabled for shared sip)") == ["hms-507"]


def test_several_faults_come_once_each_in_the_order_of_the_text() -> None:
    text = "\n".join(f"HostedMigration fault: Error=({code}), Description=(x)" for code in (507, 510, 507, 511))
    assert ids(text) == ["hms-507", "hms-510"]


@pytest.mark.parametrize("text", ["511", "Error 403", "HostedMigration fault: Error=(511), Description=(x)"])
def test_another_number_is_not_documented_and_never_guessed(text: str) -> None:
    found = recognise(text)
    assert found.faults == ()
    assert found.why_not.endswith("not a documented hosted-migration fault")


@pytest.mark.parametrize(
    "text",
    [
        "HostedMigrationService call failed with error: (407) Proxy Authentication Required.",
        "HostedMigrationService failed, error: (510)",
        "The remote server returned an error: (510) Not Extended.",
        "It worked for 510 users",
        "ticket 510, error 507",
        "5100",
        "",
        "   ",
    ],
)
def test_a_number_that_no_equals_sign_brings_is_no_fault(text: str) -> None:
    found = recognise(text)
    assert found.faults == ()
    assert "no code in brackets" in found.why_not


def test_an_endless_paste_is_looked_at_in_bounded_time() -> None:
    assert ids("HostedMigration" * 100_000 + "=(510)") == []
