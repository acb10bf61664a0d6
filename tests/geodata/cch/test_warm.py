"""Nothing is left to compile when the first question comes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from geodata.cch import prepare
from geodata.cch.kernels import ancestors, chordal, customise, sweep, unpack
from geodata.cch.warm import warm
from geodata.network import open_network
from tests.geodata.cch.networks import some_places
from tests.geodata.roads import grid

KERNELS: list[Any] = [
    kernel
    for module in (ancestors, chordal, customise, sweep, unpack)
    for kernel in vars(module).values()
    if hasattr(kernel, "nopython_signatures")
]


def compiled() -> list[int]:
    return [len(kernel.nopython_signatures) for kernel in KERNELS]


def test_a_network_from_its_folder_needs_no_kernel_that_is_not_warm(tmp_path: Path) -> None:
    warm()
    before = compiled()
    assert len(before) > 15
    grid(8, 8).save(tmp_path)
    network, _ = open_network(tmp_path)
    for _ in range(2):
        hierarchy = prepare(network, tmp_path)
        metric = hierarchy.customised(network.freeflow_cs)
        for where in (np.arange(5), some_places(network, 5, 0)):
            selection = hierarchy.selected(where)
            assert metric.matrix(selection, where).seconds.shape == (5, 5)
            assert metric.matrix(selection, where, metres=False).seconds.shape == (5, 5)
            assert metric.around(np.array([3]), metric.kept(selection))[0].seconds.shape == (1, 5)
            assert len(list(metric.paths(where, where))) == 5
    assert compiled() == before
