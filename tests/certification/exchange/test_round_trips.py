"""What goes out comes back the same: every format, every kind, whatever an author wrote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certification.exchange.formats import FORMATS
from tests.certification.exchange.strategies import items


def unique(found):
    """A file never holds two questions under one key; readers tell them apart."""
    return list({item.key: item for item in found}.values())


@pytest.mark.parametrize("name", sorted(FORMATS))
@settings(max_examples=40, deadline=None)
@given(found=st.lists(items(), min_size=1, max_size=3).map(unique))
def test_a_file_that_we_wrote_is_read_as_the_same_questions(name, found):
    written = FORMATS[name].write(found)

    reading = FORMATS[name].read(written)

    assert reading.refused == []
    assert [read.losses for read in reading.read] == [()] * len(found)
    assert [read.item for read in reading.read] == found
