"""The database of the project: the only place that connects to DuckDB and that reads SQL files."""
