"""What can be wrong with a URL by itself."""

from __future__ import annotations

from dataclasses import dataclass

# Codes and names as the lint rules have them (`cta rules`).
NAMES = {
    "LNK001": "insecure-link",
    "LNK002": "malformed-url",
    "LNK004": "escaped-ampersand",
    "LNK005": "second-question-mark",
    "LNK006": "double-encoded-value",
    "LNK007": "query-after-fragment",
    "LNK008": "stray-separator",
    "LNK009": "duplicated-parameter",
    "LNK010": "click-id-in-link",
    "LNK011": "non-production-host",
    "LNK012": "miscased-parameter",
    "LNK014": "schemeless-link",
    "UTM002": "empty-utm-value",
    "UTM003": "duplicated-utm-parameter",
    "UTM005": "untidy-utm-value",
    "UTM007": "unknown-utm-parameter",
    "UTM012": "utm-in-path",
    "UTM013": "personal-data-in-url",
    "UTM014": "overlong-utm-value",
    "UTM015": "placeholder-value",
    "AMZ001": "missing-attribution-tag",
    "AMZ002": "malformed-attribution-tag",
    "AMZ003": "duplicated-tracking-parameter",
    "AMZ004": "missing-attribution-companion",
    "AMZ005": "conflicting-programs",
    "AMZ006": "conflicting-ref",
    "AMZ007": "session-leftover",
    "AMZ008": "unsupported-landing-page",
    "AMZ009": "short-link",
    "AMZ010": "unexpanded-macro",
    "AMZ011": "malformed-aa-value",
    "AMZ015": "malformed-channel-tag",
    "AMZ016": "channel-off-store",
    "AMZ019": "suspect-asin",
    "AMZ020": "lookalike-amazon-host",
    "AMZ022": "mixed-tag-kinds",
    "AFF014": "malformed-associate-tag",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `start`, `end`: the characters of the URL that it points at; `key`: the parameter, if any."""

    code: str
    message: str
    start: int
    end: int
    key: str | None = None

    @property
    def name(self) -> str:
        """The name of the lint rule of this code."""
        return NAMES[self.code]

    def as_json(self) -> dict[str, str]:
        """The problem as `cta parse --format json` prints it."""
        return {"code": self.code, "name": self.name, "message": self.message}
