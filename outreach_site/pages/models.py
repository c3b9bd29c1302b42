import logging

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.utils.decorators import cached_classmethod
from wagtail_localize.fields import SynchronizedField, TranslatableField

from outreach_site.blocks import BODY_BLOCKS
from outreach_site.consent import rules
from outreach_site.consent.forms import SitePageForm
from outreach_site.editing.locks import Takeable
from outreach_site.editing.versions import Guarded
from outreach_site.feeds import schema
from outreach_site.feeds.addresses import absolute
from outreach_site.languages import LANGUAGES
from outreach_site.pages.cache import keep, kept
from outreach_site.pages.streams import stream_texts
from outreach_site.pages.weight import HEADING, WeightPanel

logger = logging.getLogger(__name__)


class SitePage(Guarded, Takeable, Page):
    """The base of every public page: an introduction, a card for lists, kept whole in the cache."""

    introduction = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two short sentences, also shown in lists and to search engines."),
    )

    # How the page looks in lists and where it is embedded; gets `page` and nothing else.
    card_template = "outreach_site/cards/page.html"
    # "covers", "rows" or "": how cards of this type stand in a list.
    list_class = ""
    # What that template shows of other tables, as for `prefetch_related`: one query for a whole list.
    card_needs = ()
    # The channel that a view of the page counts under, in the words of the app that counts.
    counts_as = "page"
    # Under which word search filters offer it: a short key, and what readers call it.
    search_kind, search_label = "page", _("Pages")
    # Whether the newest of them stand in the feeds; what programs that share links call them.
    in_feeds = False
    shared_as = "website"
    # Texts that no reader sees.
    staff_only = ()
    show_in_menus_default = False
    base_form_class = SitePageForm

    override_translatable_fields = [SynchronizedField("slug"), TranslatableField("introduction")]

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        abstract = True

    def lacks_for_publishing(self):
        """Return what this text, as it is in memory, lacks before readers may see it: sentences."""
        return []

    @cached_classmethod
    def get_edit_handler(cls):
        """Wagtail's tabs; below the text stands what the page weighs."""
        tabs = [
            ObjectList([*cls.content_panels, WeightPanel(heading=HEADING)], heading=_("Content")),
            ObjectList(cls.promote_panels, heading=_("Promote")),
            ObjectList(cls.settings_panels, heading=_("Settings")),
        ]
        handler = TabbedInterface([tab for tab in tabs if tab.children], base_form_class=cls.base_form_class)
        return getattr(cls, "edit_handler", handler).bind_to_model(cls)

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        if getattr(request, "is_preview", False):
            return response
        return keep(response, visit=(self.counts_as, self.pk, self.locale.language_code))

    def publish(self, revision, *args, user=None, **kwargs):
        """Publish `revision`. Raises ConsentMissing when it shows people who have not agreed."""
        try:
            rules.check_before_publishing(revision.as_object())
        except rules.ConsentMissing:
            if user is not None or revision.approved_go_live_at is None:
                raise
            # The clock publishes: nobody is there to be told, and other pages wait their turn.
            self.revisions.filter(pk=revision.pk).update(approved_go_live_at=None)
            logger.warning("page %s not published on time: a picture has no valid consent", self.pk)
            return None
        return super().publish(revision, *args, user=user, **kwargs)

    def get_context(self, request, *args, **kwargs):
        # The language that the text is in; the interface's own words are marked where they differ.
        return super().get_context(request, *args, **kwargs) | {"text_language": self.locale.language_code}

    def get_view_restrictions(self):
        # While no page is private, which is the rule, no page has to ask for itself: two queries saved.
        if not kept("private-pages", PageViewRestriction.objects.exists):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def copy_for_translation(self, locale, copy_parents=False, alias=False, exclude_fields=None):
        """Copy into another language, always as a draft: an alias would go live in the wrong language.

        The pages above that are missing there become drafts too.
        """
        return super().copy_for_translation(locale, copy_parents, alias=False, exclude_fields=exclude_fields)

    def feed_summary(self):
        """What stands below the title in feeds: nothing but what is made to be passed on."""
        return self.introduction

    def schema(self):
        """What the page is, for machines, in the words of schema.org."""
        return schema.of_page(self)

    def share_picture(self):
        """The picture that goes along when the page is shared, or None."""
        return getattr(self, "lead", None) or getattr(self, "cover", None)

    def search_day(self):
        """The day that a search result shows: what the page is about, else when it was published."""
        return timezone.localdate(self.first_published_at) if self.first_published_at else None

    def search_texts(self):
        """Yield the texts by which the page is found, besides its title."""
        yield self.introduction
        yield from stream_texts(self)

    @cached_property
    def versions(self):
        """The live pages that say the same, this one included, in the site's order of languages."""
        order = [language.code for language in LANGUAGES]
        live = Page.objects.filter(translation_key=self.translation_key).live().select_related("locale")
        known = [page for page in live if page.locale.language_code in order]
        return sorted(known, key=lambda page: order.index(page.locale.language_code))


class HomePage(SitePage):
    """The front of the site in one language: the number first, then what is on."""

    lead = models.ForeignKey(
        "outreach_site.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*SitePage.content_panels, FieldPanel("lead"), FieldPanel("body")]

    def schema(self):
        return schema.of_home(self)

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class PlainPage(SitePage):
    """A page that stays: about, privacy, or a shelf that lists the pages below it."""

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))
    lists_children = models.BooleanField(
        _("list the pages below"), default=False, help_text=_("Newest first, twenty to a page.")
    )

    content_panels = [*SitePage.content_panels, FieldPanel("body"), FieldPanel("lists_children")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def children(self):
        """Return the twenty newest live pages below this one, each as its own type, ready for their cards."""
        pages = list(self.get_children().live().public().specific().order_by("-first_published_at")[:20])
        for kind in {type(page) for page in pages}:
            prefetch_related_objects([page for page in pages if type(page) is kind], *kind.card_needs)
        return pages


class ArticlePage(SitePage):
    """News, a story, an explanation."""

    day = models.DateField(_("date"), null=True, blank=True)
    lead = models.ForeignKey(
        "outreach_site.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    in_feeds, shared_as = True, "article"
    search_kind, search_label = "article", _("News")
    card_template = "outreach_site/cards/article.html"
    card_needs = ("lead__renditions",)
    subpage_types = []
    content_panels = [*SitePage.content_panels, FieldPanel("day"), FieldPanel("lead"), FieldPanel("body")]

    def search_day(self):
        return self.day or super().search_day()

    def schema(self):
        more = {"headline": self.title, "publisher": {"@id": absolute(schema.ORGANISATION)}}
        if self.day:
            more["datePublished"] = self.day.isoformat()
        return schema.of_page(self, "Article", **more)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
