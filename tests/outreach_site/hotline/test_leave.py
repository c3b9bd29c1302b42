import pytest

from tests.factories import ArticlePageFactory, HotlineFactory

pytestmark = pytest.mark.django_db


def test_leaving_goes_to_a_neutral_page_and_shuts_the_public_ones(reader):
    page = ArticlePageFactory()

    gone = reader.get("/exit/")

    assert (gone.status_code, gone.headers["Location"]) == (303, "https://weather.example/")
    assert gone.headers["Cache-Control"] == "no-store"
    for url in [page.url, "/vi/help/", "/km/"]:
        assert (reader.get(url).status_code, reader.get(url).headers["Location"]) == (
            303,
            "https://weather.example/",
        )


def test_the_sites_plain_address_opens_it_again(reader):
    reader.get("/exit/")

    back = reader.get("/", follow=True)

    assert back.status_code == 200
    assert back.redirect_chain == [("/vi/", 302)]


def test_kept_pages_are_shut_too(reader):
    page = ArticlePageFactory()
    reader.get(page.url)

    reader.get("/exit/")

    assert reader.get(page.url).status_code == 303


def test_staff_pages_stay_open(reader):
    reader.get("/exit/")

    assert reader.get("/admin/login/").status_code == 200
    assert reader.get("/healthz").status_code == 200


def test_the_cookie_says_nothing_about_us(reader):
    reader.get("/exit/")

    (cookie,) = reader.cookies.values()
    assert (cookie.key, cookie.value, cookie["max-age"], cookie["httponly"]) == ("away", "1", 900, True)


def test_every_page_has_the_way_out_without_javascript(reader):
    HotlineFactory()
    page = ArticlePageFactory()

    for url in ["/vi/", page.url, "/vi/help/", "/vi/leaving/", "/km/", "/vi/khong-co/"]:
        assert reader.get(url).content.decode().count('href="/exit/"') == 2, url


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_leaving_is_a_plain_link(reader, method):
    assert getattr(reader, method)("/exit/").status_code in (403, 405)
