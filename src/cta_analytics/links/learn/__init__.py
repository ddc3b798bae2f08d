"""What a contract must say, learned from the links that a site has today."""
