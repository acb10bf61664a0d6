"""The command line: arguments in, a service called, the answer printed. No logic of its own."""

from __future__ import annotations


def main() -> None:
    """Run the command line and leave with its exit code."""
    from pts_optimiser.cli.app import app

    app()
