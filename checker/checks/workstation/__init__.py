"""Checks of the area ``workstation``."""
