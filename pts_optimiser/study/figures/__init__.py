"""The figures that only a study has: each a formula of its own, with its source. ``reporting`` has those of one day."""
