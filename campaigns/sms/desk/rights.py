"""Who may see and do what. `staff.roles` gives these to coordinators and administrators."""

from functools import wraps

from django.core.exceptions import PermissionDenied

# See the texts, the gateways' state, what waits; change a gateway; decide about an unknown text; let go
# what is above a cap; see and write how a member may be reached; say what becomes of a text that was not
# understood, and answer by hand; take a cry for help; write a broadcast; send, pause and cancel one.
SEES = "campaigns.view_outboundmessage"
ACTS = "campaigns.change_gateway"
DECIDES = "campaigns.add_decision"
RELEASES = "campaigns.release_hold"
SEES_MEMBERS = "campaigns.view_member"
HANDLES = "campaigns.add_handling"
TAKES_CRIES = "campaigns.change_cry"
WRITES_BROADCASTS = "campaigns.add_broadcast"
SENDS = "campaigns.send_broadcast"
WRITES_MEMBERS = "campaigns.change_member"


def needs(permission):
    """Decorate a view: only with `permission`; the admin says so to everybody else."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
