"""Malformed input for every reader: whatever comes in, it is read or refused by a documented code, soon and in little
memory. ``make test`` tries ten thousand of them, ``make soak`` a million."""
