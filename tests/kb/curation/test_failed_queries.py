"""The list of questions that found nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kb.curation import failed_queries
from kb.curation.failed_queries import FailedQueries


def test_questions_are_counted_however_accented_and_settled(tmp_path: Path) -> None:
    days = iter([date(2026, 1, 2), date(2026, 1, 3), date(2026, 1, 4), date(2026, 1, 5)])
    failed = FailedQueries(tmp_path, today=lambda: next(days))
    for query in ("chợ phiên", "ma tuý", "cho  phien", "chợ\tphiên\n"):
        failed.note(query)
    first, second = failed.list(9)
    assert (first.query, first.count) == ("chợ phiên", 3)
    assert (first.first, first.last) == (date(2026, 1, 2), date(2026, 1, 5))
    assert (second.query, second.count) == ("ma tuý", 1)
    assert failed.list(1) == [first]
    assert failed.settle("CHO PHIEN") == 3 and failed.settle("khác") == 0
    assert failed.list(9) == [second]
    assert (tmp_path / "failed-queries.tsv").stat().st_mode & 0o077 == 0


def test_odd_questions_and_files_do_no_harm(tmp_path: Path) -> None:
    failed = FailedQueries(tmp_path)
    for query in ("", "  \n", "x" * 201, "\0", "a\u2028b"):
        failed.note(query)
    (tmp_path / "failed-queries.tsv").open("ab").write(
        b"torn\n2026-13-01\tx\n\xff\xfe\n2026-01-01\tok\n"
    )
    assert "ok" in [each.query for each in failed.list(9)]
    blocked = FailedQueries(tmp_path / "none")
    blocked.note("x")
    assert blocked.list(9) == []


def test_the_file_stays_small(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(failed_queries, "LARGEST", 1000)
    failed = FailedQueries(tmp_path)
    for number in range(200):
        failed.note(f"câu hỏi {number}")
    assert (tmp_path / "failed-queries.tsv").stat().st_size < 1100
    assert "câu hỏi 199" in [each.query for each in failed.list(99)]
