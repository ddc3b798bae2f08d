"""The generator of the sample site, its logs and its reports."""
