"""The JSON API: its answers, its errors, and that both are as the OpenAPI document says."""

from __future__ import annotations

import json

import pytest
import schemathesis
from by_symbol import id_of
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode
from web_fake_library import FakeLibrary

from kb.errors import IndexMissing
from kb.library import Library
from kb.settings import Settings
from web.api.contract import ROOT
from web.api.endpoints import ENDPOINTS
from web.app import create_app

PLAN = "12/KH-CAT-PV05"


@pytest.fixture(scope="session")
def api(corpus: Library):
    app = create_app(corpus, corpus.settings)
    return schemathesis.openapi.from_wsgi(f"{ROOT}/openapi.json", app)


def test_every_answer_is_as_documented(api) -> None:
    """Right and wrong parameters, made by schemathesis from the document itself."""
    tried = 0
    for result in api.get_all_operations():
        operation = result.ok()
        for mode in GenerationMode:

            @given(case=operation.as_strategy(generation_mode=mode))
            @settings(
                max_examples=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=True,
                database=None,
            )
            def answer(case) -> None:
                case.call_and_validate()

            answer()
            tried += 1
    assert tried == 2 * len(ENDPOINTS)


def test_search_is_that_of_the_pages(corpus_client: FlaskClient, corpus: Library) -> None:
    answer = corpus_client.get(
        f"{ROOT}/search?q=ngày hội&kind=ke-hoach&from=2022-01-01&per_page=3"
    ).get_json()
    assert answer["hits"] and {hit["kind"] for hit in answer["hits"]} == {"ke-hoach"}
    assert len(answer["hits"]) == 3 and answer["page"] == 1 and answer["pages"] > 1
    following = corpus_client.get(
        f"{ROOT}/search?q=ngày hội&kind=ke-hoach&from=2022-01-01&per_page=3&page=2"
    ).get_json()
    assert {h["id"] for h in answer["hits"]}.isdisjoint(h["id"] for h in following["hits"])
    assert all("/" not in hit["source"] for hit in answer["hits"])
    without = corpus_client.get(f"{ROOT}/search?q=ngày hội&not=kind:tin-tuc").get_json()
    assert "tin-tuc" not in {hit["kind"] for hit in without["hits"]}
    assert corpus_client.get(f"{ROOT}/search?page=10000&per_page=100").get_json()["hits"] == []
    year = corpus_client.get(f"{ROOT}/search?q=ngày hội&year=2022").get_json()
    assert {hit["issued_on"][:4] for hit in year["hits"]} == {"2022"}


def test_every_endpoint_answers_for_a_document(corpus_client: FlaskClient, corpus: Library) -> None:
    ids = {"id": id_of(corpus, PLAN), "old": id_of(corpus, "19/KH-CAT-PV05")}
    for endpoint in ENDPOINTS:
        address = ROOT + endpoint.path.format(**ids) + ("?q=ngay" if endpoint.name == "suggest" else "")
        response = corpus_client.get(address)
        assert response.status_code == 200, address
        assert response.get_json() or endpoint.name in ("figures",)
    document = corpus_client.get(f"{ROOT}/documents/{ids['id']}").get_json()
    assert document["metadata"]["symbol"]["value"] == PLAN
    assert str(corpus.settings.home) not in json.dumps(document)


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/search?page=0", 400, "page"),
        ("/search?page=x", 400, "page"),
        ("/search?per_page=1000", 400, "per_page"),
        ("/search?kin=ke-hoach", 400, "kin"),
        ("/search?q=a&q=b", 400, "q"),
        ("/search?from=2022-13-01", 400, "from"),
        ("/search?not=kind", 400, "not"),
        ("/search?fold=ja", 400, "fold"),
        ("/suggest", 400, "q"),
        ("/documents/ffffffffffff", 404, "ffffffffffff"),
        ("/documents/xyz", 400, "id"),
        ("/nothing", 404, ""),
    ],
)
def test_errors_are_problem_details(
    corpus_client: FlaskClient, address: str, status: int, says: str
) -> None:
    response = corpus_client.get(ROOT + address)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    problem = json.loads(response.data)
    assert problem["status"] == status
    assert problem["title"] and says in problem["detail"]


def test_only_reading(corpus_client: FlaskClient) -> None:
    response = corpus_client.post(f"{ROOT}/search")
    assert response.status_code == 405
    assert response.content_type == "application/problem+json"


def test_in_english(corpus_client: FlaskClient) -> None:
    problem = json.loads(corpus_client.get(f"{ROOT}/search?page=0&lang=en").data)
    assert problem["detail"] == "Parameter “page” cannot be used: 1..10000"
    facets = corpus_client.get(f"{ROOT}/search?lang=en").get_json()["facets"]
    assert "In force" in {value["label"] for value in facets["validity"]}


def test_a_library_that_cannot_be_used(fake: FakeLibrary, tmp_path) -> None:
    fake.fails = IndexMissing("Chưa có chỉ mục.")
    client = create_app(fake, Settings(home=tmp_path)).test_client()  # type: ignore[arg-type]
    response = client.get(f"{ROOT}/search?q=a")
    assert response.status_code == 503
    assert json.loads(response.data)["remedy"] == "Chạy: kb reindex"
    fake.fails = ValueError("secret")
    response = client.get(f"{ROOT}/search?q=a")
    assert response.status_code == 500 and b"secret" not in response.data


def test_the_page_that_explains_it(corpus_client: FlaskClient) -> None:
    page = corpus_client.get("/api").get_data(as_text=True)
    for endpoint in ENDPOINTS:
        assert ROOT + endpoint.path in page
