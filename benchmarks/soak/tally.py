"""What a part tried, what it broke on purpose, what was served meanwhile, and what was lost."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts that add up. ``lost`` has one sentence a loss, with the seed or file that repeats it."""

    cases: int = 0
    faults: int = 0
    requests: int = 0
    lost: tuple[str, ...] = ()
    seconds: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.cases + other.cases,
            self.faults + other.faults,
            self.requests + other.requests,
            self.lost + other.lost,
            self.seconds + other.seconds,
        )

    @property
    def tried(self) -> bool:
        return any((self.cases, self.faults, self.requests, self.lost))

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        fields = json.loads(text)
        return cls(**fields | {"lost": tuple(fields["lost"])})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one part has come: its tally, the slices done, and whether anything is left to do."""

    tally: Tally = Tally()
    slices: int = 0
    finished: bool = False

    @classmethod
    def read(cls, folder: Path) -> Self:
        file = folder / "progress.json"
        if not file.exists():
            return cls()
        fields = json.loads(file.read_text(encoding="utf-8"))
        return cls(Tally.from_json(fields["tally"]), fields["slices"], fields["finished"])

    def write(self, folder: Path) -> None:
        """Whole or not at all: a run that is broken off goes on from the last slice."""
        folder.mkdir(parents=True, exist_ok=True)
        fields = {"tally": self.tally.to_json(), "slices": self.slices, "finished": self.finished}
        (folder / "progress.new").write_text(json.dumps(fields), encoding="utf-8")
        (folder / "progress.new").replace(folder / "progress.json")

    def after(self, tally: Tally) -> Progress:
        return Progress(self.tally + tally, self.slices + 1, finished=not tally.tried)
