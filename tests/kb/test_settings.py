"""Where settings come from, and what is refused."""

import pytest

from kb.errors import BadInput, HomeUnusable
from kb.settings import Settings


def test_environment_wins_over_file_wins_over_default(tmp_path):
    (tmp_path / "tracuu.toml").write_text('engine = "whoosh"\njobs = 3\n', encoding="utf-8")
    loaded = Settings.load({"KB_HOME": str(tmp_path / "h"), "KB_JOBS": "5"}, directory=tmp_path)
    assert (loaded.engine, loaded.jobs, loaded.home) == ("whoosh", 5, tmp_path / "h")
    assert loaded.origins["jobs"] == "KB_JOBS"
    assert loaded.origins["engine"].endswith("tracuu.toml")
    assert loaded.origins["file_timeout"] == "default"


@pytest.mark.parametrize(
    "text", ["wrong = 1", "engine = ", 'jobs = "many"', "jobs = -1", "file_timeout = []"]
)
def test_a_broken_file_is_refused_and_named(tmp_path, text):
    (tmp_path / "tracuu.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        Settings.load({"KB_HOME": str(tmp_path)}, directory=tmp_path)
    assert "tracuu.toml" in str(error.value)


def test_home_that_cannot_be_made_is_said_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnusable) as error:
        Settings(home=tmp_path / "file" / "home").ensure_home()
    assert "KB_HOME" in error.value.remedy


def test_missing_named_config_is_refused(tmp_path):
    with pytest.raises(BadInput):
        Settings.load({"KB_CONFIG": str(tmp_path / "none.toml")})
