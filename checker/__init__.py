"""csready: predicts the errors Move-CsUser would raise, before anybody is moved."""

__version__ = "0.4.0"
