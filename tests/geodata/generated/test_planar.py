from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import cdist

from geodata.generated.planar import planar


def test_lines_are_those_whose_circle_holds_no_third_point() -> None:
    xy = np.random.default_rng(1).random((120, 2))
    graph = planar(xy)
    squared = cdist(xy, xy, "sqeuclidean")
    expected = {
        (i, j)
        for i in range(120)
        for j in range(i + 1, 120)
        if all(squared[i, k] + squared[j, k] >= squared[i, j] for k in range(120) if k not in {i, j})
    }
    assert set(zip(graph.tail.tolist(), graph.head.tolist(), strict=True)) == expected


def test_the_sparse_graph_is_connected_and_has_about_four_lines_for_three_points() -> None:
    xy = np.random.default_rng(2).random((3000, 2))
    graph = planar(xy)
    lines = graph.tail[graph.sparse], graph.head[graph.sparse]
    assert connected_components(csr_array((np.ones(len(lines[0])), lines), shape=(3000, 3000)))[0] == 1
    assert 1.2 < len(lines[0]) / 3000 < 1.4
