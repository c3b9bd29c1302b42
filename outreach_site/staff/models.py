from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState


class User(AbstractUser):
    """Somebody who works on the site. Our own from the start: swapping it later is painful."""

    class Meta:
        verbose_name = _("staff account")
        verbose_name_plural = _("staff accounts")


class Section(models.Model):
    """A part of the site that has staff of its own, such as the pages of one province.

    Its groups reach `page` with everything below it, the translations of both, and one collection
    of files; `roles.ensure_section` makes them and keeps them so.
    """

    name = models.CharField(
        _("name"), max_length=60, unique=True, help_text=_("For example the name of the province.")
    )
    page = models.OneToOneField(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("top page"),
        help_text=_("Staff of the section work on this page, on those below it, and on their translations."),
    )
    editors = models.OneToOneField(
        "auth.Group", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    reviewers = models.OneToOneField(
        "auth.Group", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    workflow = models.OneToOneField(
        "wagtailcore.Workflow", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        if self.page_id and self.page.depth < 3:
            raise ValidationError(
                {"page": _("Choose a page below the home page: this one is the whole site.")}
            )


class Review(AbstractGroupApprovalTask):
    """A step of approval: members of its groups decide; where a language has reviewers, only those of them."""

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    @classmethod
    def get_description(cls):
        return _(
            "A member of the chosen groups reviews the page; in a language with reviewers of its own, one of them."
        )

    def may_decide(self, obj, user):
        """Whether `user` may approve `obj` or send it back."""
        if user.is_superuser:
            return True
        return self._user_in_groups(user) and _reviews_language(user, getattr(obj, "locale_id", None))

    def user_can_access_editor(self, obj, user):
        return self.may_decide(obj, user)

    def locked_for_user(self, obj, user):
        return not self.may_decide(obj, user)

    def user_can_lock(self, obj, user):
        return self.may_decide(obj, user)

    def get_actions(self, obj, user):
        return super().get_actions(obj, user) if self.may_decide(obj, user) else []

    def get_task_states_user_can_moderate(self, user, **kwargs):
        waiting = super().get_task_states_user_can_moderate(user, **kwargs)
        if user.is_superuser:
            return waiting
        states = waiting.select_related("workflow_state")
        mine = [state.pk for state in states if self.may_decide(state.workflow_state.content_object, user)]
        return TaskState.objects.filter(pk__in=mine)


def _reviews_language(user, locale_id):
    from outreach_site.translation.models import LanguageTeam

    # An account that is closed decides nothing and must not keep others from it.
    reviewers = LanguageTeam.reviewers.through.objects.filter(
        languageteam__locale=locale_id, user__is_active=True
    )
    return not reviewers.exists() or reviewers.filter(user=user).exists()


class Letter(models.Model):
    """An e-mail that waits for the mail server. Gone once it is sent; without its text once given up.

    content      what `mail.QueuedMail` needs to make the message again
    attempts     how often it was tried
    next_try_at  not before; pushed further off at every try; None: given up
    """

    content = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True, db_index=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")

    def __str__(self):
        return f"{self.pk}, {self.attempts}"
