from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from campaigns.printing import stock
from campaigns.printing.models import Distribution, PrintRun
from campaigns.reach.models import ReachEntry, ReachSource
from tests.campaigns.printing.conftest import DistributionFactory, PrintRunFactory
from tests.factories import AreaFactory, MaterialPageFactory, translated

pytestmark = pytest.mark.django_db


def in_ledger():
    return list(
        ReachEntry.objects.values_list(
            "source__key", "day", "channel", "is_direct", "area", "campaign", "language", "contacts"
        )
    )


def test_stock_is_what_was_neither_handed_out_nor_written_off():
    run = PrintRunFactory(copies=100, written_off=5)
    DistributionFactory(run=run, copies=30)
    DistributionFactory(run=run, copies=20)
    untouched = PrintRunFactory(copies=7)

    assert stock.left(run) == 45
    assert dict(PrintRun.objects.with_stock().values_list("pk", "left")) == {run.pk: 45, untouched.pk: 7}


def test_more_than_the_stock_is_not_handed_out():
    run = PrintRunFactory(copies=100, written_off=60)
    DistributionFactory(run=run, copies=30)

    with pytest.raises(stock.NotEnoughCopies) as refused:
        DistributionFactory(run=run, copies=11)

    assert refused.value.messages == ["Only 10 copies of this run are left."]
    assert Distribution.objects.count() == 1


def test_the_last_copy_can_be_handed_out_and_corrected():
    run = PrintRunFactory(copies=10)
    distribution = DistributionFactory(run=run, copies=10)
    distribution.copies = 9
    distribution.save()

    assert stock.left(run) == 1


def test_a_run_keeps_the_copies_that_were_handed_out():
    run = PrintRunFactory(copies=100)
    DistributionFactory(run=run, copies=30)

    for change in ({"copies": 29}, {"written_off": 71}):
        changed = PrintRun.objects.get(pk=run.pk)
        for name, value in change.items():
            setattr(changed, name, value)
        with pytest.raises(stock.NotEnoughCopies), transaction.atomic():
            changed.save()

    with pytest.raises(ProtectedError), transaction.atomic():
        run.delete()


def test_copies_at_the_same_time_never_exceed_the_stock(side_by_side):
    run, area = PrintRunFactory(copies=10), AreaFactory()

    def hand_out(_number):
        try:
            DistributionFactory(run=run, area=area, copies=3)
        except stock.NotEnoughCopies:
            return "refused"
        finally:
            connections.close_all()
        return "given"

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(hand_out, range(6)))

    assert outcomes == ["given"] * 3 + ["refused"] * 3


def test_copies_count_as_indirect_reach(campaign):
    material = MaterialPageFactory(campaign=campaign)
    distribution = DistributionFactory(
        run=PrintRunFactory(material=translated(material, "en", title="Leaflet"), language="en"), copies=25
    )

    assert in_ledger() == [
        (
            f"distribution/{distribution.pk}",
            distribution.day,
            "print",
            False,
            distribution.area.pk,
            campaign.pk,
            "en",
            25,
        )
    ]


def test_a_corrected_distribution_corrects_the_ledger():
    distribution = DistributionFactory(copies=25)
    distribution.copies, distribution.area = 20, AreaFactory()
    distribution.save()

    assert [(row[4], row[7]) for row in in_ledger()] == [(distribution.area.pk, 20)]
    assert list(ReachSource.objects.values_list("corrections", flat=True)) == [1]


def test_a_run_in_another_language_corrects_the_ledger():
    distribution = DistributionFactory()
    run = PrintRun.objects.get(pk=distribution.run.pk)
    run.language = "km"
    run.save()

    assert [row[6] for row in in_ledger()] == ["km"]


@pytest.mark.parametrize(
    "delete", [lambda row: row.delete(), lambda row: Distribution.objects.all().delete()]
)
def test_a_deleted_distribution_is_taken_back(delete):
    delete(DistributionFactory())

    assert in_ledger() == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"area": None}, {"area": ["Say where the copies went: an area, an event or a partner."]}),
        (
            {"day": timezone.localdate() + timedelta(days=1)},
            {"day": ["This day is still to come."]},
        ),
        ({"copies": 101}, {"copies": ["Only 100 copies of this run are left."]}),
        ({"copies": 0}, {"copies": ["Ensure this value is greater than or equal to 1."]}),
    ],
)
def test_what_cannot_be_is_said(facts, said):
    distribution = DistributionFactory.build(run=PrintRunFactory(), **{"area": AreaFactory(), **facts})

    with pytest.raises(ValidationError) as refused:
        distribution.full_clean()

    assert refused.value.message_dict == said


def test_a_cost_has_a_currency():
    run = PrintRunFactory.build(material=MaterialPageFactory(), cost=1200)

    with pytest.raises(ValidationError) as refused:
        run.full_clean()

    assert refused.value.message_dict == {"currency": ["Say in which currency the cost is."]}


def test_a_run_outlives_its_material():
    material = MaterialPageFactory(title="Tờ rơi chợ phiên")
    distribution = DistributionFactory(run=PrintRunFactory(material=material))
    material.delete()

    run = PrintRun.objects.get(pk=distribution.run.pk)
    run.written_off = 3
    run.full_clean()
    run.save()

    assert (run.material, run.material_title, stock.left(run)) == (None, "Tờ rơi chợ phiên", 87)
