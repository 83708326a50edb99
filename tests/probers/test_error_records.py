"""What error records mean: the order of the rules, and that no failure becomes "there is none"."""

import pytest

from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.error_records import MAX_TEXT, ErrorRecord, meaning, shown

NOT_A_CMDLET = "The term 'Get-CsPool' is not recognized as the name of a cmdlet, function, or script file."


@pytest.mark.parametrize(
    ("record", "reason", "code"),
    [
        (ErrorRecord("PermissionDenied", "no"), Reason.NO_ACCESS, "access-denied"),
        (ErrorRecord("SecurityError", "no"), Reason.NO_ACCESS, "access-denied"),
        (ErrorRecord("NotSpecified", "Access is denied."), Reason.NO_ACCESS, "access-denied"),
        (ErrorRecord("ObjectNotFound", "Active Directory: access denied"), Reason.NO_ACCESS, "access-denied"),
        (ErrorRecord("ObjectNotFound", NOT_A_CMDLET), Reason.NO_ACCESS, "cmdlet-not-found"),
        (ErrorRecord("ObjectNotFound", "Benennung", "CommandNotFoundException"), Reason.NO_ACCESS, "cmdlet-not-found"),
        (
            ErrorRecord("ObjectNotFound", "The term 'Get-CsPool' is not recognized as a name of a cmdlet, function"),
            Reason.NO_ACCESS,
            "cmdlet-not-found",
        ),
        (
            ErrorRecord("ObjectNotFound", "Der Befehl wurde gefunden", "CouldNotAutoloadMatchingModule"),
            Reason.NO_ACCESS,
            "cmdlet-not-found",
        ),
        (
            ErrorRecord("ObjectNotFound", "was found in the module 'Lync', but the module could not be loaded."),
            Reason.NO_ACCESS,
            "cmdlet-not-found",
        ),
        (ErrorRecord("ObjectNotFound", "Cert", "DriveNotFound,Get"), Reason.REFUSED, "DriveNotFound"),
        (ErrorRecord("", "Zugriff verweigert", "UnauthorizedAccessException,X"), Reason.NO_ACCESS, "access-denied"),
        (ErrorRecord("NotSpecified", "The SQL server did not answer."), Reason.REFUSED, "error-record"),
        (
            ErrorRecord("ResourceUnavailable", "x : DNS name does not exist", "DNS_ERROR_RCODE_NAME_ERROR,Resolve"),
            Reason.REFUSED,
            "DNS_ERROR_RCODE_NAME_ERROR",
        ),
    ],
)
def test_failure_is_no_answer(record: ErrorRecord, reason: Reason, code: str) -> None:
    found = meaning(record, "Get-CsPool")

    assert isinstance(found, NoAnswer)
    assert (found.reason, found.code) == (reason, code)
    assert bool(found.needs) == (reason is Reason.NO_ACCESS)


def test_object_not_found_is_the_answer_none() -> None:
    record = ErrorRecord("ObjectNotFound", 'Management object not found for identity "ann".')

    assert meaning(record, "Get-CsUser") == Objects(rows=())


def test_foreign_text_is_one_bounded_line_without_control_characters() -> None:
    assert shown("a\r\n\x1b[31mb\u2028c") == "a [31mb c"
    assert len(shown("x" * 5000)) == MAX_TEXT
