"""Where the screens are: addresses, the menu "SMS", the panel of alarms on the front page."""

from django.urls import path, reverse
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogFormatter

from campaigns.sms import pausing
from campaigns.sms.desk import (
    alarms,
    broadcasts,
    discreet_words,
    gateways,
    holds,
    journeys,
    members,
    rights,
    texts,
    understood_words,
    unknown,
    unmatched,
    urgent,
)

sms_menu = Menu(register_hook_name="register_sms_menu_item")


class RightMenuItem(MenuItem):
    """Shown to whoever has `permission`."""

    def __init__(self, label, url_name, permission, **kwargs):
        super().__init__(label, reverse(url_name), **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_menu_item")
def menu():
    return SubmenuMenuItem(pgettext_lazy("menu", "SMS"), sms_menu, name="sms", icon_name="comment", order=157)


@hooks.register("register_sms_menu_item")
def urgent_item():
    return RightMenuItem(_("Cries for help"), "sms_urgent", rights.TAKES_CRIES, icon_name="warning", order=1)


@hooks.register("register_sms_menu_item")
def unmatched_item():
    return RightMenuItem(_("Not understood"), "sms_unmatched", rights.HANDLES, icon_name="mail", order=10)


@hooks.register("register_sms_menu_item")
def texts_item():
    return RightMenuItem(_("Texts"), "sms_texts", rights.SEES, icon_name="comment", order=5)


@hooks.register("register_sms_menu_item")
def broadcasts_item():
    return RightMenuItem(
        _("Broadcasts"), "sms_broadcasts", rights.WRITES_BROADCASTS, icon_name="mail", order=20
    )


@hooks.register("register_sms_menu_item")
def journeys_item():
    return RightMenuItem(_("Journeys"), "sms_journeys", rights.WRITES_BROADCASTS, icon_name="date", order=25)


@hooks.register("register_sms_menu_item")
def unknown_item():
    return RightMenuItem(_("Was it sent?"), "sms_unknown", rights.SEES, icon_name="help", order=30)


@hooks.register("register_sms_menu_item")
def holds_item():
    return RightMenuItem(_("Above a cap"), "sms_holds", rights.SEES, icon_name="lock", order=40)


@hooks.register("register_sms_menu_item")
def gateways_item():
    return RightMenuItem(_("Gateways"), "sms_gateways", rights.SEES, icon_name="mobile-alt", order=50)


@hooks.register("register_sms_menu_item")
def alarms_item():
    return RightMenuItem(_("Alarms"), "sms_alarms", rights.SEES, icon_name="warning", order=60)


@hooks.register("register_sms_menu_item")
def discreet_words_item():
    list_url = discreet_words.DiscreetWordViewSet().get_url_name("list")
    return RightMenuItem(_("Words that betray"), list_url, discreet_words.SEES, icon_name="view", order=70)


@hooks.register("register_sms_menu_item")
def command_words_item():
    list_url = understood_words.CommandWordViewSet().get_url_name("list")
    return RightMenuItem(
        _("Command words"), list_url, understood_words.SEES_COMMANDS, icon_name="tag", order=80
    )


@hooks.register("register_sms_menu_item")
def cry_phrases_item():
    list_url = understood_words.CryPhraseViewSet().get_url_name("list")
    return RightMenuItem(
        _("Phrases of cries"), list_url, understood_words.SEES_PHRASES, icon_name="openquote", order=90
    )


@hooks.register("register_sms_menu_item")
def short_forms_item():
    list_url = understood_words.ShortFormViewSet().get_url_name("list")
    return RightMenuItem(
        _("Short forms"), list_url, understood_words.SEES_SHORT_FORMS, icon_name="cut", order=95
    )


hooks.register("insert_global_admin_js", urgent.banner_script)
hooks.register("insert_global_admin_css", urgent.banner_style)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("sms/urgent/", urgent.overview, name="sms_urgent"),
        path("sms/urgent/state/", urgent.state, name="sms_urgent_state"),
        path("sms/urgent/<int:pk>/take/", urgent.take, name="sms_urgent_take"),
        path("sms/urgent/<int:pk>/result/", urgent.result, name="sms_urgent_result"),
        path("sms/unmatched/", unmatched.overview, name="sms_unmatched"),
        path("sms/unmatched/<int:pk>/<slug:act>/", unmatched.handle, name="sms_unmatched_handle"),
        path("sms/gateways/", gateways.overview, name="sms_gateways"),
        path("sms/gateways/<int:pk>/", gateways.edit, name="sms_gateway"),
        path("sms/gateways/<int:pk>/pause/", gateways.pause, name="sms_gateway_pause"),
        path("sms/gateways/<int:pk>/resume/", gateways.resume, name="sms_gateway_resume"),
        path("sms/texts/", texts.overview, name="sms_texts"),
        path("sms/texts/find/", texts.find, name="sms_find"),
        path("sms/texts/<slug:index>/", texts.thread, name="sms_thread"),
        path("sms/texts/<slug:index>/answer/", texts.answer, name="sms_answer"),
        path("sms/texts/<slug:index>/number/", texts.unmask, name="sms_unmask"),
        path("sms/members/<int:pk>/", members.page, name="sms_member"),
        path("sms/broadcasts/", broadcasts.overview, name="sms_broadcasts"),
        path("sms/broadcasts/new/", broadcasts.add, name="sms_broadcast_add"),
        path("sms/broadcasts/<int:pk>/", broadcasts.page, name="sms_broadcast"),
        path("sms/broadcasts/<int:pk>/edit/", broadcasts.edit, name="sms_broadcast_edit"),
        path("sms/broadcasts/<int:pk>/state/", broadcasts.state, name="sms_broadcast_state"),
        path("sms/broadcasts/<int:pk>/confirm/", broadcasts.confirm, name="sms_broadcast_confirm"),
        path("sms/broadcasts/<int:pk>/pause/", broadcasts.pause, name="sms_broadcast_pause"),
        path("sms/broadcasts/<int:pk>/resume/", broadcasts.resume, name="sms_broadcast_resume"),
        path("sms/broadcasts/<int:pk>/cancel/", broadcasts.cancel, name="sms_broadcast_cancel"),
        path("sms/broadcasts/<int:pk>/delete/", broadcasts.throw_away, name="sms_broadcast_throw_away"),
        path("sms/journeys/", journeys.overview, name="sms_journeys"),
        path("sms/journeys/new/", journeys.add, name="sms_journey_add"),
        path("sms/journeys/<int:pk>/", journeys.edit, name="sms_journey"),
        path("sms/journeys/<int:pk>/start/", journeys.start, name="sms_journey_start"),
        path("sms/journeys/<int:pk>/stop/", journeys.stop, name="sms_journey_stop"),
        path("sms/unknown/", unknown.overview, name="sms_unknown"),
        path("sms/holds/", holds.overview, name="sms_holds"),
        path("sms/holds/<int:pk>/release/", holds.release, name="sms_hold_release"),
        path("sms/holds/<int:pk>/cancel/", holds.cancel, name="sms_hold_cancel"),
        path("sms/alarms/", alarms.overview, name="sms_alarms"),
        path("sms/alarms/<int:pk>/close/", alarms.close, name="sms_alarm_close"),
    ]


@hooks.register("construct_homepage_panels")
def tell_of_alarms(request, panels):
    if request.user.has_perm(rights.SEES):
        panels.append(alarms.OpenAlarms())
    if request.user.has_perm(rights.TAKES_CRIES):
        panels.append(urgent.WaitingCries())


# --- the log ---------------------------------------------------------------------------------
class Reasoned(LogFormatter):
    """What was done, with the reason that the person gave."""

    def format_comment(self, log_entry):
        return log_entry.data.get("reason", "")


class Paused(Reasoned):
    label = _("Pause a gateway")
    message = _("Gateway paused")


class Resumed(Reasoned):
    label = _("Resume a gateway")
    message = _("Gateway resumed")


class Edited(LogFormatter):
    label = _("Change a gateway")

    def format_message(self, log_entry):
        return translated("Gateway changed: %(fields)s") % {"fields": ", ".join(log_entry.data["fields"])}


class SafeContactNoted(LogFormatter):
    label = _("Note how a member is reached safely")
    message = _("Note on safe contact changed")


SENDING_ACTS = {
    broadcasts.CONFIRMED: (_("Send a broadcast"), _("Broadcast confirmed")),
    broadcasts.PAUSED: (_("Pause a broadcast"), _("Broadcast paused")),
    broadcasts.RESUMED: (_("Resume a broadcast"), _("Broadcast resumed")),
    broadcasts.CANCELLED: (_("Cancel a broadcast"), _("Broadcast cancelled")),
    journeys.EDITED: (_("Change a journey"), _("Journey changed")),
    journeys.STARTED: (_("Start a journey"), _("Journey started")),
    journeys.STOPPED: (_("Stop a journey"), _("Journey stopped")),
}


@hooks.register("register_log_actions")
def log_actions(actions):
    for action, (label, message) in SENDING_ACTS.items():
        actions.register_action(action, label, message)
    actions.register_action(pausing.PAUSED)(Paused)
    actions.register_action(pausing.RESUMED)(Resumed)
    actions.register_action(pausing.EDITED)(Edited)
    actions.register_action(members.NOTED)(SafeContactNoted)
