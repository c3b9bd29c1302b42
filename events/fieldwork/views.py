"""The field worker's pages, on a phone."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from events.fieldwork import attendance
from events.fieldwork.forms import HeadCountForm, field_name
from events.fieldwork.models import HeadCount
from events.pages.models import EventPage


def for_field_workers(view):
    return never_cache(permission_required("events.add_headcount", login_url="wagtailadmin_login")(view))


@for_field_workers
def overview(request):
    """`/field/`: count people at an event, and what I have counted."""
    events = EventPage.objects.originals().held_by().select_related("area__edition")[:20]
    mine = HeadCount.objects.filter(counted_by=request.user).select_related("event", "area__edition")
    return render(
        request,
        "events/fieldwork/overview.html",
        {"events": events, "counts": mine.prefetch_related("cells")[:20]},
    )


@for_field_workers
def new_count(request):
    """`/field/count/`: a new head count, for `?event=`."""
    event = EventPage.objects.originals().filter(pk=_number(request.GET.get("event"))).first()
    initial = {"token": uuid.uuid4(), "day": timezone.localdate()}
    if event:
        initial |= {"event": event, "area": event.area, "day": min(event.ends_on, timezone.localdate())}
    return _form(request, HeadCountForm(request.POST or None, initial=initial))


@for_field_workers
def correct_count(request, token):
    """`/field/count/<token>/`: correct one of my counts."""
    count = get_object_or_404(
        HeadCount.objects.prefetch_related("cells"), token=token, counted_by=request.user
    )
    initial = {
        "token": count.token,
        "event": count.event,
        "area": count.area,
        "day": count.day,
        "note": count.note,
        **{field_name(cell.sex, cell.age_band): cell.people for cell in count.cells.all()},
    }
    return _form(request, HeadCountForm(request.POST or None, initial=initial), count=count)


def _form(request, form, count=None):
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        owner = HeadCount.objects.filter(token=data["token"]).values_list("counted_by", flat=True).first()
        if owner not in (None, request.user.pk):
            form.add_error(None, _("This count belongs to somebody else. Please start a new one."))
        else:
            return _keep(request, form)
    return render(
        request,
        "events/fieldwork/count.html",
        {"form": form, "count": count},
        status=422 if form.is_bound else 200,
    )


def _keep(request, form):
    data = form.cleaned_data
    count, _is_new = attendance.keep(
        token=data["token"],
        event=data["event"],
        area=data["area"],
        day=data["day"],
        note=data["note"],
        people=form.people(),
        counted_by=request.user,
    )
    total = count.total
    said = ngettext("%(number)s person counted. It is kept.", "%(number)s people counted. It is kept.", total)
    messages.success(request, said % {"number": total})
    return redirect("fieldwork")


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None
