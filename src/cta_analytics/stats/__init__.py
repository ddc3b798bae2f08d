"""Statistics as pure functions: what may be said of few numbers, and how surely."""
