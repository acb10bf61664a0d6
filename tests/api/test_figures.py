"""Figures by contract, hour and vehicle type, and the days that have them."""

from __future__ import annotations

from flask.testing import FlaskClient

from pts_optimiser.store import Store
from pts_optimiser.store.words import Role
from tests.api.conftest import Callers
from tests.services.hosted.town_day import DAY, planned, put_published

WAY = "/v1/figures/days"


def test_a_range_names_the_days_that_have_a_roster(store: Store, as_role: Callers) -> None:
    analyst = as_role(Role.ANALYST)
    put_published(store, published=False)
    only = {"service_date": DAY.isoformat(), "published": None, "latest": 1}
    assert analyst.get(f"{WAY}?first={DAY}&last={DAY}").json == {"items": [only]}
    assert analyst.get(f"{WAY}?first=2026-11-25&last=2026-12-25").json == {"items": []}
    put_published(store)
    assert analyst.get(f"{WAY}?first={DAY}&last={DAY}").json["items"] == [only | {"published": 2, "latest": 2}]


def test_a_range_has_an_order_and_an_end(as_role: Callers) -> None:
    analyst = as_role(Role.ANALYST)
    for query in ("first=2026-11-25&last=2026-11-24", "first=2020-01-01&last=2026-11-24", "first=2026-11-24", ""):
        assert analyst.get(f"{WAY}?{query}").status_code == 422


def test_figures_come_in_columns_and_not_again_unchanged(store: Store, as_role: Callers) -> None:
    analyst = as_role(Role.ANALYST)
    put_published(store)
    answer = analyst.get(f"/v1/days/{DAY}/published/figures")
    assert answer.json["schema"] == "pts-optimiser/figures/1"
    assert sum(answer.json["cells"]["journeys"]) == len(planned().journeys)
    again = analyst.get(f"/v1/days/{DAY}/rosters/1/figures", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_who_sees_one_contract_gets_its_patients_alone(store: Store, as_role: Callers) -> None:
    put_published(store)
    contract = next(iter(planned().journeys.values())).contract
    limited: FlaskClient = as_role(Role.ANALYST, frozenset({contract}))
    shown = limited.get(f"/v1/days/{DAY}/published/figures").json
    assert shown["contracts"] == [contract]
    assert not {"cost", "taken_s", "drive_m"} & shown["cells"].keys()
