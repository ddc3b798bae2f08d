"""Log formats: one file each."""
