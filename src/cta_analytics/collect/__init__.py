"""Collecting clicks with the web server that is there: the snippet, and what each server needs to log its beacons."""

from __future__ import annotations

from cta_analytics.collect.server import Server as Server
from cta_analytics.registry import Registry

SERVERS = Registry("cta_analytics.collect.servers", "SERVER", Server)
"""The servers by name, as `cta snippet --server` takes them."""
