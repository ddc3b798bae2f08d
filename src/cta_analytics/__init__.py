"""Which of our pages actually sells? Pages, click logs and Amazon's reports, joined by one contract."""

__version__ = "0.1.0"
