"""Events: what the lines of logs mean."""
