"""Sources and articles in the admin."""

import pytest

from articles.models import Article, Source
from tests.factories import make_article, make_source, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.force_login(make_user("root", administrator=True))
    return client


def test_lists_with_search(administrator):
    make_article(title="Envoys meet")
    make_article(title="Minister writes")
    assert administrator.get("/admin/articles/source/?q=courier").status_code == 200
    html = administrator.get("/admin/articles/article/?q=envoys").content.decode()
    assert "Envoys meet" in html
    assert "Minister writes" not in html


def test_article_is_not_added_by_hand(administrator):
    assert administrator.get("/admin/articles/article/add/").status_code == 403


def test_text_and_key_stay_as_they_are(administrator):
    article = make_article()
    before = (article.text, article.key, article.text_sha256)
    page = administrator.get(f"/admin/articles/article/{article.pk}/change/")
    assert 'name="text"' not in page.content.decode()
    form = {"title": "A better title", "standfirst": "", "byline": "", "source": article.source_id, "kind": "opinion",
            "speaker": "", "language": "en", "url": article.url, "text": "Rewritten.", "key": "x"}  # fmt: skip
    assert administrator.post(f"/admin/articles/article/{article.pk}/change/", form).status_code == 302
    article = Article.objects.get()
    assert (article.title, article.kind) == ("A better title", "opinion")
    assert (article.text, article.key, article.text_sha256) == before


def test_source_is_edited(administrator):
    source = make_source()
    form = {
        "slug": source.slug,
        "name": "The Courier",
        "kind": "official",
        "country": "GB",
        "speaker": "Minister",
    }
    assert administrator.post(f"/admin/articles/source/{source.pk}/change/", form).status_code == 302
    assert Source.objects.get().speaker == "Minister"


def test_queries_do_not_grow_with_the_articles(administrator, django_assert_max_num_queries):
    for number in range(30):
        make_article(make_source(f"outlet-{number}"))
    with django_assert_max_num_queries(10):
        administrator.get("/admin/articles/article/")
