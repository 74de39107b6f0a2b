"""The table of script/chaos: what is bad is said, and only the marked block is written anew."""

import pytest

from script.storm import report
from script.storm.blows import BLOWS
from script.storm.compare import Found, Promised, compare
from script.storm.requests import Group
from tests.repo.facts import ROOT


def figures(**changes) -> report.Figures:
    given = {
        "seed": 7,
        "seconds": 60.0,
        "blows": dict.fromkeys(BLOWS, 2),
        "repeated": 3,
        "groups": [Group("nothing was away", 10, 0, 0, 0.02, 0.1)],
        "longest": 5.0,
        "drained": 4.0,
        "outcome": compare(Promised({"a": {"CG-1"}}), Found([("a", "CG-1")])),
        **changes,
    }
    return report.Figures(**given)


def test_a_good_run_says_so_and_names_its_dice():
    good = figures()
    assert good.well
    assert report.as_text(good).endswith("Nothing was lost.")
    assert "dice 7" in report.as_markdown(good)
    assert "| Referrals kept | 1 |" in report.as_markdown(good)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"drained": None}, "never"),
        ({"groups": [Group("Redis", 10, 0, 1, 0.02, 9.0)]}, "Requests failed"),
        ({"trouble": ["A part did not come back."]}, "A part did not come back."),
        ({"outcome": compare(Promised({"a": {"CG-1"}}), Found())}, "1 acknowledged and lost: a"),
        ({"outcome": compare(Promised(), Found())}, "Requests failed, or"),
    ],
)
def test_a_bad_run_is_not_well_and_says_why(change, said):
    bad = figures(**change)
    assert not bad.well
    assert said in report.as_text(bad)
    assert "NOT AS PROMISED" in report.as_text(bad)


def test_only_the_marked_block_is_written_anew(tmp_path, monkeypatch):
    page = tmp_path / "reliability.md"
    begin, end = f"<!-- {report.STORM}: begin -->", f"<!-- {report.STORM}: end -->"
    page.write_text(f"Before\n{begin}\nold\n{end}\nAfter\n", encoding="utf-8")
    monkeypatch.setattr(report, "PAGE", page)
    report.write(report.STORM, "new")
    wanted = f"Before\n{begin}\nnew\n{end}\nAfter\n"
    assert page.read_text(encoding="utf-8") == wanted
    with pytest.raises(SystemExit, match="lost its marks"):
        report.write(report.RACES, "new")


def test_the_page_has_both_marks():
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    for which in (report.STORM, report.RACES):
        assert f"<!-- {which}: begin -->" in page
        assert f"<!-- {which}: end -->" in page
