"""The page with a full weekday: ``python -m benchmarks.page_weekday [--updates 400] [--minutes 2] [--folder DIR]``.

On the loopback, one web process, SQLite and a published weekday at half past ten; Chromium without a graphics card, at
1600 × 1000. Prints what travels and how soon the plan view shows its lists, what a pick and a verdict take, frames a
second while map and timeline are moved, and the memory of the control room through live updates, evenly spread.
Times by the wall clock stand beside the renderer's own processor time, which other processes do not change.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks.page_memory import live
from benchmarks.service_rooms import START, Web
from benchmarks.weekday_service import DAY, Client, published, running, told_by

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--no-sandbox", "--enable-unsafe-swiftshader"]

PICK = """async (index) => {
    const rows = document.querySelectorAll(".lists .row"), began = performance.now();
    rows[index % rows.length].click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - began;
}"""
VERDICT = """async ([journey, duty]) => {
    const {trial, tryMove, forgetTrial} = await import("/static/lib/moving.js");
    const {roster} = await import("/static/lib/store.js");
    forgetTrial();
    const began = performance.now();
    tryMove(roster.value.journeyOf.get(journey), roster.value.dutyOf.get(duty));
    while (!trial.value.answer && !trial.value.refusal) await new Promise((done) => setTimeout(done, 2));
    return [performance.now() - began, trial.value.answer?.feasible ?? null];
}"""
FRAMES = """async ([what, seconds]) => {
    const box = document.querySelector(what === "map" ? ".map canvas" : ".timeline");
    const place = box.getBoundingClientRect(), x = place.left + place.width / 2, y = place.top + place.height / 2;
    const send = (target, kind, dx, dy) => what === "map" && target.dispatchEvent(
        new MouseEvent(kind, {clientX: x + dx, clientY: y + dy, bubbles: true, buttons: 1, button: 0}));
    const times = [];
    send(box, "mousedown", 0, 0);
    for (const end = performance.now() + 1000 * seconds; performance.now() < end; ) {
        const step = times.length % 80 - 40;
        send(document, "mousemove", 3 * step, step);
        if (what !== "map") box.scrollTop += step < 0 ? 40 : -40;
        times.push(await new Promise((done) => requestAnimationFrame(done)));
    }
    send(document, "mouseup", 0, 0);
    return times;
}"""


class Watched:
    """A page whose renderer is measured."""

    def __init__(self, browser: Any, address: str, token: str, where: str) -> None:
        context = browser.new_context(viewport={"width": 1600, "height": 1000}, reduced_motion="reduce")
        context.set_default_timeout(120_000)
        context.add_init_script(
            f"sessionStorage.setItem('api-key', '{token}'); localStorage.setItem('day-pictures', 'map timeline')"
        )
        self.page = context.new_page()
        self.tools = context.new_cdp_session(self.page)
        self.bytes: dict[str, int] = {}
        self.urls: dict[str, str] = {}
        for name in ("Network.enable", "Performance.enable"):
            self.tools.send(name)
        self.tools.on(
            "Network.responseReceived", lambda told: self.urls.update({told["requestId"]: told["response"]["url"]})
        )
        self.tools.on(
            "Network.loadingFinished",
            lambda told: self.bytes.update({told["requestId"]: int(told["encodedDataLength"])}),
        )
        self.began = perf_counter()
        self.page.goto(f"{address}/{where}", wait_until="commit")

    def processor_s(self) -> float:
        """Of the page's main thread."""
        told = self.tools.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in told if one["name"] == "ThreadTime")


def shares(name: str, took_ms: list[float]) -> None:
    told = ", ".join(f"p{share} {np.percentile(took_ms, share):.0f}" for share in (50, 90))
    print(f"{name:<28} {len(took_ms):4d} × {told} ms", flush=True)


def first_paint(seen: Watched) -> None:
    seen.page.wait_for_selector(".lists .row")
    shown = perf_counter() - seen.began
    spent = seen.processor_s()
    kinds = {"view": "/view", "base map": "/base-map", "scripts and styles": "/static/"}
    print(f"plan view: lists shown after {shown:.2f} s, {spent:.2f} s of its main thread")
    seen.page.wait_for_selector(".map canvas")
    seen.page.wait_for_timeout(5000)
    sizes = {
        kind: sum(size for key, size in seen.bytes.items() if mark in seen.urls.get(key, ""))
        for kind, mark in kinds.items()
    }
    told = ", ".join(f"{kind} {size / 1000:,.0f}" for kind, size in sizes.items())
    print(f"travelled, packed: {sum(seen.bytes.values()) / 1000:,.0f} kB ({told})", flush=True)


def picks(seen: Watched) -> None:
    before = seen.processor_s()
    took = [seen.page.evaluate(PICK, n) for n in range(3, 23)]
    spent = 1000 * (seen.processor_s() - before) / len(took)
    shares(f"pick ({spent:.0f} ms main thread)", took)


def verdicts(seen: Watched, client: Client) -> None:
    pairs = seen.page.evaluate("""async () => {
        const {roster} = await import("/static/lib/store.js");
        const later = roster.value.journeys.filter((one) => one.pickup?.begin > 13 * 3600);
        const duties = roster.value.used.filter((one) => one.until > 16 * 3600);
        return later.filter((_, n) => n % 60 === 0).map((one, n) => [one.id, duties[(7 * n) % duties.length].id]);
    }""")
    seen.page.evaluate(VERDICT, pairs[0])
    before = client.processor_s()
    found = [seen.page.evaluate(VERDICT, pair) for pair in pairs[1:]]
    spent = 1000 * (client.processor_s() - before) / len(found)
    for word, fits in (("fits", True), ("does not fit", False)):
        took = [ms for ms, feasible in found if feasible is fits]
        if took:
            shares(f"verdict: {word}", took)
    print(f"processor of the service: {spent:.0f} ms a verdict, 40 ms of rest included in the times above", flush=True)


def frames(seen: Watched) -> None:
    for what in ("map", "timeline"):
        before = seen.processor_s()
        times = seen.page.evaluate(FRAMES, [what, 4])
        gaps = np.diff(np.array(times))
        spent = 1000 * (seen.processor_s() - before) / len(times)
        a_second, slow = 1000 / gaps.mean(), np.percentile(gaps, 99)
        print(
            f"{what}: {a_second:.0f} frames a second, p99 {slow:.0f} ms; main thread {spent:.1f} ms a frame", flush=True
        )


def look(browser_path: str, address: str, client: Client) -> None:
    """Everything that is timed, on the plan view."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=FLAGS)
        plan = Watched(browser, address, client.token, f"#/plan/{DAY}/1")
        first_paint(plan)
        picks(plan)
        verdicts(plan, client)
        frames(plan)
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=400)
    parser.add_argument("--minutes", type=float, default=2, help="in which the updates come")
    parser.add_argument("--memory-only", action="store_true", help="the live updates alone")
    parser.add_argument("--folder", type=Path, help="where the plan stays, or is found")
    asked = parser.parse_args()
    with TemporaryDirectory() as work:
        url, token, happenings = published(asked.folder or Path(work), Path(work), 40)
        known, to_come = told_by(happenings, START)
        later = [one for one in to_come if one["type"] not in {"position", "travel_changed"}]
        path = next(filter(None, map(which, BROWSERS)))
        with running(Web, url) as (port, process):
            client, address = Client(port, token, process), f"http://127.0.0.1:{port}"
            client.tell(known)
            if not asked.memory_only:
                look(path, address, client)
            live([path, *FLAGS], address, client, later, asked.updates, 60 * asked.minutes)


if __name__ == "__main__":
    main()
