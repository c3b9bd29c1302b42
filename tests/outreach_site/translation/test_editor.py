"""Where our steps stand in the editor of a translation."""

import pytest
from django.urls import reverse

from outreach_site.templatetags.translation_tags import with_steps
from tests.outreach_site.translation import stage

pytestmark = pytest.mark.django_db


def test_the_steps_stand_between_the_header_and_the_strings(client):
    translation = stage.fill(stage.into(stage.article()))
    page = translation.get_target_instance()
    client.force_login(stage.reviewer())

    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    header, steps = html.index("header-meta--locales"), html.index("translation-steps")
    assert header < steps < html.index("js-translation-editor")


def test_the_steps_stand_on_top_of_an_editor_that_draws_its_strings_elsewhere():
    assert with_steps("<main></main>", "<section>Steps</section>") == "<section>Steps</section><main></main>"
