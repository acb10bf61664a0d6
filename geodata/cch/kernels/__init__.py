"""Compiled loops over flat arrays: ``chordal`` builds, ``customise`` weighs, ``climb`` and ``sweep`` make matrices,
``unpack`` finds paths. Nothing here allocates.
"""
