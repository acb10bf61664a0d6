from __future__ import annotations

import shutil
from datetime import date

import pytest

from pts_optimiser.store import ConflictError, NotFoundError, Store
from pts_optimiser.store.audit import entries
from pts_optimiser.store.publishing import Publication, current, publications, publish, published, published_version
from pts_optimiser.store.rosters import read_text, stored_roster
from tests.store.examples import BY, DAY, NOW, TEXTS, a_roster, add, at_once, put

OTHER_DAY = date(2026, 11, 25)


@pytest.fixture
def planned(store: Store) -> Store:
    """A day with three versions, none published."""
    with store.write() as session:
        put(session)
    for seed in (1, 2, 3):
        add(store, seed=seed)
    return store


def publish_one(store: Store, version: int, expected: str | None, day: date = DAY) -> Publication:
    with store.write() as session:
        return publish(session, day, version, expected_etag=expected, by=BY, at=NOW)


def test_published_roster_comes_back_whole(planned: Store) -> None:
    publish_one(planned, 2, None)
    with planned.read() as session:
        found = published(session, DAY)
    assert found is not None
    assert found.roster == a_roster(seed=2)
    assert (found.publication.version, found.publication.number, found.stored.seed) == (2, 1, 2)


def test_nothing_is_published_before_somebody_publishes(planned: Store) -> None:
    with planned.read() as session:
        assert published(session, DAY) is None


def test_published_roster_and_its_inputs_are_readable_without_the_folder_of_files(planned: Store) -> None:
    publish_one(planned, 1, None)
    shutil.rmtree(planned.files.folder)
    with planned.read() as session:
        found = published(session, DAY)
        assert found is not None
        assert found.roster == a_roster(seed=1)
        assert {name: read_text(session, DAY, 1, name) for name in TEXTS} == TEXTS


def test_publishing_needs_the_tag_of_what_is_published(planned: Store) -> None:
    first = publish_one(planned, 1, None)
    second = publish_one(planned, 2, first.etag)
    for seen in (None, first.etag, "not-a-tag"):
        with pytest.raises(ConflictError):
            publish_one(planned, 3, seen)
    with planned.read() as session:
        assert current(session, DAY) == second
        assert published_version(session, DAY) == (2, stored_roster(session, DAY, 2).sha256)
        assert [one.version for one in publications(session, DAY)] == [2, 1]
        assert [one.version for one in publications(session, DAY, before=2)] == [1]


def test_a_version_published_again_has_a_new_tag(planned: Store) -> None:
    first = publish_one(planned, 1, None)
    second = publish_one(planned, 2, first.etag)
    third = publish_one(planned, 1, second.etag)
    assert len({first.etag, second.etag, third.etag}) == 3
    with pytest.raises(ConflictError):
        publish_one(planned, 3, first.etag)


def test_nothing_is_published_at_first(planned: Store) -> None:
    with planned.read() as session:
        assert published_version(session, DAY) is None
        assert published(session, DAY) is None


def test_only_a_version_of_the_day_is_published(planned: Store) -> None:
    with planned.write() as session:
        put(session, OTHER_DAY)
    for day, version in ((DAY, 4), (OTHER_DAY, 1)):
        with pytest.raises(NotFoundError):
            publish_one(planned, version, None, day)


def test_of_two_who_publish_at_once_one_wins(planned: Store, url: str) -> None:
    with Store(url) as other:
        seen = None
        for _round in range(8):
            told = at_once(2, lambda who, seen=seen: publish_one((planned, other)[who], who + 2, seen))
            won = [one for one in told if isinstance(one, Publication)]
            lost = [one for one in told if isinstance(one, ConflictError)]
            assert (len(won), len(lost)) == (1, 1), told
            seen = won[0].etag
    with planned.read() as session:
        assert [one.number for one in publications(session, DAY)] == list(range(8, 0, -1))


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)  # writers of SQLite are alone from their start
def test_two_open_transactions_cannot_both_publish(planned: Store, url: str) -> None:
    with Store(url) as other, planned.write() as mine:
        current(mine, DAY)
        won = publish_one(other, 2, None)
        with pytest.raises(ConflictError):
            publish(mine, DAY, 3, expected_etag=None, by=BY, at=NOW)
    with planned.read() as session:
        assert current(session, DAY) == won


def test_publishing_is_in_the_audit_with_before_and_after(planned: Store) -> None:
    first = publish_one(planned, 1, None)
    second = publish_one(planned, 2, first.etag)
    with planned.read() as session:
        last = entries(session)[-1]
    assert (last.who, last.what, last.subject) == (BY, "roster.publish", "days/2026-11-24")
    assert last.before == {"version": 1, "etag": first.etag}
    assert last.after is not None
    assert last.after["etag"] == second.etag


def test_who_loses_leaves_nothing_in_the_audit(planned: Store) -> None:
    with pytest.raises(ConflictError):
        publish_one(planned, 1, "not-a-tag")
    with planned.read() as session:
        assert [entry.what for entry in entries(session)] == ["day.put"]
