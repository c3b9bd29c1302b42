"""What staff see under "Print": print runs with stock, distributions, codes to scan, files to print."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.widgets.button import Button
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSetGroup

from campaigns.materials.models import MaterialPage
from campaigns.printing import addresses, views
from campaigns.printing.models import Distribution, PrintJob, PrintRun, TrackedLink
from campaigns.printing.stock import NotEnoughCopies
from outreach_site.areas.filters import AreaFilter
from outreach_site.editing.records import EditRecord, RecordViewSet

SEES_CODES = "campaigns.view_trackedlink"
PRINTS = "campaigns.add_printjob"


class ChecksStock:
    """When somebody else took the copies a moment ago, the form comes back with what is left."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except NotEnoughCopies as error:
            form.add_error(None, error)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class CreateCheckingStock(ChecksStock, CreateView):
    pass


class EditCheckingStock(ChecksStock, EditRecord):
    pass


class CreateForMaterial(CreateView):
    """Starts with the material from whose page one comes: `?material=<id>`."""

    def get_initial_form_instance(self):
        instance = super().get_initial_form_instance() or self.model()
        asked = self.request.GET.get("material", "")
        if asked.isascii() and asked.isdigit() and len(asked) <= 18:
            instance.material = MaterialPage.objects.filter(pk=int(asked)).first()
        return instance


class CreateRun(CreateForMaterial):
    pass


class CreateCode(CreateForMaterial):
    def get_success_url(self):
        return reverse("print_code", args=[self.object.pk])


class PrintRunFilter(WagtailFilterSet):
    printed_on = DateFromToRangeFilter(label=_("Printed on"), widget=DateRangePickerWidget)

    class Meta:
        model = PrintRun
        fields = ["language", "printed_on"]


class PrintRunViewSet(RecordViewSet):
    model = PrintRun
    icon = "doc-full"
    menu_label = _("Print runs")
    add_view_class = CreateRun
    edit_view_class = EditCheckingStock
    filterset_class = PrintRunFilter
    search_fields = ["material_title", "printer", "note"]
    list_display = [
        "material_title",
        "language",
        "printed_on",
        NumberColumn("copies", label=_("Copies"), sort_key="copies"),
        NumberColumn("handed_out", label=_("Handed out"), sort_key="handed_out"),
        NumberColumn("written_off", label=_("Written off")),
        NumberColumn("left", label=_("In stock"), sort_key="left"),
    ]
    list_export = [
        "material_title",
        "language",
        "printed_on",
        "printer",
        "copies",
        "handed_out",
        "written_off",
        "left",
        "cost",
        "currency",
        "note",
    ]
    export_headings = {"handed_out": _("Handed out"), "left": _("In stock")}

    def get_queryset(self, request):
        return PrintRun.objects.with_stock()


class DistributionFilter(WagtailFilterSet):
    day = DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)
    area = AreaFilter(label=_("Area"))

    class Meta:
        model = Distribution
        fields = ["day", "area", "partner"]


class DistributionViewSet(RecordViewSet):
    model = Distribution
    icon = "group"
    menu_label = _("Distributions")
    add_view_class = CreateCheckingStock
    edit_view_class = EditCheckingStock
    filterset_class = DistributionFilter
    search_fields = ["run__material_title", "note"]
    list_display = [
        "__str__",
        Column("run", label=_("Print run"), accessor="run"),
        "day",
        NumberColumn("copies", label=_("Copies"), sort_key="copies"),
        Column("where", label=_("Where they went"), accessor="where"),
    ]
    list_export = ["run.material_title", "run.language", "day", "copies", "area", "event", "partner", "note"]
    export_headings = {"run.material_title": _("Material"), "run.language": _("Language")}

    def get_queryset(self, request):
        return Distribution.objects.select_related("run", "area__edition", "event", "partner")


class NeverDeleted(ModelPermissionPolicy):
    """Not even an administrator deletes a code that may hang somewhere."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)


class OnlySeen(ModelPermissionPolicy):
    """Rows that the machine writes: people look at them."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)


class CodeFilter(WagtailFilterSet):
    area = AreaFilter(label=_("Area"))

    class Meta:
        model = TrackedLink
        fields = ["area"]


class TrackedLinkViewSet(RecordViewSet):
    model = TrackedLink
    icon = "grid"
    menu_label = _("Codes to scan")
    add_view_class = CreateCode
    filterset_class = CodeFilter
    search_fields = ["code", "material_title", "place", "batch"]
    list_display = [
        "__str__",
        Column("address", label=_("Short address"), accessor=addresses.shown),
        NumberColumn("scans", label=_("Scans"), sort_key="scans"),
    ]
    list_export = ["code", "material_title", "area", "place", "batch", "scans"]
    export_headings = {"scans": _("Scans")}

    @cached_property
    def _policy(self):
        return NeverDeleted(self.model)

    @property
    def permission_policy(self):
        return self._policy

    def get_queryset(self, request):
        return TrackedLink.objects.with_scans().select_related("area__edition")


def _file_of(job):
    if not job.file:
        return job.reason
    return format_html(
        '<a class="button button-small" href="{}">{}</a>',
        reverse("print_download", args=[job.pk]),
        _("Download"),
    )


class PrintJobViewSet(RecordViewSet):
    model = PrintJob
    icon = "download"
    menu_label = _("Files to print")
    inspect_view_enabled = True
    list_filter = ["kind", "state", "language"]
    list_display = [
        "__str__",
        "language",
        "number",
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("file", label=_("File"), accessor=_file_of),
        "created_at",
    ]

    @property
    def permission_policy(self):
        return OnlySeen(self.model)

    def get_queryset(self, request):
        return PrintJob.objects.select_related("link__area__edition")


class PrintGroup(SnippetViewSetGroup):
    items = [PrintRunViewSet, DistributionViewSet, TrackedLinkViewSet, PrintJobViewSet]
    menu_label = _("Print")
    menu_icon = "doc-full"
    menu_order = 155
    add_to_admin_menu = True


register_snippet(PrintGroup)


@hooks.register("register_admin_urls")
def admin_urls():
    sees = permission_required(SEES_CODES, login_url="wagtailadmin_login")
    prints = permission_required(PRINTS, login_url="wagtailadmin_login")
    base = "printing/codes/<int:link_id>/"
    return [
        path("printing/materials/<int:page_id>/", sees(views.print_material), name="print_material"),
        path(base, sees(views.code_page), name="print_code"),
        path(f"{base}qr.svg", sees(views.code_picture), {"kind": "svg"}, name="print_code_svg"),
        path(f"{base}qr.png", sees(views.code_picture), {"kind": "png"}, name="print_code_png"),
        path(f"{base}stickers/", sees(views.sticker_sheet), name="print_stickers"),
        path(f"{base}stickers/pdf/", prints(views.ask_stickers), name="ask_stickers"),
        path(f"{base}poster/", prints(views.ask_poster), name="ask_poster"),
        path("printing/jobs/<int:job_id>/download/", sees(views.download), name="print_download"),
    ]


@hooks.register("before_delete_snippet")
def keep_what_is_in_the_field(request, instances):
    """Codes stay for ever, and print runs as long as their distributions do."""
    if any(isinstance(instance, TrackedLink) for instance in instances):
        messages.error(request, _("A code that may have been printed is never deleted."))
        return redirect("wagtailsnippets_campaigns_trackedlink:list")
    if any(isinstance(instance, PrintRun) and instance.distributions.exists() for instance in instances):
        messages.error(request, _("Copies of this run were handed out: delete its distributions first."))
        return redirect("wagtailsnippets_campaigns_printrun:list")
    return None


@hooks.register("register_snippet_listing_buttons")
def code_buttons(instance, user, next_url=None):
    if isinstance(instance, TrackedLink) and user.has_perm(SEES_CODES):
        url = reverse("print_code", args=[instance.pk])
        yield Button(_("QR code, stickers, poster"), url=url, icon_name="grid", priority=5)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def material_buttons(page, user, next_url=None, **_view):
    if page.specific_class is MaterialPage and page.pk and user.has_perm(SEES_CODES):
        url = reverse("print_material", args=[page.pk])
        yield Button(_("Print: QR codes, posters, stock"), url=url, icon_name="grid", priority=60)
