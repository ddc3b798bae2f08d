"""What is measured: the SQL of `queries/metrics` and `queries/questions`, and how it is read."""
