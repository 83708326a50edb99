"""Anna, on-premises and in the cloud: what the tests of the checks that compare the two have in common."""

from checker.assess import Assessment
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.checks import Check
from checker.model.facts import NoAnswer
from checker.model.findings import UserResult
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.readings.cloud_users import GRAPH_USERS, ONLINE_USERS
from checker.readings.licences import SUBSCRIBED_SKUS
from checker.readings.users import ON_PREMISES_USERS
from tests.judging import DENIED, assessed, contoso, judged_users, objects

Answers = dict[AnyProbe, AnyAnswer | NoAnswer]

ANNA, UPN, DN = "anna@contoso.com", "a@corp.contoso.com", "cn=anna,dc=contoso,dc=com"
TARGET = contoso(users=(ANNA,))
_ON_PREMISES = {"Identity": DN, "SipAddress": f"sip:{ANNA}", "UserPrincipalName": UPN, "HostingProvider": "SRV:"}
NO_TENANT: Answers = {GRAPH_USERS: DENIED, ONLINE_USERS: DENIED, SUBSCRIBED_SKUS: DENIED}


def on_premises(**changes: Json) -> Objects:
    return objects(_ON_PREMISES | changes)


def online(*, complete: bool = True, **properties: Json) -> Answers:
    """Only Get-CsOnlineUser answers."""
    row = {"UserPrincipalName": UPN, "SipAddress": f"sip:{ANNA}", **properties}
    return NO_TENANT | {ONLINE_USERS: objects(row, complete=complete)}


def graph(*, complete: bool = True, **properties: Json) -> Answers:
    """Only Get-MgUser answers, as over REST."""
    row = {"userPrincipalName": UPN, "imAddresses": [ANNA], **properties}
    return NO_TENANT | {GRAPH_USERS: objects(row, complete=complete)}


def judged(check: Check, answers: Answers, target: Target = TARGET) -> str:
    """The verdict on Anna, or the one on everybody."""
    (word,) = judged_users(check, target, {ON_PREMISES_USERS: on_premises(), **answers}).values()
    return word


def result(check: Check, answers: Answers, target: Target = TARGET) -> UserResult:
    """What is said of Anna, who does not pass."""
    assessment: Assessment = assessed(check, target, {ON_PREMISES_USERS: on_premises(), **answers})
    (found,) = assessment.users[0].results
    return found


def observed(check: Check, answers: Answers, target: Target = TARGET) -> str:
    verdict = result(check, answers, target).verdict
    assert verdict
    return verdict.observed
