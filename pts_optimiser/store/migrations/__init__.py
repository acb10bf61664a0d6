"""How the tables came to be, step by step; ``HEAD`` is the last step."""

HEAD = "0003"
