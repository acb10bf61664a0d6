"""The cache of a hierarchy is opened where it fits and built again where it does not."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from geodata.cch import hierarchy as module
from geodata.cch import prepare
from geodata.cch.dijkstra import DijkstraHierarchy
from geodata.errors import RoadsError
from geodata.network import RoadNetwork
from tests.geodata.cch.networks import networks
from tests.geodata.roads import grid


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with every order that is worked out."""
    seen: list[int] = []
    real = module.node_order

    def counted(network: RoadNetwork) -> NDArray[np.int32]:
        seen.append(network.nodes)
        return real(network)

    monkeypatch.setattr(module, "node_order", counted)
    return seen


def assert_exact(network: RoadNetwork, folder: Path) -> None:
    every = np.arange(network.nodes)
    found = prepare(network, folder).customised(network.freeflow_cs).matrix(every, every)
    expected = DijkstraHierarchy(network).customised(network.freeflow_cs).matrix(every, every)
    assert np.array_equal(found.seconds, expected.seconds)
    assert found.metres is not None
    assert np.array_equal(found.metres, expected.metres)  # type: ignore[arg-type]


def test_it_is_built_once(tmp_path: Path, orders: list[int]) -> None:
    for _ in range(3):
        assert_exact(grid(6, 6), tmp_path)
    assert orders == [36]


def test_another_network_gets_its_own(tmp_path: Path, orders: list[int]) -> None:
    for network in (grid(6, 6), grid(6, 7), grid(6, 6, seed=1)):
        assert_exact(network, tmp_path)
    assert orders == [36, 42, 36]


@pytest.mark.parametrize("name", ["rank", "first", "parent", "tail", "head", "low_first", "low_arc", "slot", "by_slot"])
def test_a_flipped_bit_means_building_again(tmp_path: Path, orders: list[int], name: str) -> None:
    network = grid(6, 6)
    prepare(network, tmp_path)
    path = tmp_path / "hierarchy" / f"{name}.npy"
    content = bytearray(path.read_bytes())
    content[-3] ^= 4
    path.write_bytes(content)
    assert_exact(network, tmp_path)
    assert_exact(network, tmp_path)
    assert orders == [36, 36]


def test_a_lost_array_another_version_and_a_broken_meta_file_mean_building_again(
    tmp_path: Path, orders: list[int]
) -> None:
    network = grid(6, 6)
    meta = tmp_path / "hierarchy" / "meta.json"
    prepare(network, tmp_path)
    (tmp_path / "hierarchy" / "slot.npy").unlink()
    assert_exact(network, tmp_path)
    document = json.loads(meta.read_text())
    meta.write_text(json.dumps({**document, "kind": "road hierarchy/0"}))
    assert_exact(network, tmp_path)
    del document["checksums"]["slot"]
    meta.write_text(json.dumps(document))
    assert_exact(network, tmp_path)
    meta.write_text("[]")
    assert_exact(network, tmp_path)
    assert len(orders) == 5


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RoadsError, match="choose another"):
        prepare(grid(2, 2), tmp_path / "file" / "net")


@settings(max_examples=40, deadline=None)
@given(networks())
def test_the_graph_is_chordal_and_its_tree_in_post_order(network: RoadNetwork) -> None:
    hierarchy = module.build(network)
    tree = hierarchy.tree
    assert sorted(hierarchy.rank) == list(range(network.nodes))
    higher = [set(tree.head[tree.first[v] : tree.first[v + 1]].tolist()) for v in range(network.nodes)]
    lower = [
        {int(tree.tail[a]) for a in tree.low_arc[tree.low_first[v] : tree.low_first[v + 1]]}
        for v in range(network.nodes)
    ]
    for v, above in enumerate(higher):
        assert tree.parent[v] == min(above, default=-1)
        assert all(u > v and v in lower[u] for u in above)
        assert above - {tree.parent[v]} <= (higher[tree.parent[v]] if above else set())
        assert tree.depth[v] == (tree.depth[tree.parent[v]] + 1 if above else 0)
    size = np.ones(network.nodes, int)
    for v in range(network.nodes):
        if tree.parent[v] >= 0:
            size[tree.parent[v]] += size[v]
        below = {u for u in range(network.nodes) if u == v or (tree.parent[u] >= 0 and is_above(v, u, tree.parent))}
        assert below == set(range(v - size[v] + 1, v + 1))
    ends = hierarchy.rank[network.tail], hierarchy.rank[network.head]
    arc, down = hierarchy.roads.slot // 2, hierarchy.roads.slot % 2
    assert (tree.tail[arc] == np.minimum(*ends)).all()
    assert (tree.head[arc] == np.maximum(*ends)).all()
    assert (down == (ends[0] > ends[1])).all()


def is_above(v: int, u: int, parent: NDArray[np.int32]) -> bool:
    while u >= 0 and u != v:
        u = int(parent[u])
    return u == v
