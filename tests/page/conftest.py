"""A browser on the page of a real service.

Where the browser, its driver or the page's scripts are missing, the tests are skipped and say why.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api import Settings, create_app
from api.context import STORE
from api.kept import close_kept
from api.page import STATIC
from pts_optimiser.store import Store
from pts_optimiser.store.words import Role
from tests.api.served import served
from tests.page.seeded import Seeded, fresh

Seed = Callable[[], AbstractContextManager[Seeded]]
ROOT = Path(__file__).parents[2]
AXE = ROOT / "page" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "out" / "page"
FOCUSED = "document.activeElement"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WITHOUT_SANDBOX = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage"]


def _browser() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is installed, and CHROMIUM names none")
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="no driver: the package playwright is not installed")
    if not (STATIC / "vendor" / ".ready").is_file():
        pytest.skip("no scripts: npm ci and npm run vendor in page/ bring them")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=_browser(), args=WITHOUT_SANDBOX)
        yield browser
        browser.close()


@dataclass
class Service:
    """The service as it runs for one test, and what it stands on."""

    address: str
    seeded: Seeded
    store: Store


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """The time of the service; tests of the day itself have another."""
    return lambda: datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def seed() -> Seed:
    """What the service stands on; tests of the day itself have another."""
    return fresh


@pytest.fixture
def network() -> Path | None:
    """The roads of the service; tests that are about them have some."""
    return None


@pytest.fixture
def service(seed: Seed, clock: Callable[[], datetime], network: Path | None) -> Iterator[Service]:
    with seed() as seeded:
        settings = Settings(seeded.url, https=False, development_sign_in=True, clock=clock, network=network)
        app = create_app(settings)
        with served(app) as address:
            yield Service(address, seeded, app.extensions[STORE])
        close_kept(app)
        app.extensions[STORE].close()


@dataclass
class Visit:
    """A page that is open, and everything that it complained of."""

    page: Any
    service: Service
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def publish(self, *, told: str = "✓ published") -> None:
        """Have the version that is shown published, by clicks, until the page says so, or something else."""
        self.page.get_by_role("button", name="Publish…").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()
        self.page.get_by_text(told).wait_for()

    def tab_to(self, wanted: str) -> None:
        """Go on by the tab key until what a selector names has the focus."""
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(f"{FOCUSED}.matches({wanted!r})"):
                return
        raise AssertionError(f"{wanted} is not reached by Tab")

    def serious_findings(self) -> list[str]:
        """What axe finds of serious or critical impact: rule and place."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{rule['id']}: {node['target']}"
            for rule in found["violations"]
            if rule["impact"] in {"serious", "critical"}
            for node in rule["nodes"]
        ]


Open = Callable[..., Visit]


@pytest.fixture
def visit(chromium: Any, service: Service) -> Iterator[Open]:
    """Open the page, as somebody with a key of a role or as nobody. Complaints that no test expects fail it."""
    visits: list[Visit] = []

    def open_page(
        role: Role | None = Role.PLANNER, where: str = "", *, width: int = 1280, height: int = 800, dark: bool = False
    ) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(60_000)
        if role is not None:
            context.add_init_script(f"sessionStorage['api-key'] ??= '{service.seeded.keys[role]}'")
        page = context.new_page()
        made = Visit(page, service)
        visits.append(made)
        page.on("console", lambda said: said.type in {"error", "warning"} and made.complaints.append(said.text))
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        page.goto(f"{service.address}/{where}")
        return made

    yield open_page
    for made in visits:
        made.page.context.close()
        unexpected = [text for text in made.complaints if not any(known in text for known in made.expected)]
        assert not unexpected
