"""The report: self-contained, safe against its data, small, and alive in a browser."""

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from pts_optimiser.domain.roster import Reason, Unserved
from pts_optimiser.reporting.kpis import with_kpis
from pts_optimiser.reporting.page import fill, script_json
from pts_optimiser.reporting.report import report

from .builder import build

CHROMIUM = shutil.which("chromium")


def test_nothing_is_fetched_from_anywhere():
    html = report(build(2))
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', html)
    assert "url(" not in html
    assert "@import" not in html
    assert set(re.findall(r"https?://[^\s\"']+", html)) == {"http://www.w3.org/2000/svg"}  # a name, not an address


def test_data_cannot_end_the_script_that_holds_it():
    text = script_json({"place": "</script><script>alert(1)</script><!--"})
    assert "<" not in text


def test_every_place_of_a_template_must_be_filled():
    assert fill("<p>{{a}} and {{b}}</p>", {"a": "{{b}}", "b": "2"}) == "<p>{{b}} and 2</p>"
    with pytest.raises(KeyError):
        fill("{{missing}}", {})


def test_a_regional_day_stays_below_four_megabytes():
    publication = build(290)
    assert sum(len(duty.stops) for duty in publication.roster.duties) > 7000
    assert len(report(publication).encode()) < 4_000_000


def dom(path):
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
               "--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom",
               "--enable-logging=stderr", f"--user-data-dir={path.parent / 'profile'}", path.as_uri()]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "Uncaught" not in done.stderr
    return done.stdout


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_the_page_draws_itself_in_a_browser_and_shows_text_as_text(tmp_path):
    publication = build(3, unserved=1)
    left = Unserved(publication.roster.unserved[0].journey_id, (Reason("no_time", "<img src=x>", "Add a duty"),))
    roster = replace(publication.roster, unserved=(left,))
    roster = with_kpis(roster, publication.journeys, publication.duties, publication.policy, publication.travel)
    page = tmp_path / "report.html"
    page.write_text(report(replace(publication, roster=roster)), encoding="utf-8")
    drawn = dom(page)
    assert f"{roster.kpis['served']} of {roster.kpis['journeys']}" in drawn
    assert "&lt;img src=x&gt;" in drawn
    assert "<img" not in drawn.split("</script>")[-1] + drawn.split("<script")[0]
    assert 'id="h-runs"' in drawn
    assert "All 3 duties" in drawn


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_day_without_duties_still_draws(tmp_path):
    publication = build(0, unserved=2)
    page = tmp_path / "report.html"
    page.write_text(report(publication), encoding="utf-8")
    drawn = dom(page)
    assert "No duty is used." in drawn
    assert "0 of 2" in drawn
