"""The formats that the facts of a report can be written in, one file each."""
