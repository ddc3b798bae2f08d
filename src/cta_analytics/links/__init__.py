"""Links: found on pages, described, placed, and resolved by the contract."""
