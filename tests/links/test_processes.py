"""Many files in several processes: the order of one process, errors where their file's turn is, the same JSON."""

import json
import os

import pytest

from cta_analytics import config
from cta_analytics.cli.commands import scan as command
from cta_analytics.cli.output import as_json
from cta_analytics.errors import CtaError
from cta_analytics.links import extract, printed, processes
from cta_analytics.links.files import select
from cta_analytics.links.processes import each
from cta_analytics.urls import describe
from cta_analytics.urls.networks import load


@pytest.fixture
def in_two(monkeypatch):
    monkeypatch.setattr(processes, "_processes", lambda files: 2)


def test_results_come_in_the_order_of_the_files_and_from_other_processes(in_two):
    found = list(each(lambda number: (number * 2, os.getpid()), range(205)))
    assert [value for value, _ in found] == [number * 2 for number in range(205)]
    assert os.getpid() not in {pid for _, pid in found}
    assert len({pid for _, pid in found}) == 2


def test_few_files_are_read_by_one_process():
    assert set(each(lambda _: os.getpid(), range(processes.FEW - 1))) == {os.getpid()}


def _fails_at(broken, error):
    def work(number):
        if number in broken:
            raise error(f"page {number} is broken")
        return number

    return work


def test_an_error_is_raised_where_its_file_has_its_turn(in_two):
    seen = []
    with pytest.raises(CtaError, match="page 33 is broken"):
        list(map(seen.append, each(_fails_at({33, 41, 150}, CtaError), range(205))))
    assert seen == list(range(33))


def test_a_bug_keeps_the_traceback_of_its_process(in_two):
    with pytest.raises(ZeroDivisionError) as raised:
        list(each(_fails_at({50}, ZeroDivisionError), range(205)))
    assert "in work" in "".join(raised.value.__notes__)


def test_a_process_that_is_ended_from_outside_is_an_error_of_one_line(in_two):
    with pytest.raises(CtaError, match="ended from outside"):
        list(each(lambda number: os._exit(9) if number == 100 else number, range(205)))


def test_a_network_is_the_same_one_on_the_other_side(in_two):
    amazon = load().by_name["amazon"]
    assert next(each(lambda _: amazon, range(3))) is amazon


def test_the_streamed_json_is_that_of_the_inventory(in_two, tmp_path, capfdbinary):
    (tmp_path / "cta.toml").write_text(
        '[site]\nbase_url = "https://www.larkmoor.example"\n[[sources]]\nroot = "site"\n'
    )
    (tmp_path / "site").mkdir()
    for number in range(45):
        links = f'<p>“é” <a href="/a/{number}?x=\x7f%" rel=author>t "q" \\</a><a href=https://amzn.to/{number}>x</a>'
        (tmp_path / "site" / f"p{number:02}.html").write_text(links if number % 3 else "<p>none", encoding="utf-8")
    project = config.read(tmp_path / "cta.toml")
    command._stream_json(project, select(project, []), lambda done, text="": None, quiet=True)
    streamed = capfdbinary.readouterr().out.decode()
    assert streamed == as_json(extract.scan(project, []).as_json()) + "\n"


@pytest.mark.parametrize("value", ["a", None, 3, True, [], {"k": [1, {"x": "é"}]}, ["\ud800"], 'quo"te\n\x1b'])
def test_a_member_is_what_json_makes_of_it(value):
    rows = {"list": [{"100%": value, "b": None}]}
    assert f'{{\n  "list": [\n{printed.member(rows["list"][0]).decode()}\n  ]\n}}' == as_json(rows)
    assert json.loads(printed.member({"a": value})) == {"a": value}


def test_a_network_of_the_contract_comes_back_from_another_process(in_two):
    tables = {"acme": {"title": "Acme", "hosts": ["go.acme.example"], "shapes": [{"kind": "affiliate", "path": "^/x"}]}}
    networks = load().merged(tables)
    work = lambda number: describe(f"https://go.acme.example/x?n={number}", networks=networks)  # noqa: E731
    assert [(found.network, found.kind) for found in each(work, range(45))] == [("acme", "affiliate")] * 45
