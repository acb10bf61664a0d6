"""``make soak``: parts that attack the tool for about an hour, and one table of what was tried and what was lost.

A part is a module here with ``run(budget_s, seed, state) -> Tally``: it works for about ``budget_s`` seconds from a
seed that no earlier call had, may keep files in the folder ``state``, and never raises for what it finds: that goes
into ``Tally.lost``; a ``note.md`` in ``state`` is put on the page. Where nothing is left to do it returns a tally in
which nothing was tried. ``parts.py`` lists them.
"""
