"""Times and codes in words."""

from datetime import timedelta

import pytest

from pts_optimiser.domain.policy import Layout
from pts_optimiser.reporting.wording import clock_text, contract_text, in_words, layout_text, mobility_text, plural

from .builder import DAY
from .small import at


def test_a_time_of_the_next_day_is_marked():
    assert clock_text(at(7, 5), DAY) == "07:05"
    assert clock_text(at(23, 50) + timedelta(minutes=30), DAY) == "00:20 (+1)"
    assert clock_text(at(0, 10) - timedelta(minutes=30), DAY) == "23:40 (-1)"


@pytest.mark.parametrize(("layout", "words"), [
    (Layout(4, 1), "4 seats, 1 wheelchair place"),
    (Layout(1, 2, 1), "1 seat, 2 wheelchair places, 1 stretcher"),
    (Layout(), "no places"),
])  # fmt: skip
def test_layouts_in_words(layout, words):
    assert layout_text(layout) == words


def test_codes_in_words():
    assert in_words("day_case") == "Day case"
    assert in_words("hdu") == "HDU"
    assert in_words("standard_pts") == "Standard PTS"
    assert contract_text("pan_birmingham") == "Pan Birmingham"
    assert mobility_text("wheelchair") == "Stays in wheelchair"
    assert mobility_text("own_code") == "Own code"
    assert plural(2, "duty", "duties") == "2 duties"
