"""The desk's pages under the admin; the site's own `get_urls` puts them first."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from outreach.admin import (
    calendar,
    conversations,
    inbox,
    new_request,
    queue,
    request_fields,
    threads,
)
from outreach.admin.conversation_urls import conversation_pages
from outreach.admin.drip_urls import drip_pages
from outreach.admin.score_urls import score_pages

CAMPAIGN = "outreach/campaign/<uuid:campaign_id>/"
MESSAGE = "outreach/message/<uuid:message_id>/"
THREAD = "outreach/enrollment/<uuid:enrollment_id>/thread/"
MAIL = "inbox/<uuid:message_id>/"
EVENT = "inbox/event/<uuid:event_id>/"
TALK = "inbox/talk/<uuid:enrollment_id>/"


def outreach_urls(site: AdminSite) -> list[URLPattern]:
    """Every page behind the site's log-in."""

    def page(route: str, view: Callable[..., Any], name: str) -> URLPattern:
        return path(route, site.admin_view(view), name=f"outreach_{name}")

    return [
        page("review/", queue.review_page, "review"),
        page("review/pause/", queue.pause_everything, "pause_everything"),
        page(f"{CAMPAIGN}queue/", queue.queue_page, "campaign_queue"),
        page(f"{CAMPAIGN}drafting/", new_request.drafting, "campaign_drafting"),
        page(f"{CAMPAIGN}approve-all/preview/", queue.approve_all_preview, "campaign_approve_all_preview"),
        page(f"{CAMPAIGN}approve-all/", queue.approve_all, "campaign_approve_all"),
        page(f"{CAMPAIGN}pause/", queue.pause_campaign, "campaign_pause"),
        page(f"{CAMPAIGN}replies/", inbox.replies_page, "campaign_replies"),
        page(f"{CAMPAIGN}audit/", inbox.audit_page, "campaign_audit"),
        page(f"{MESSAGE}panel/", queue.panel, "message_panel"),
        page(f"{MESSAGE}approve/", queue.approve, "message_approve"),
        page(f"{MESSAGE}skip/", queue.skip, "message_skip"),
        page(f"{MESSAGE}reopen/", queue.reopen, "message_reopen"),
        page(f"{MESSAGE}log/", queue.log_manual, "message_log"),
        page(f"{MESSAGE}save/", queue.save, "message_save"),
        page(THREAD, threads.thread_page, "thread"),
        page(f"{THREAD}follow-up/", threads.follow_up, "thread_follow_up"),
        page(f"{THREAD}note/", threads.add_note, "thread_note"),
        page("outreach/attachment/<uuid:attachment_id>/", threads.download, "attachment"),
        *(page(*one) for one in drip_pages()),
        *(page(*one) for one in conversation_pages()),
        *(page(*one) for one in score_pages()),
        page("calendar/", calendar.calendar_page, "calendar"),
        page("calendar/try/", calendar.try_plan, "calendar_try"),
        page("calendar/plan/", calendar.set_plan, "calendar_plan"),
        page("inbox/", conversations.inbox_page, "inbox"),
        page("inbox/list/", conversations.list_fragment, "inbox_list"),
        page(f"{TALK}", conversations.pane_fragment, "talk"),
        page(f"{TALK}<slug:name>/", conversations.act, "talk_act"),
        page(f"{TALK}export.<slug:form>", conversations.export_file, "talk_export"),
        page("inbox/mail/", inbox.heard_page, "heard"),
        page(MAIL, inbox.mail_page, "mail"),
        page(f"{MAIL}read/", inbox.mark_read, "mail_read"),
        page(f"{MAIL}attach/", inbox.attach, "mail_attach"),
        page(f"{MAIL}dismiss/", inbox.dismiss, "mail_dismiss"),
        page(f"{EVENT}reprocess/", inbox.reprocess, "event_reprocess"),
        page(f"{EVENT}aside/", inbox.set_event_aside, "event_aside"),
        page("request/new/", new_request.new_page, "new_request"),
        page("request/new/read/", new_request.read, "request_read"),
        page("request/new/create/", new_request.create, "request_create"),
        page("request/<uuid:request_id>/campaign/", new_request.start, "request_campaign"),
        page("request/<uuid:request_id>/fields/", request_fields.page, "request_fields"),
        page("request/<uuid:request_id>/reread/", new_request.reread, "request_reread"),
    ]  # fmt: skip
