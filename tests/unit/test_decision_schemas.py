"""What a screener's decision has to say."""

from uuid import uuid4

import pytest
from pydantic import ValidationError

from schemas.decisions import SplitChild


def test_a_split_names_at_least_one_notification() -> None:
    with pytest.raises(ValidationError, match="names no notification: choose at least one"):
        SplitChild(child=uuid4(), reason="Two children told of as one.")
