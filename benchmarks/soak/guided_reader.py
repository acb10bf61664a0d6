"""One reader under atheris: ``python -m benchmarks.soak.guided_reader NAME [options of libFuzzer] CORPUS``."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["pts_optimiser.intake", "pts_optimiser.domain", "pts_optimiser.instances"]):
    from tests.bad_input.readers import READERS
    from tests.bad_input.verdict import refused_or_read

ENOUGH = 200_000


def main() -> None:
    name = sys.argv.pop(1)
    reader = next(reader for reader in READERS if reader.name == name)
    known = Path(sys.argv[-1])
    for number, sample in enumerate(reader.samples()):
        (known / f"sample {number}").write_bytes(sample)

    def other(data: bytes, most: int, seed: int) -> bytes:
        """One of our own ways to spoil it, or libFuzzer's."""
        dice = Random(seed)
        if dice.random() < 0.5:
            return atheris.Mutate(data, most)
        return dice.choice(reader.spoil)(data, dice)[:most]

    with TemporaryDirectory() as folder:

        def one(data: bytes) -> None:
            refused_or_read(reader, data, Path(folder))

        atheris.Setup([*sys.argv, f"-max_len={ENOUGH}"], one, custom_mutator=other)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
