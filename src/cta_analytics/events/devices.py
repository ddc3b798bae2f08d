"""The kind of device that a user agent names."""

from __future__ import annotations

import re

_TABLET = re.compile(
    r"iPad|Tablet|PlayBook|Silk/|Kindle|Nexus (?:7|9|10)\b|SM-T\d|Tab\b|GT-P\d|Xoom|Transformer", re.IGNORECASE
)
_PHONE = re.compile(
    r"iPhone|iPod|Windows Phone|IEMobile|BlackBerry|BB10|Opera Mini|\bMobile\b|webOS/|Symbian|Nokia|MIDP", re.IGNORECASE
)
_DESKTOP = re.compile(r"Windows NT|Windows;|Macintosh|X11|CrOS|Linux x86_64|Linux i686|FreeBSD|Ubuntu")
_OTHER = re.compile(
    r"TV\b|SmartTV|SMART-TV|AppleTV|Roku|PlayStation|Xbox|Nintendo|Watch|CrKey|BRAVIA|HbbTV|Web0S|Tizen", re.IGNORECASE
)


def device(user_agent: str | None) -> str:
    """phone, tablet, desktop or other. Since 2022 an iPad names itself a Macintosh: it counts as a desktop."""
    if not user_agent or _OTHER.search(user_agent):
        return "other"
    if _TABLET.search(user_agent):
        return "tablet"
    if _PHONE.search(user_agent):
        return "phone"
    if "Android" in user_agent:
        # Google: a browser on an Android phone says "Mobile", one on a tablet does not.
        return "tablet"
    return "desktop" if _DESKTOP.search(user_agent) else "other"
