"""The charts of the report, one file each; `reports.CHARTS` finds them."""
