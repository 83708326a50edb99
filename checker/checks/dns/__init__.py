"""Checks of the area ``dns``."""
