"""UTM013: personal data in a URL."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="UTM013",
    name="personal-data-in-url",
    severity="error",
    summary="The URL holds an e-mail address, a phone number, a login, or the id of one single person.",
    why=(
        "Whoever follows the link counts as that person. The address also ends up in the logs and referrers of "
        "everybody on the way, and Google deletes the data of properties that receive it."
    ),
    bad=(
        Example(anchor(f"{STORE}?{query()}&utm_term=jane.doe%40larkmoor.example")),
        Example(anchor("https://tea.example/?user_id=48213", "a friend")),
    ),
    good=(
        Example(anchor(f"{STORE}?{query()}&utm_term=quiet-kettle")),
        Example(anchor("mailto:hello@larkmoor.example", "write to us")),
    ),
    link=problem("UTM013"),
    mutes=("UTM005",),
)
