"""The report: one HTML file that a marketer opens, made from the warehouse."""

from cta_analytics.registry import Registry
from cta_analytics.reports.chart import Chart

CHARTS: Registry[Chart] = Registry("cta_analytics.reports.charts", "CHART", Chart)
"""The charts, by the name of their file."""
