"""Numbers as exports write them: thousands separators, decimal commas, currency signs; ambiguous ones are refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cta_analytics.errors import CtaError

EMPTY = {"", "-", "–", "—", "n/a", "na", "null", "none"}

# A sign that several currencies share only says that it is one of them.
_SIGNS: dict[str, frozenset[str]] = {
    "$": frozenset({"USD", "CAD", "MXN", "AUD", "SGD", "BRL"}), "us$": frozenset({"USD"}), "ca$": frozenset({"CAD"}),
    "c$": frozenset({"CAD"}), "mx$": frozenset({"MXN"}), "a$": frozenset({"AUD"}), "au$": frozenset({"AUD"}),
    "s$": frozenset({"SGD"}), "r$": frozenset({"BRL"}), "€": frozenset({"EUR"}), "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}), "円": frozenset({"JPY"}), "元": frozenset({"CNY"}), "₹": frozenset({"INR"}),
    "rs": frozenset({"INR"}), "rs.": frozenset({"INR"}), "zł": frozenset({"PLN"}), "kr": frozenset({"SEK"}),
    "₺": frozenset({"TRY"}), "tl": frozenset({"TRY"}), "e£": frozenset({"EGP"}), "r": frozenset({"ZAR"}),
}  # fmt: skip
_MINUS = "-−–"
_AMOUNT = re.compile(
    r"(?P<before>[^\d.,]*(?:(?<=[A-Za-z])\.\s*)?)"
    r"(?P<digits>\d[\d.,]*(?:[ '’]\d{3}(?!\d)[\d.,]*)*(?:[eE][+-]?\d{1,2})?|[.,]\d+)"
    r"(?P<after>[^\d.,]*\.?)"
)
_PLAIN = re.compile(r"\d*[.,]?\d+(?:[eE][+-]?\d{1,2})?|\d+[.,]")
# Indian grouping has pairs before the last three digits: 12,34,567.
_GROUPED = {",": re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}"), ".": re.compile(r"\d{1,3}(?:\.\d{3})+")}
_NO_CENTS = re.compile(r"[.,][-–—]+(?=\D*$)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as it stands, with its place for messages: `row`, `column` (its header), whether it counts things."""

    row: int
    column: str
    text: str
    is_whole: bool

    @property
    def where(self) -> str:
        """The place, as messages begin."""
        return f'row {self.row}, column "{self.column}"'


@dataclass(frozen=True, slots=True)
class Amount:
    """A number without its signs. `currencies`: those that its currency sign can mean, empty without one."""

    digits: str
    is_negative: bool
    currencies: frozenset[str]


def take_apart(cell: Cell) -> Amount | None:
    """The digits of a cell with their separators; None where it is empty.

    Raises: CtaError (without the file) where it is no number.
    """
    # NFKC makes fullwidth digits and yen signs, narrow and no-break blanks into the plain ones.
    text = _NO_CENTS.sub("", unicodedata.normalize("NFKC", cell.text).strip())
    if text.casefold() in EMPTY:
        return None
    in_brackets = text.startswith("(") and text.endswith(")")
    found = _AMOUNT.fullmatch(text[1:-1].strip() if in_brackets else text)
    if not found:
        raise _no_number(cell)
    signs = found["before"] + found["after"]
    minuses = sum(char in _MINUS for char in signs)
    names = [name for name in (_bare(found["before"]), _bare(found["after"])) if name]
    meant = currencies(names[0]) if names else frozenset()
    if len(names) > 1 or (names and not meant) or minuses + in_brackets > 1:
        raise _no_number(cell)
    digits = re.sub(r"(?<=\d)[ '’](?=\d{3})", "", found["digits"])
    if not digits.isascii() or re.search(r"[ '’]", digits):
        raise _no_number(cell)
    return Amount(digits, bool(minuses) or in_brackets, meant)


def _bare(sign: str) -> str:
    return sign.translate({ord(char): None for char in f"{_MINUS}+"}).strip()


def currencies(sign: str) -> frozenset[str]:
    """The currencies that a sign or a code can mean; empty where it is none."""
    known = _SIGNS.get(sign.casefold())
    if known:
        return known
    code = sign.upper()
    return frozenset({code}) if re.fullmatch(r"[A-Z]{3}", code) and code.isascii() else frozenset()


def _no_number(cell: Cell) -> CtaError:
    return CtaError(f'{cell.where}: "{cell.text}" is no number; correct the cell, or map the column to another field')


def decimal_mark(cells: Iterable[tuple[Cell, Amount]], given: str | None, section: str) -> str:
    """The decimal mark of a file, `.` or `,`: as given, else as its cells prove.

    `1,50` proves a decimal comma, `1,234,567` a decimal point; `1,234` hints at a point in a column of whole numbers.

    Raises: CtaError where two cells contradict each other, or where a cell can be read in two ways and nothing decides.
    """
    if given:
        return given
    proofs: dict[str, Cell] = {}
    hints: dict[str, Cell] = {}
    open_cell: Cell | None = None
    for cell, amount in cells:
        mark, is_proof = _evidence(amount.digits, cell.is_whole)
        if mark is None:
            continue
        if mark == "?":
            open_cell = open_cell or cell
        else:
            (proofs if is_proof else hints).setdefault(mark, cell)
    for found in (proofs, hints):
        if len(found) == 2:
            point, comma = found["."], found[","]
            raise CtaError(
                f'{comma.where}: "{comma.text}" has a decimal comma, "{point.text}" in {point.where} has none; '
                f'say which it is with decimal = "." or "," under {section}'
            )
        if found:
            return next(iter(found))
    if open_cell:
        raise CtaError(
            f'{open_cell.where}: "{open_cell.text}" can be read in two ways; say which with decimal = "." or "," '
            f"under {section}"
        )
    return "."


def _evidence(digits: str, is_whole: bool) -> tuple[str | None, bool]:
    """(decimal mark, or None for no evidence, or "?"; whether it is a proof)."""
    if "e" in digits.casefold():
        return ("." if "." in digits else "," if "," in digits else None), True
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return None, False
    if len(set(marks)) == 2:
        return marks[-1], True
    mark, other = marks[0], "," if marks[0] == "." else "."
    if len(marks) > 1:
        return other, True
    left, right = digits.split(mark)
    if len(right) != 3 or not left or left.startswith("0") or len(left) > 3:
        return mark, True
    return (other, False) if is_whole else ("?", False)


def value(cell: Cell, amount: Amount, mark: str) -> Decimal:
    """The number of a cell.

    Raises: CtaError (without the file) where its separators fit no reading.
    """
    thousands = "," if mark == "." else "."
    whole, _, fraction = amount.digits.partition(mark)
    if thousands in whole:
        if not _GROUPED[thousands].fullmatch(whole):
            raise _no_number(cell)
        whole = whole.replace(thousands, "")
    plain = f"{whole}.{fraction}" if fraction else whole
    if not _PLAIN.fullmatch(plain):
        raise _no_number(cell)
    number = Decimal(plain)
    return -number if amount.is_negative else number


def whole(cell: Cell, number: Decimal) -> int:
    """A count.

    Raises: CtaError (without the file) where it is negative or has a fraction beyond the noise of a float.
    """
    nearest = int(number.to_integral_value(ROUND_HALF_UP))
    if abs(number - nearest) > Decimal("0.000001"):
        raise CtaError(f'{cell.where}: "{cell.text}" is no whole number; map the column to an amount, or correct it')
    if nearest < 0:
        raise CtaError(f'{cell.where}: "{cell.text}" is negative, and a count cannot be; correct it')
    return nearest


def minor(number: Decimal, digits: int) -> int:
    """An amount in minor units, half away from zero: floats come as 191.95999999999998."""
    return int(number.scaleb(digits).to_integral_value(ROUND_HALF_UP))
