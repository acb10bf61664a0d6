import pytest
from hypothesis import given
from hypothesis import strategies as st

from pts_optimiser.demand.quota import Quota

weights = st.lists(st.integers(0, 20), min_size=2, max_size=8).filter(any)


def deal(shares: list[float], count: int) -> list[int]:
    quota = Quota()
    return [quota.take(shares, "all") for _ in range(count)]


@given(weights, st.integers(1, 300))
def test_every_choice_keeps_its_share_to_within_two(parts: list[int], count: int) -> None:
    shares = [part / sum(parts) for part in parts]
    dealt = deal(shares, count)
    for choice, share in enumerate(shares):
        assert abs(dealt.count(choice) - share * count) < 2


@given(weights)
def test_a_choice_without_a_share_is_never_dealt(parts: list[int]) -> None:
    shares = [part / sum(parts) for part in parts]
    assert all(shares[choice] > 0 for choice in deal(shares, 100))


def test_a_longer_deal_begins_with_the_shorter_one() -> None:
    assert deal([0.5, 0.3, 0.2], 40)[:25] == deal([0.5, 0.3, 0.2], 25)


def test_each_of_two_margins_keeps_its_shares() -> None:
    quota, shares = Quota(), [0.6, 0.4]
    dealt = [(group, quota.take(shares, "all", group)) for group in ("a", "b", "c") * 20]
    for group in ("a", "b", "c"):
        assert sum(choice == 0 for name, choice in dealt if name == group) == pytest.approx(12, abs=1)
    assert sum(choice == 0 for _, choice in dealt) == pytest.approx(36, abs=1)
