"""``python -m pts_optimiser``."""

from pts_optimiser.cli import main

if __name__ == "__main__":
    main()
