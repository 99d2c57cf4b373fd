"""Database engine that sees to it that the project's own Postgres runs."""
