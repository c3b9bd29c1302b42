"""What waits for one person, and nothing that she may not do: her share of the work on pages and translations.

`waiting` asks the database a fixed number of questions, however many pages and languages there are.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import Translation

from outreach_site.translation import desk, status
from outreach_site.translation.models import TranslationWork
from outreach_site.translation.rights import Rights

State = TranslationWork.State
FACTS = ("title", "draft_title", "first_published_at", "has_unpublished_changes", *status.VERSION_FACTS)
MOVES = ("translation.send_to_review", "translation.approve", "translation.send_back")


@dataclass(frozen=True)
class Item:
    """One page, or one translation, that waits.

    since     since when (aware); None when nobody knows
    language  its name, "" for a page as it was written
    note      what the reviewer wrote, "" when nobody did
    """

    title: str
    url: str
    since: datetime | None = None
    language: str = ""
    note: str = ""


@dataclass
class Group:
    """Things of one kind that wait, the one that waits longest first.

    kind      a name of `SENTENCES`
    language  of all of them, "" where each has its own
    more      address where all of them stand, None where there is none
    """

    kind: str
    language: str = ""
    more: str | None = None
    items: list = field(default_factory=list)

    @property
    def sentence(self):
        return SENTENCES[self.kind](len(self.items)) % {"count": len(self.items), "language": self.language}

    @property
    def oldest(self):
        return self.items[0].since

    @property
    def next(self):
        return self.items[0]

    def sort(self):
        self.items.sort(key=lambda item: item.since or timezone.now())


# In the order in which they are shown: what somebody else waits for comes first.
SENTENCES = {
    "returned": lambda n: ngettext(
        "%(count)d of your pages was sent back to you", "%(count)d of your pages were sent back to you", n
    ),
    "sent_back": lambda n: ngettext(
        "%(count)d translation was sent back to you", "%(count)d translations were sent back to you", n
    ),
    "approval": lambda n: ngettext(
        "%(count)d page waits for your approval", "%(count)d pages wait for your approval", n
    ),
    "review": lambda n: ngettext(
        "%(count)d translation waits for your review", "%(count)d translations wait for your review", n
    ),
    "publish": lambda n: ngettext(
        "%(count)d approved translation can be published",
        "%(count)d approved translations can be published",
        n,
    ),
    "outdated": lambda n: ngettext(
        "%(count)d translation went out of date since it was approved",
        "%(count)d translations went out of date since they were approved",
        n,
    ),
    "outdated_mine": lambda n: ngettext(
        "%(count)d translation went out of date since you approved it",
        "%(count)d translations went out of date since you approved them",
        n,
    ),
    "begun": lambda n: ngettext(
        "%(count)d translation is begun and not yet sent to review",
        "%(count)d translations are begun and not yet sent to review",
        n,
    ),
    "missing": lambda n: ngettext(
        "%(count)d page is not begun in %(language)s", "%(count)d pages are not begun in %(language)s", n
    ),
}


def waiting(user):
    """Return the `Group`s of what waits for `user`, none of them empty."""
    rights = Rights(user)
    found = [*_workflow(user, rights), *_translations(user, rights)]
    for group in found:
        group.sort()
    order = list(SENTENCES)
    return sorted(found, key=lambda group: order.index(group.kind))


def next_for(user, *kinds):
    """Return the `Item` that `user` should take up next, one of `kinds` if there is any; None when nothing waits."""
    groups = waiting(user)
    wanted = [group for kind in kinds for group in groups if group.kind == kind]
    return next((group.next for group in [*wanted, *groups]), None)


# --- pages as they were written ------------------------------------------------------------
def _workflow(user, rights):
    """Approvals that wait for `user`, and what she submitted and got back."""
    tasks = list(_tasks_for(user))
    returned = list(
        _of_pages(WorkflowState.objects)
        .filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)
        .select_related("current_task_state")
    )
    ids = {int(state.object_id) for state in [*returned, *(task.workflow_state for task in tasks)]}
    pages = {page.pk: page for page in Page.objects.filter(pk__in=ids)} if ids else {}
    approval, back = Group("approval"), Group("returned")
    for task in _in_her_language(user, rights, tasks, pages):
        approval.items.append(_page(pages[int(task.workflow_state.object_id)], task.started_at))
    for state in returned:
        if page := pages.get(int(state.object_id)):
            last = state.current_task_state
            note, since = (last.comment, last.finished_at) if last else ("", state.created_at)
            back.items.append(_page(page, since, note))
    return [group for group in (approval, back) if group.items]


def _of_pages(states):
    return states.filter(base_content_type=ContentType.objects.get_for_model(Page))


def _tasks_for(user):
    """The steps of approval that the groups of `user` decide. `TaskState.reviewable_by` asks task by task."""
    found = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        task__active=True,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
    )
    if not user.is_superuser:
        groups = user.groups.values("pk")
        found = found.filter(
            Q(task__groupapprovaltask__groups__in=groups) | Q(task__review__groups__in=groups)
        )
    return found.annotate(review=F("task__review")).select_related("workflow_state").distinct()


def _in_her_language(user, rights, tasks, pages):
    """Of `tasks`, those on `pages` that are there; a review only where `user` is one of the language's reviewers."""
    tasks = [task for task in tasks if int(task.workflow_state.object_id) in pages]
    if user.is_superuser or not any(task.review for task in tasks):
        return tasks
    reviewers = rights.readers

    def may(task):
        locale_id = pages[int(task.workflow_state.object_id)].locale_id
        return not task.review or locale_id not in reviewers or user.pk in reviewers[locale_id]

    return [task for task in tasks if may(task)]


def _page(page, since, note=""):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Item(title=page.get_admin_display_title(), url=url, since=since, note=note)


# --- translations --------------------------------------------------------------------------
@dataclass
class _Share:
    """Pks of the languages that somebody writes, reads and publishes, and who else works on them."""

    writes: set
    reads: set
    handles: set
    colleagues: dict


def _translations(user, rights):
    locales = {locale.pk: locale for locale in desk.locales()}
    share = _share_of(rights, locales)
    pages = list(desk.versions_for(user).only(*FACTS).order_by("pk"))
    originals = {}
    for page in pages:
        originals.setdefault(page.translation_key, page)
    targets = {(page.translation_key, page.locale_id): page for page in pages}
    found = _Found(locales)
    if share.writes:
        _missing(originals.values(), targets, share, found)
    if share.writes or share.reads or share.handles:
        _begun(user, originals, targets, share, found)
    return list(found.groups.values())


def _share_of(rights, locales):
    """An administrator may do all, but what has people of its own does not wait for her."""
    writers, readers = rights.writers, rights.readers
    writes, reads = set(rights.writing), set(rights.reading)
    if rights.everything:
        writes |= set(locales) - set(writers)
        reads |= set(locales) - set(readers)
    handles = {pk for pk, locale in locales.items() if rights.handles(locale)}
    colleagues = {pk: writers.get(pk, set()) | readers.get(pk, set()) for pk in {*writers, *readers}}
    return _Share(writes, reads, handles, colleagues)


class _Found:
    """Groups that fill up; the pages of a language that are not begun are a group of their own."""

    def __init__(self, locales):
        self.locales, self.groups = locales, {}

    def add(self, kind, original, target, locale_id, since, note=""):
        locale = self.locales[locale_id]
        name = desk.language_name(locale)
        alone = kind == "missing"
        group = self.groups.setdefault(
            (kind, locale_id if alone else None),
            Group(kind, language=name if alone else "", more=_all(kind, locale if alone else None)),
        )
        url = reverse("translation_side_by_side", args=[original.translation_key, locale.language_code])
        if kind in ("begun", "sent_back"):
            url = reverse("wagtailadmin_pages:edit", args=[target.pk])
        group.items.append(Item(original.get_admin_display_title(), url, since, name, note))


STATES = {"review": "review", "publish": "approved", "outdated": "outdated", "begun": "translation"}


def _all(kind, locale):
    """Return the matrix as it shows all of a kind."""
    matrix = reverse("translation_matrix")
    if kind == "missing":
        return f"{matrix}?language={locale.language_code}&state=missing"
    return f"{matrix}?state={STATES[kind]}" if kind in STATES else None


def _missing(originals, targets, share, found):
    """What readers of the original have and nobody has begun in a language that she writes."""
    for page in originals:
        for locale_id in share.writes & set(found.locales):
            if page.live and (page.translation_key, locale_id) not in targets:
                found.add("missing", page, None, locale_id, page.first_published_at)


def _begun(user, originals, targets, share, found):
    enabled = set(
        Translation.objects.filter(enabled=True).values_list("source__object_id", "target_locale_id")
    )
    back, may_publish = _sent_back(share.writes), None
    for work in TranslationWork.objects.order_by("changed_at"):
        place = (work.translation_key, work.locale_id)
        target, original = targets.get(place), originals.get(work.translation_key)
        if target is None or target is original or place not in enabled or place[1] not in found.locales:
            continue
        kind, since, note = _kind(user, work, target, share, back)
        if kind == "publish":
            may_publish = _publishable(user) if may_publish is None else may_publish
            if target.pk not in may_publish:
                continue
        if kind:
            found.add(kind, original, target, work.locale_id, since, note)


def _kind(user, work, target, share, back):
    """Return what of `work` waits for this person: kind or None, since when, and a note."""
    writes, nothing = work.locale_id in share.writes, (None, None, "")
    if work.state == State.IN_REVIEW:
        return ("review", work.changed_at, "") if work.locale_id in share.reads else nothing
    if work.state == State.APPROVED:
        waits = target.has_unpublished_changes and work.locale_id in share.handles
        return ("publish", work.reviewed_at or work.changed_at, "") if waits else nothing
    if entry := back.get(target.pk):
        sender, since, note = entry
        # Whose text it was takes it up again; when she is gone it is everybody's.
        for_her = writes and (sender == user.pk or sender not in share.colleagues.get(work.locale_id, set()))
        if for_her:
            return "sent_back", since, note
    if work.outdated_since:
        mine = work.reviewed_by_id == user.pk and work.locale_id in share.reads
        kind = "outdated" if writes else "outdated_mine" if mine else None
        return kind, work.outdated_since, ""
    return ("begun", work.changed_at, "") if writes and not target.live else nothing


def _sent_back(locale_ids):
    """Return {page pk: (who had sent it, since when, the reviewer's words)} of what was sent back last."""
    entries = PageLogEntry.objects.filter(page__locale_id__in=locale_ids)
    later = PageLogEntry.objects.filter(page=OuterRef("page"), action__in=MOVES, pk__gt=OuterRef("pk"))
    sender = PageLogEntry.objects.filter(page=OuterRef("page"), action=MOVES[0], pk__lt=OuterRef("pk"))
    rows = (
        entries.filter(~Exists(later), action="translation.send_back")
        .annotate(sender=Subquery(sender.order_by("-pk").values("user_id")[:1]))
        .values_list("page_id", "sender", "timestamp", "data")
    )
    return {page_id: (by, since, data.get("reason", "")) for page_id, by, since, data in rows}


def _publishable(user):
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    return set(pages.filter(has_unpublished_changes=True).values_list("pk", flat=True))
