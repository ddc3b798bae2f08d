"""The page readers, one a language."""
