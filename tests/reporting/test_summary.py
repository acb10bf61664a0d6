"""The terminal's summary."""

from rich.console import Console

from pts_optimiser.reporting.summary import terminal_summary

from .builder import build


def printed(figures):
    console = Console(width=120, color_system=None)
    with console.capture() as capture:
        console.print(terminal_summary(figures))
    return capture.get()


def test_headlines_missed_targets_and_reasons_are_printed():
    figures = build(5, seed=4, unserved=3).roster.kpis
    text = printed(figures)
    assert f"{figures['served']} of {figures['journeys']}" in text
    assert "Targets missed" in text
    assert "3 unserved" in text


def test_a_good_day_names_nothing_missed():
    figures = dict(build(2, unserved=0).roster.kpis)
    figures["standards"] = []
    text = printed(figures)
    assert "all served" in text
    assert "Targets missed" not in text
    assert "Unserved\n" not in text
