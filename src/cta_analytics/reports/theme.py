"""The colours of the report, light and dark, and what all Plotly figures have in common."""

from __future__ import annotations

from typing import Any

# One hue for what we count, one for what Amazon counts; blue and orange stay apart for every kind of colour vision.
# Rising and falling never rest on colour: an arrow and a word stand beside it.
LIGHT = {
    "paper": "#faf9f6",
    "card": "#ffffff",
    "ink": "#1b1f23",
    "soft": "#59636e",
    "rule": "#e2dfd8",
    "grid": "#ebe8e2",
    "own": "#1a6796",
    "own_pale": "#cfe3ef",
    "own_mid": "#86b6d3",
    "second": "#6f7f8c",
    "network": "#a8540a",
    "network_pale": "#f4dcc3",
    "band": "#eef3f6",
    "good": "#0a6b5e",
    "bad": "#a61e56",
}
DARK = {
    "paper": "#14171a",
    "card": "#1b1f24",
    "ink": "#e9ebed",
    "soft": "#a3adb7",
    "rule": "#30373e",
    "grid": "#272d33",
    "own": "#6fb7e4",
    "own_pale": "#24465c",
    "own_mid": "#3c7296",
    "second": "#98a6b3",
    "network": "#f0a35a",
    "network_pale": "#573a1c",
    "band": "#20272d",
    "good": "#54c8b5",
    "bad": "#f28cb0",
}
# No generic system-ui in front: on many a Linux it is DejaVu Sans, which is half as wide again.
FONT = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif'
TEXT_SIZE = 13


def layout(**more: Any) -> dict[str, Any]:
    """A Plotly layout without chrome: no legend, no toolbar's drag, the page's type and colours."""
    base: dict[str, Any] = {
        "template": {},
        "font": {"family": FONT, "size": TEXT_SIZE, "color": LIGHT["soft"]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": LIGHT["card"],
            "bordercolor": LIGHT["rule"],
            "align": "left",
            "font": {"family": FONT, "size": TEXT_SIZE, "color": LIGHT["ink"]},
        },
        "margin": {"l": 44, "r": 16, "t": 12, "b": 36, "pad": 0},
    }
    return base | more


def axis(**more: Any) -> dict[str, Any]:
    """A Plotly axis with hairlines and nothing else."""
    base: dict[str, Any] = {
        "showgrid": True,
        "gridcolor": LIGHT["grid"],
        "gridwidth": 1,
        "zeroline": False,
        "zerolinecolor": LIGHT["soft"],
        "zerolinewidth": 1,
        "fixedrange": True,
        "ticks": "",
        "showline": False,
        "automargin": False,
        "tickfont": {"size": 12},
    }
    return base | more


def label(x: Any, y: Any, text: str, **more: Any) -> dict[str, Any]:
    """A Plotly annotation that is just words at a place."""
    base: dict[str, Any] = {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
    }
    return base | more
