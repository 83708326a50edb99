"""A snapshot judged again with a setting changed: which keys it has, how they are changed, and what that changes."""
