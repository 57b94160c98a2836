"""Each word has one meaning, and each meaning a word."""

from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from server.desk.channels import ChannelType
from server.desk.conversations.models import ConversationStatus, Resolution
from server.desk.messages.models import Direction, Kind, Status
from server.dialects.isp import words
from tenants.models import Role


@pytest.mark.parametrize(
    "meanings, spoken, untold",
    [
        (Role, words.ROLES, set()),
        (Resolution, words.RESOLUTIONS, set()),
        (ChannelType, words.CHANNELS, set()),
        (Direction, words.DIRECTIONS, {Direction.INTERNAL}),
        (Status, words.STATUSES, set()),
        (Kind, words.KINDS, {Kind.NOTE}),
    ],
)
def test_both_ways(meanings: type[StrEnum], spoken: dict[Any, str], untold: set[Any]) -> None:
    assert set(spoken) == set(meanings) - untold
    assert len(set(spoken.values())) == len(spoken)


def test_every_conversation_has_one_stage() -> None:
    for status, resolution in product(ConversationStatus, (None, *Resolution)):
        fitting = [
            stage
            for stage, standing in words.STANDINGS.items()
            if status in standing.statuses
            and (not standing.resolutions or resolution in standing.resolutions)
        ]
        assert fitting == [words.stage_of(status, resolution)]
