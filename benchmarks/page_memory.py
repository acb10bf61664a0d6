"""Memory of the control room through live updates, without a debugger: that would keep every answer in the process."""

from __future__ import annotations

from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from playwright.sync_api import sync_playwright

from benchmarks.service_rooms import START
from benchmarks.usage import descendants, status_mb
from benchmarks.weekday_service import DAY, Body, Client, answers, free_port, until


def live(
    browser_command: list[str], address: str, client: Client, later: list[Body], updates: int, seconds: float
) -> None:
    """Print it through so many live updates in so long, given one by one to the service by ``client``."""
    client, port = client.another(), free_port()
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        told = [f"--remote-debugging-port={port}", f"--user-data-dir={profile}", "--window-size=1600,1000"]
        browser = Popen([*browser_command, "--headless", *told, "about:blank"], stderr=DEVNULL)
        try:
            until(lambda: answers(port))
            _open_room(f"http://127.0.0.1:{port}", address, client.token)
            sleep(10)
            print(f"control room, open: {_page_mb(browser.pid)}", flush=True)
            began, number = monotonic(), 0
            for event in later:
                if number == updates:
                    break
                moment = START.isoformat()
                status, _, _ = client.post("events", {**event, "occurred_at": moment, "received_at": moment})
                number += status < 300
                sleep(max(0.0, began + seconds * number / updates - monotonic()))
                if status < 300 and number % (updates // 5) == 0:
                    sleep(4)
                    print(f"  after {number} updates: {_page_mb(browser.pid)}", flush=True)
        finally:
            browser.terminate()
            browser.wait()


def _open_room(debugger: str, address: str, token: str) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.connect_over_cdp(debugger)
        page = browser.contexts[0].new_page()
        page.goto(f"{address}/static/icon.svg")
        kept = f"sessionStorage.setItem('api-key', '{token}'); localStorage.setItem('day-pictures', 'map timeline')"
        page.evaluate(f"() => {{ {kept} }}")
        page.goto(f"{address}/#/day/{DAY}")
        page.wait_for_selector(".risks .row", timeout=120_000)
        browser.close()  # lets go of it


def _page_mb(browser: int) -> str:
    """What is resident of the largest process below the browser that shows a page, and how much of it is its own."""
    size, pid = max((status_mb(pid, "VmRSS"), pid) for pid in descendants(browser) if _shows_a_page(pid))
    return f"process {size:.0f} MB, of which {status_mb(pid, 'RssAnon'):.0f} its own"


def _shows_a_page(pid: int) -> bool:
    return b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes()
