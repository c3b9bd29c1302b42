"""Approval in two steps: a reviewer reads the page, a coordinator publishes it.

What is made here is Wagtail's own workflow: administrators may change it, and it stays as they leave it.
"""

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.translation import gettext, override
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from outreach_site.staff.models import Review

# What every new Wagtail comes with: one step, by a group that nobody here belongs to.
STOCK_WORKFLOW = "Moderators approval"
STOCK_GROUPS = ("Moderators", "Editors")


def ensure_workflow():
    """Return the workflow of the whole site; make it where there is none, or only Wagtail's stock one."""
    root = Page.get_first_root_node()
    now = WorkflowPage.objects.select_related("workflow").filter(page=root).first()
    if now and now.workflow.name != STOCK_WORKFLOW:
        return now.workflow
    with override(settings.LANGUAGE_CODE):
        # Translators: name of a workflow; pages go through it before they are published.
        name, first, second = gettext("Approval"), gettext("Reviewer reads"), gettext("Coordinator publishes")
    workflow = Workflow.objects.create(name=name)
    _steps(workflow, _review(first, _role("reviewer")), _publishing(second))
    assign(workflow, root)
    if now:
        _retire(now.workflow)
    return workflow


def ensure_section_workflow(section):
    """Return the workflow of `section`: its own reviewers, then the coordinators of the whole site."""
    if section.workflow:
        return section.workflow
    last = ensure_workflow().workflow_tasks.order_by("sort_order").last()
    with override(settings.LANGUAGE_CODE):
        name = gettext("Approval: %(section)s") % {"section": section.name}
        first = gettext("Reviewer reads: %(section)s") % {"section": section.name}
        second = gettext("Coordinator publishes")
    workflow = Workflow.objects.create(name=name)
    task = last.task if last else _publishing(second)
    _steps(workflow, _review(first, section.reviewers), task)
    return workflow


def assign(workflow, page):
    """Have `workflow` govern `page` and all below it that has none of its own."""
    if workflow:
        WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})


def _role(name):
    return Group.objects.get_or_create(name=name)[0]


def _review(name, group):
    task = Review.objects.create(name=name)
    task.groups.add(group)
    return task


def _publishing(name):
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.add(_role("coordinator"))
    return task


def _steps(workflow, *tasks):
    for order, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=order)


def _retire(workflow):
    """Put Wagtail's stock workflow away, and its groups, which may publish, unless somebody is in them."""
    if workflow.workflow_states.filter(status=WorkflowState.STATUS_IN_PROGRESS).exists():
        # What was submitted through it is not sent back because of us.
        return
    workflow.deactivate()
    Group.objects.filter(name__in=STOCK_GROUPS, user=None).delete()
