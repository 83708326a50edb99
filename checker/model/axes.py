"""The axes along which the same answer is right or wrong: cloud, phase, direction, and where this machine stands."""

from enum import Enum


class Cloud(Enum):
    WORLDWIDE = "worldwide"
    GCC = "gcc"
    GCC_HIGH = "gcc-high"
    DOD = "dod"
    CHINA = "china"


class Phase(Enum):
    """Where the migration stands; the same DNS answer is right in one phase and wrong in the next."""

    PREPARE = "prepare"
    HYBRID = "hybrid"
    CUTOVER = "cutover"
    DECOMMISSION = "decommission"


class Direction(Enum):
    TO_CLOUD = "to-cloud"
    TO_ONPREM = "to-onprem"


class Side(Enum):
    """Where the machine that runs csready stands, seen from the corporate firewall."""

    INSIDE = "inside"
    OUTSIDE = "outside"
