"""The commands: one file each, which defines `main`."""
