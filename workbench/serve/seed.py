"""The names of the seeds. What each of them puts into the cloud is in `seeds`."""

from enum import StrEnum


class Seed(StrEnum):
    """What is in the cloud at first: nothing made, the story's VPCs, or what events/*.json name."""

    NONE = "none"
    STORY = "story"
    EVENTS = "events"
