"""Travel times and lengths between places."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Matrix(NamedTuple):
    """Travel times and, where asked for, lengths of the same ways; of equally fast ways the shortest."""

    seconds: NDArray[np.uint16]  # [p, q] whole seconds, UNREACHABLE where there is no way or it takes 18 hours
    metres: NDArray[np.int32] | None  # [p, q], -1 where unreachable

    @property
    def transposed(self) -> Matrix:
        return Matrix(self.seconds.T, None if self.metres is None else self.metres.T)
