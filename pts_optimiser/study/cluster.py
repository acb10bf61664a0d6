"""Where the days are solved: a cluster of processes on this machine, or one that a scheduler knows."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from pts_optimiser.domain.errors import InputError
from pts_optimiser.study.day_key import engine_version

LOST_WORKERS = 3
"""A day that so many workers were lost with is given up: it is likely to be what costs them their lives."""

WAIT_S = 60


@contextmanager
def cluster(scheduler: str | None, workers: int) -> Iterator[tuple[Executor, int]]:
    """A pool and its number of workers. What a lost worker had in hand is given to another.

    Raises
    ------
    InputError
        No scheduler at the address, or one without workers, or with workers that run other code.
    """
    import dask  # noqa: PLC0415  (takes a second)
    from distributed import Client, LocalCluster  # noqa: PLC0415

    settings = {
        "distributed.scheduler.allowed-failures": LOST_WORKERS,
        "distributed.worker.daemon": True,
    }
    logging.getLogger("distributed").setLevel(logging.ERROR)
    with dask.config.set(settings):
        if scheduler is None:
            with _uninterrupted():
                local = LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=None,
                    silence_logs=logging.ERROR,
                )
            with local, Client(local) as client:
                yield client.get_executor(), workers
            return
        try:
            client = Client(scheduler, timeout=WAIT_S)
            client.wait_for_workers(1, timeout=WAIT_S)
        except (OSError, TimeoutError, ValueError) as error:
            raise InputError(
                f"--scheduler {scheduler}: {error}. Start dask scheduler and dask worker, and give the address that the"
                " scheduler prints."
            ) from error
        with client:
            if set(client.run(engine_version).values()) != {engine_version()}:
                raise InputError(f"--scheduler {scheduler}: its workers run other code or libraries than this program")
            yield client.get_executor(), sum(client.nthreads().values())


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes started here take no notice of Ctrl-C, which all of a terminal get: who started them ends them."""
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
