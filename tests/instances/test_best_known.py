import csv

import pytest

from pts_optimiser.instances import BestKnown, best_known

from .samples import published


@pytest.mark.parametrize(
    ("name", "answer"),
    [("a2-16", BestKnown(294.25, None)), ("bar-n100-6", BestKnown(788.0, 3)), ("unheard-of", None)],
)
def test_answers_are_found_by_the_name_of_the_instance(name, answer):
    assert best_known(name) == answer


def test_the_table_is_the_one_published_with_the_set():
    with (published() / "pdptw_sartori_buriol_2020" / "bks.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 58
    for row in rows:
        assert best_known(row["instance"]) == BestKnown(float(row["cost"]), int(row["vehicles"]))
