"""The library: every material below one page, found by kind, topic, campaign, language and form."""

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction

from campaigns.materials import counts, offers
from campaigns.materials.models import MaterialFile, MaterialPage, Topic
from campaigns.pages.models import CampaignPage
from outreach_site import languages
from outreach_site.pages.cache import kept
from outreach_site.pages.models import SitePage
from outreach_site.text import in_language

PER_PAGE = 24

FORMS = {
    offers.LISTEN: (_("To listen to"), Q(recording__type="audio")),
    offers.WATCH: (_("To watch"), Q(recording__type="video")),
    offers.LOOK: (_("Pictures"), Q(picture__isnull=False)),
    offers.READ: (_("To download and print"), Q(document__isnull=False)),
}


class LibraryForm(forms.Form):
    """What a reader looks for. A value that is not on offer (any more) does not narrow anything down."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    language = forms.ChoiceField(label=_("Also in"), required=False)
    form = forms.ChoiceField(label=_("Comes as"), required=False)

    def __init__(self, data, choices):
        super().__init__(data, auto_id="library-%s")
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("All")), *offered]
            if not offered:
                del self.fields[name]

    def wanted(self):
        """Return {name: value} of what was chosen and is on offer."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def tell_numbers(self, shelf, wanted):
        """Say with each choice how many materials it leaves. What leaves none is not offered, unless it was chosen."""
        for name, field in self.fields.items():
            left = shelf.left(name, wanted)
            first, *offered = field.choices
            field.choices = [
                first,
                *(
                    (value, f"{words} ({left.get(value, 0)})")
                    for value, words in offered
                    if left.get(value) or value == wanted.get(name)
                ),
            ]


class MaterialIndexPage(SitePage):
    """The shelf of IEC materials in one language, with filters that are a plain form."""

    template = "campaigns/material_index_page.html"
    subpage_types = ["campaigns.MaterialPage"]

    class Meta:
        verbose_name = _("library of materials")
        verbose_name_plural = _("libraries of materials")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        choices, shelf = kept(f"library:{self.pk}", self.offered)
        form = LibraryForm(request.GET, choices)
        wanted = form.wanted()
        form.tell_numbers(shelf, wanted)
        found = self.narrowed(**wanted)
        page = Paginator(found.for_cards(), PER_PAGE).get_page(request.GET.get("page"))
        return context | {
            "form": form,
            "wanted": wanted,
            "found": page,
            "query": f"{urlencode(wanted)}&" if wanted else "",
        }

    def materials(self):
        """The published materials on this shelf."""
        found = MaterialPage.objects.child_of(self).live()
        # While no page is private, which is the rule, nobody has to ask which ones are.
        return found.public() if kept("private-pages", PageViewRestriction.objects.exists) else found

    def narrowed(self, *, kind="", topic="", campaign="", language="", form=""):
        """Return the materials that are of this kind, topic, campaign (its slug), language and form."""
        found = self.materials()
        if kind:
            found = found.filter(kind=kind)
        if topic:
            originals = MaterialPage.objects.filter(topics=topic)
            found = found.filter(translation_key__in=originals.values("translation_key"))
        if campaign:
            page = CampaignPage.objects.originals().filter(slug=campaign).first()
            found = found.of_campaign(page) if page else found.none()
        if language:
            version = Page.objects.live().filter(
                translation_key=OuterRef("translation_key"), locale__language_code=language
            )
            found = found.filter(Exists(version) | Exists(_files(Q(language=language))))
        if form:
            found = found.filter(Exists(_files(FORMS[form][1])))
        return found

    def offered(self):
        """Return what there is to choose from, {field: [(value, words)]} in the page's language, and the `Shelf`."""
        own = self.locale.language_code
        shelf = counts.read(self.materials(), FORMS)
        kinds = shelf.fitting["kind"]
        topics = [(str(topic.pk), str(in_language(topic.name, own))) for topic in Topic.objects.all()]
        others = [language for language in languages.LANGUAGES if language.code != own]
        choices = {
            "kind": [(value, str(words)) for value, words in MaterialPage.Kind.choices if value in kinds],
            "topic": topics,
            "campaign": self._campaigns(),
            "language": [(language.code, language.name) for language in others],
            "form": [(value, str(words)) for value, (words, _condition) in FORMS.items()],
        }
        return choices, shelf

    def _campaigns(self):
        """Return (slug, title) of the campaigns in this language that have materials."""
        owned = Exists(MaterialPage.objects.filter(campaign=OuterRef("pk")))
        lent = Exists(MaterialPage.also_in.through.objects.filter(campaignpage=OuterRef("pk")))
        used = CampaignPage.objects.filter(owned | lent).values("translation_key")
        here = CampaignPage.objects.live().filter(locale_id=self.locale_id, translation_key__in=used)
        return list(here.order_by("title").values_list("slug", "title"))


def _files(condition):
    """The files of a material in whatever language, narrowed down; for `Exists`."""
    return MaterialFile.objects.filter(condition, material__translation_key=OuterRef("translation_key"))
