"""What the fork server loads once, so that its children begin to work at once: the programs and the kernels."""

from __future__ import annotations

from pts_optimiser.jobs import turns as _turns  # noqa: F401  with all that turns need
from solver.alone import fits_alone
from solver.ready import load_kernels, trifle

load_kernels()
fits_alone(trifle())
