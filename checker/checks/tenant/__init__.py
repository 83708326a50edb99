"""Checks of the area ``tenant``."""
