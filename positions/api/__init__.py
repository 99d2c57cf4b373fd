"""The read-only JSON API under /api/v1/: the selections of the screens for programs."""
