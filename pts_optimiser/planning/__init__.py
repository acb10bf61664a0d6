"""Where journeys meet the solver: a day becomes a ``solver.Problem``, a ``solver.Solution`` becomes a roster."""
