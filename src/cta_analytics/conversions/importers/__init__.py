"""One kind of report a module: how it is known and how it is read."""
