"""The report: one HTML file that a marketer opens, made from the warehouse, and the same facts for other programs."""

from cta_analytics.registry import Registry
from cta_analytics.reports.chart import Chart
from cta_analytics.reports.export import Export

CHARTS: Registry[Chart] = Registry("cta_analytics.reports.charts", "CHART", Chart)
"""The charts, by the name of their file."""

EXPORTS: Registry[Export] = Registry("cta_analytics.reports.exports", "EXPORT", Export)
"""The formats besides HTML, by the name of their file."""
