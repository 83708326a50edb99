"""What a scenario is expected to show: what it states itself, and what no scenario needs to state."""

from checker.checks import all_checks
from checker.lab.naming import FRONT_ENDS
from checker.lab.running import operators_answers
from checker.lab.scenario import Scenario
from checker.model.axes import Cloud, Direction, Phase
from checker.model.report import Report
from checker.model.target import Target
from checker.model.verdicts import Status

# The sound deployment gives these no subject: its federation is open, its provider is there, it is the only forest.
WITHOUT_SUBJECT = {
    "federation.online-domains-allowed",
    "hosting-provider.name-free",
    "tenant.foreign-sip-domains-disabled",
    "topology.single-hybrid-forest",
}
# No file keeps a TLS handshake, so what was seen of one stays unseen.
HANDSHAKE = "network.sipfed-from-here"
# And some things only files can show: the proxy of a person, and which hosts publish revocation lists.
FILES_ALONE = ("network.proxy-settings", "network.revocation-from-edge")


def not_judged(scenario: Scenario) -> set[str]:
    """Ids of the checks that do not apply to the phase, direction and cloud of the scenario, or to what was said."""
    said = operators_answers(scenario.deployment)["deployment"]
    target = Target(
        name=said["name"],
        sip_domains=tuple(said["sip_domains"]),
        cloud=Cloud(said["cloud"]),
        phase=Phase(said["phase"]),
        direction=Direction(said["direction"]),
        forests=said["forests"],
        resource_forest=said["resource_forest"],
    )
    return {check.id for check in all_checks() if check.applies.refusal(target)}


def without_subject(scenario: Scenario, report: Report) -> set[str]:
    """Ids of the checks that are to be not applicable; ``report`` says which of them found a subject after all."""
    judged = {finding.check for finding in report.findings if finding.status is not Status.NOT_APPLICABLE}
    return not_judged(scenario) | scenario.not_applicable | (WITHOUT_SUBJECT - judged)


def seen_live(scenario: Scenario) -> dict[str, str]:
    """All findings but those that pass or do not apply, where the deployment is asked and no file is given."""
    expected = dict(scenario.findings)
    if FILES_ALONE[0] in not_judged(scenario):
        return expected
    unseen = [f"{FILES_ALONE[1]}@{name}" for name in scenario.deployment.edges]
    if f"{FILES_ALONE[0]}@contoso" not in expected:  # where nobody knows the servers it is said of all of them at once
        unseen += [f"{FILES_ALONE[0]}@{name}" for name in FRONT_ENDS]
    return expected | dict.fromkeys(unseen, "unknown")


def seen_in_files(scenario: Scenario) -> dict[str, str]:
    """The same, where files are all there is."""
    if HANDSHAKE in not_judged(scenario):
        return dict(scenario.findings)
    return {**scenario.findings, f"{HANDSHAKE}@contoso": "unknown"}
