"""The outputs of `cta lint`, one a file."""
