"""The parts of a stored roster, for who sees all and for who sees some."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys

import pytest

from pts_optimiser.domain.roster_json import roster_from_document
from pts_optimiser.reporting.views import VIEWS
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.explaining import Explanations
from pts_optimiser.services.hosted.outputs import Outputs, Part
from pts_optimiser.services.hosted.publishing import published_key
from pts_optimiser.services.hosted.rosters import RosterKey, roster_key
from pts_optimiser.services.hosted.stored import stored_publication
from pts_optimiser.store import NotFoundError, Store
from pts_optimiser.store.rosters import add_roster
from pts_optimiser.store.words import Role
from tests.services.hosted.town_day import DAY, UPLOADED, planned, put_published

VIEWER = Caller("key:viewer", frozenset({Role.VIEWER}))
CONTRACT = "cheshire"
LIMITED = Caller("key:limited", frozenset({Role.VIEWER}), frozenset({CONTRACT}))
JOURNEY = re.compile(rb"J\d{6}-\d{4}[io]?")


@pytest.fixture
def outputs(store: Store) -> Outputs:
    put_published(store)
    return Outputs(store)


@pytest.fixture
def first(store: Store, outputs: Outputs) -> RosterKey:
    return roster_key(store, DAY, 1)


def test_the_parts_are_those_of_the_roster_that_was_stored(store: Store, outputs: Outputs, first: RosterKey) -> None:
    roster = planned().roster
    body = json.loads(outputs.part(VIEWER, first, Part.ROSTER).body)
    assert roster_from_document(body) == roster
    assert json.loads(outputs.part(VIEWER, first, Part.KPIS).body) == roster.kpis
    assert len(json.loads(outputs.part(VIEWER, first, Part.UNSERVED).body)["unserved"]) == len(roster.unserved)
    publication = stored_publication(store, DAY, 1)
    for part, name in (
        (Part.STOPS, "roster.csv"),
        (Part.RUN_SHEETS, "run_sheets.html"),
        (Part.WORKBOOK, "roster.xlsx"),
        (Part.MAP, "map.geojson"),
    ):
        wanted = VIEWS[name](publication)
        assert outputs.part(VIEWER, first, part).body == (wanted.encode() if isinstance(wanted, str) else wanted)


@pytest.mark.parametrize("part", Part)
def test_a_part_is_made_once_and_packed_once(outputs: Outputs, first: RosterKey, part: Part) -> None:
    made = outputs.part(VIEWER, first, part)
    assert outputs.part(VIEWER, first, part) is made
    assert made.packed is None or gzip.decompress(made.packed) == made.body


@pytest.mark.parametrize("part", [part for part in Part if part is not Part.WORKBOOK])
def test_who_is_limited_to_contracts_reads_of_their_own_journeys_only(
    outputs: Outputs, first: RosterKey, part: Part
) -> None:
    own = {j.journey_id.encode() for j in planned().journeys.values() if j.contract == CONTRACT}
    shown = outputs.part(LIMITED, first, part)
    assert set(JOURNEY.findall(shown.body)) <= own
    assert shown.etag != outputs.part(VIEWER, first, part).etag


def test_a_version_that_is_not_there_is_not_found(store: Store, first: RosterKey) -> None:
    with pytest.raises(NotFoundError):
        roster_key(store, DAY, 9)
    assert roster_key(store, DAY, 1) == first == published_key(store, DAY)


def test_a_map_made_with_the_roads_at_hand_is_shown_as_it_was_made(store: Store) -> None:
    put_published(store)
    publication = stored_publication(store, DAY, 1)
    texts = {
        "journeys.csv": publication.journeys_csv,
        "duties.csv": publication.duties_csv,
        "policy.toml": publication.policy_toml,
        "map.geojson": '{"type":"FeatureCollection","features":[]}',
    }
    with store.write() as session:
        add_roster(session, publication.roster, texts, by="key:planner", at=UPLOADED)  # type: ignore[arg-type]
    outputs, second = Outputs(store), roster_key(store, DAY, 2)
    assert outputs.part(VIEWER, second, Part.MAP).body == texts["map.geojson"].encode()  # type: ignore[union-attr]
    assert json.loads(outputs.part(LIMITED, second, Part.MAP).body)["features"]


def test_a_journey_is_explained_with_its_place_and_others(outputs: Outputs, first: RosterKey) -> None:
    explanations = Explanations(outputs)
    journey_id, duty_id = next(iter(planned().duty_of.items()))
    told = explanations.explain(VIEWER, first, journey_id)
    assert (told["journey_id"], told["standing"]["duty_id"]) == (journey_id, duty_id)
    assert explanations.explain(VIEWER, first, journey_id)["options"] == told["options"]
    left = planned().roster.unserved[0]
    unserved = explanations.explain(VIEWER, first, left.journey_id)
    assert unserved["standing"] is None
    assert [reason["code"] for reason in unserved["recorded"]] == [reason.code for reason in left.reasons]


def test_an_explanation_tells_the_limited_of_no_other_journey(outputs: Outputs, first: RosterKey) -> None:
    explanations = Explanations(outputs)
    own = {j.journey_id for j in planned().journeys.values() if j.contract == CONTRACT}
    for journey_id in own:
        told = json.dumps(explanations.explain(LIMITED, first, journey_id)).encode()
        assert {found.decode() for found in JOURNEY.findall(told)} <= own
    other = next(journey_id for journey_id in planned().journeys if journey_id not in own)
    with pytest.raises(NotFoundError):
        explanations.explain(LIMITED, first, other)


DOWN = """
import sys
class Down:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"solver", "dbos", "numba"} or name.startswith(("geodata.network", "geodata.roads")):
            raise ImportError(name + " is down")
sys.meta_path.insert(0, Down())
from datetime import date
from pts_optimiser.services.hosted import publishing, rosters
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.outputs import Outputs, Part
from pts_optimiser.store import Store
with Store(sys.argv[1]) as store:
    caller = Caller("key:x", frozenset(), None if sys.argv[3] == "all" else frozenset({sys.argv[3]}))
    view = publishing.published(store, caller, date.fromisoformat(sys.argv[2]))
    for part in Part:
        assert Outputs(store).part(caller, publishing.published_key(store, view.publication.service_date), part).body
    print("read")
"""


@pytest.mark.parametrize("whose", ["all", CONTRACT])
def test_what_is_published_is_read_with_solver_jobs_and_roads_down(
    store: Store, outputs: Outputs, tmp_path: object, whose: str
) -> None:
    told = subprocess.run(
        [sys.executable, "-c", DOWN, f"sqlite:///{tmp_path}/pts.db", DAY.isoformat(), whose],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout == "read\n", told.stderr
