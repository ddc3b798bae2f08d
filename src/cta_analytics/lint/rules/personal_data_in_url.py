"""UTM013: personal data in a URL."""

from __future__ import annotations

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import concerns_us, problem
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.rule import Context, Example, Rule
from cta_analytics.urls import Problem
from cta_analytics.urls.checks.parameters import PERSON_IDS


def _is_personal(link: Link, found: Problem, context: Context) -> bool:
    # On another site it is the page of that person.
    return (found.key or "").lower() not in PERSON_IDS or concerns_us(link, found, context)


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
        Example(anchor("https://tea.example/?email=jane.doe%40larkmoor.example", "a friend")),
    ),
    good=(
        Example(anchor(f"{STORE}?{query()}&utm_term=quiet-kettle")),
        Example(anchor("https://tea.example/profile?user_id=48213", "a friend")),
        Example(anchor("mailto:hello@larkmoor.example", "write to us")),
    ),
    link=problem("UTM013", _is_personal),
    mutes=("UTM005",),
)
