"""Which Jira: the two speak different versions of one interface."""

from enum import Enum


class JiraEdition(Enum):
    CLOUD = "cloud"
    DATA_CENTER = "data-center"
