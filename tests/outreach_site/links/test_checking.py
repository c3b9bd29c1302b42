"""When a link counts as broken, and when we had better say nothing."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone

from outreach_site.links import checking, words
from outreach_site.links.fetching import Outcome
from outreach_site.links.models import CheckedLink, LinkPlace

pytestmark = pytest.mark.django_db
State = CheckedLink.State
MORNING = datetime(2026, 3, 5, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def link(address="https://example.org/x", **facts):
    made = CheckedLink.objects.create(kind="site", address=address, next_try_at=timezone.now(), **facts)
    LinkPlace.objects.create(
        link=made, owner="outreach_site.organisation:1", path="website", model_path="website"
    )
    return made


def after(made, *outcomes):
    """The state after these (hours since the first morning, reason, status)."""
    states = []
    for hours, *facts in outcomes:
        checking.record(made, Outcome(*facts), MORNING + timedelta(hours=hours))
        states.append(made.state)
    return states


def test_a_page_that_is_not_there_is_broken_on_the_third_day():
    made = link()

    assert after(made, (0, "not_found", 404), (24, "not_found", 404)) == [State.UNSURE, State.UNSURE]
    assert after(made, (48, "not_found", 404)) == [State.BROKEN]
    assert made.first_failed_at == MORNING


def test_three_tries_on_one_day_are_one_day():
    made = link()

    assert after(made, *[(hour, "gone", 410) for hour in range(5)]) == [State.UNSURE] * 5
    assert made.failed_days == 1


@pytest.mark.parametrize(
    "reason",
    [
        "login",
        "no_programs",
        "too_many",
        "site_error",
        "timeout",
        "cut_off",
        "no_issuer",
        "front_page",
        "lookup_failed",
    ],
)
def test_a_closed_door_is_never_broken(reason):
    made = link()

    assert after(made, *[(24 * day, reason, None) for day in range(6)]) == [State.UNSURE] * 6


def test_a_good_answer_begins_the_count_anew():
    made = link()
    after(made, (0, "not_found", 404), (24, "not_found", 404), (48, "", 200))

    assert (made.state, made.reason, made.first_failed_at) == (State.OK, "", None)
    assert after(made, (72, "not_found", 404)) == [State.UNSURE]


def test_what_is_broken_stays_so_while_the_site_is_closed():
    made = link()
    after(made, *[(24 * day, "not_found", 404) for day in range(3)])

    assert after(made, (96, "site_error", 503)) == [State.BROKEN]


def test_the_next_try_comes_a_day_later_and_then_once_a_week():
    made = link()

    waits = []
    for day in range(3):
        now = MORNING + timedelta(days=day)
        checking.record(made, Outcome("not_found", 404), now)
        waits.append((made.next_try_at - now).days)

    assert waits == [1, 1, 7]


def test_the_report_says_on_how_many_days_it_failed():
    made = link()
    after(made, (0, "not_found", 404))

    assert words.reason(made) == (
        "The page is not there any more. (404) It failed on 1 of 3 days; then it counts as broken."
    )


def test_a_sweep_asks_what_is_due_and_writes_the_answers(site, settings):
    settings.LINK_CHECKS = True
    here, missing = link(f"{site.url}/"), link(f"{site.url}/x")
    later = link("https://example.org/later")
    CheckedLink.objects.filter(pk=later.pk).update(next_try_at=timezone.now() + timedelta(days=1))

    checking.sweep()

    found = dict(CheckedLink.objects.values_list("pk", "state"))
    assert found == {here.pk: State.OK, missing.pk: State.UNSURE, later.pk: State.NEW}


def test_a_sweep_asks_nobody_while_checks_are_off(site, settings):
    settings.LINK_CHECKS = False
    link(f"{site.url}/")

    checking.sweep()

    assert site.asked == []


def test_check_now_asks_even_while_checks_are_off(site, settings):
    settings.LINK_CHECKS = False
    made = link(f"{site.url}/")

    checking.check_now(made.pk)

    made.refresh_from_db()
    assert (made.state, made.attempts) == (State.OK, 1)


def test_a_link_is_claimed_by_one_worker_only():
    made = link()

    assert [checking._claim(made), checking._claim(made)] == [True, False]


def test_a_link_that_stands_nowhere_is_not_asked(site, settings):
    settings.LINK_CHECKS = True
    CheckedLink.objects.create(kind="site", address=f"{site.url}/", next_try_at=timezone.now())

    checking.sweep()

    assert site.asked == []


def test_while_our_own_line_is_down_nothing_is_noted(names, settings):
    settings.LINK_CHECKS = True
    rows = [link(f"https://site{number}.example/") for number in range(3)]

    checking.sweep()

    assert {CheckedLink.objects.get(pk=row.pk).state for row in rows} == {State.NEW}
    assert cache.get(checking.LINE_DOWN) is not None


def test_a_site_that_answers_shows_that_our_line_works(names, site, settings):
    settings.LINK_CHECKS = True
    unknown = link("https://site.example/")
    link(f"{site.url}/")

    checking.sweep()

    unknown.refresh_from_db()
    assert (unknown.state, unknown.reason) == (State.UNSURE, "unknown_host")


@pytest.mark.parametrize(
    ("there", "noted"), [(True, True), (False, False)], ids=["it answers", "it does not"]
)
def test_one_site_out_of_reach_is_weighed_against_one_that_worked_lately(names, site, there, noted):
    unknown = link("https://site.example/")
    link(f"{site.url}/" if there else "https://other.example/", state=State.OK)

    checking.check([unknown])

    unknown.refresh_from_db()
    assert (unknown.state == State.UNSURE) == noted


def test_hosts_are_asked_by_turns():
    rows = [link(f"https://{host}.example/{number}") for host in "ab" for number in range(3)]

    turns = [checking.host_of(one.address)[0] for one in checking.by_turns(rows)]

    assert "".join(turns) == "ababab"


def test_the_same_host_is_not_asked_twice_in_a_row_without_a_pause(site, monkeypatch):
    import time

    monkeypatch.setattr(checking, "PAUSE_SECONDS", 1)  # Redis counts whole seconds
    start = time.monotonic()

    checking.check([link(f"{site.url}/?{number}") for number in range(3)])

    assert time.monotonic() - start > 1.5
