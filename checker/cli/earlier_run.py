"""``csready scan --rerun``: what an earlier run was asked for, in the place of what the command line would say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from checker.cli.report_files import REPORT, read_snapshot, snapshot_file
from checker.config import Setup
from checker.errors import UsageError
from checker.model.facts import Snapshot
from checker.rerunning import asked_anew, target_again


@dataclass(frozen=True)
class EarlierRun:
    """``keeps_answers``: only what had no answer, or one that no longer counts, is asked again."""

    snapshot: Snapshot
    keeps_answers: bool

    @property
    def known(self) -> Snapshot | None:
        """For :func:`~checker.cli.scanning.run_scan`."""
        return self.snapshot if self.keeps_answers else None

    def aimed(self, setup: Setup, where: str) -> Setup:
        """The connections of ``setup``, which ``where`` says, aimed at the target of the earlier run. Raises
        ``UsageError`` when they lead elsewhere.
        """
        earlier = self.snapshot.target
        if setup.connections.tenant and setup.target.cloud is not earlier.cloud:
            raise UsageError(
                f"{where}: [tenant] is in the cloud {setup.target.cloud.value}, not {earlier.cloud.value} as then",
                "Set [deployment].cloud to that of the earlier run, or scan without --rerun.",
            )
        target, notices = target_again(
            setup.target, setup.notices, self.snapshot, keeps_answers=self.keeps_answers, where=where
        )
        first = () if self.keeps_answers else (asked_anew(self.snapshot),)
        return replace(setup, target=target, notices=(*first, *notices))


def earlier_run(rerun: Path | None, unknown_only: bool, aimed_by: Mapping[str, object]) -> EarlierRun | None:
    """The run that ``--rerun`` names. ``aimed_by``: the options that say what is looked at, with their values.

    Raises ``UsageError`` for one of those beside ``--rerun``, for ``--unknown-only`` without it, and where no snapshot
    of the run can be read.
    """
    if rerun is None:
        if unknown_only:
            raise UsageError("--unknown-only needs --rerun", "Name the report whose answers are to be kept.")
        return None
    for name, value in aimed_by.items():
        if value:
            raise UsageError(
                f"--rerun and {name} exclude each other", "A rerun asks what the earlier run asked; scan without it."
            )
    file = snapshot_file(rerun.parent if rerun.name == REPORT else rerun)
    if not file.is_file():
        hint = "Name a scan's folder, or its report.json, with the snapshot that the scan wrote beside it."
        raise UsageError(f"--rerun {rerun}: no snapshot is there", hint)
    return EarlierRun(read_snapshot(file), unknown_only)
