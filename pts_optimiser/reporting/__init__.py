"""What the planner gets out of a checked roster: figures, tables, maps, pages and the output folder."""
