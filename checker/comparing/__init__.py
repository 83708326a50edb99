"""Two reports of one deployment: what changed in the estate, what only looks changed, and what nobody can compare."""
