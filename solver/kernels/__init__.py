"""Compiled loops over flat tables. ``tables`` packs a ``Problem``; ``block`` and ``route`` keep a route's times exact;
``insertion`` finds places; ``search`` ruins and recreates. Nothing here allocates inside a loop.
"""
