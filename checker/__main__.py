"""``python -m checker`` is ``csready``."""

from checker.cli import main

main()
