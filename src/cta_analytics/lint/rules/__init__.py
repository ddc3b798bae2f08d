"""The rules of `cta lint`, one a file, each named for what it finds."""
