"""The README's pictures of the plan view and of the control room: ``python -m benchmarks.page_pictures [--folder DIR]
[--seconds 60] [--out docs/pictures]``.

A generated weekday, published, and the same day at half past ten with what was reported in the half hour before.
"""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.page_weekday import BROWSERS, FLAGS, Watched
from benchmarks.service_rooms import START, Web
from benchmarks.weekday_service import DAY, Client, published, running, told_by

LATELY = timedelta(minutes=30)


def plan_view(browser: Any, address: str, token: str, file: Path) -> None:
    """A journey of the list picked: its run on the map and its lane in the timeline."""
    page = Watched(browser, address, token, f"#/plan/{DAY}/1").page
    page.locator(".lists .row").nth(7).click()
    page.wait_for_selector(".inspector .calls-of h3")
    settled(page, file)


def control_room(browser: Any, address: str, token: str, file: Path) -> None:
    """Who is most savable, picked, with map and timeline."""
    page = Watched(browser, address, token, f"#/day/{DAY}").page
    page.locator(".risks .row").first.click()
    settled(page, file)


def settled(page: Any, file: Path) -> None:
    page.wait_for_selector(".map canvas")
    page.wait_for_timeout(5000)
    page.screenshot(path=file)
    print(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where the plan stays, or is found")
    parser.add_argument("--seconds", type=float, default=60, help="of planning")
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"))
    asked = parser.parse_args()
    with TemporaryDirectory() as work, sync_playwright() as driver:
        url, token, happenings = published(asked.folder or Path(work), Path(work), asked.seconds)
        browser = driver.chromium.launch(executable_path=next(filter(None, map(which, BROWSERS))), args=FLAGS)
        with running(Web, url) as (port, process):
            address = f"http://127.0.0.1:{port}"
            plan_view(browser, address, token, asked.out / "plan.png")
            Client(port, token, process).tell(told_by(told_by(happenings, START - LATELY)[1], START)[0])
            control_room(browser, address, token, asked.out / "control-room.png")
        browser.close()


if __name__ == "__main__":
    main()
