"""The rules for replies as the desk comes, in the order they are asked."""

from outreach.choices import CampaignKind, ReplyAction, ReplyIntent
from outreach.conversations.decisions import Rule

A, I = ReplyAction, ReplyIntent  # noqa: E741
RFQ, SEQUENCE = CampaignKind.RFQ.value, CampaignKind.SEQUENCE.value


def _rule(name: str, actions: list[ReplyAction], intent: str = "", **conditions: object) -> Rule:
    names = tuple(action.value for action in actions)
    return Rule(name, names, intent=str(intent), **conditions)  # type: ignore[arg-type]


SHIPPED = (
    _rule("Wants us to stop", [A.OPT_OUT], I.OPT_OUT),
    _rule("Complaint", [A.STOP_PERSON, A.TELL_ADMIN], I.COMPLAINT),
    _rule("Not interested", [A.CLOSE_COLD], I.NOT_INTERESTED),
    _rule("Wrong person", [A.MARK_WRONG, A.FIND_CONTACT], I.WRONG_PERSON),
    # A vendor's yes is an offer, which the comparison reads.
    _rule("A vendor offers", [A.LEAVE], I.INTERESTED, campaign_kind=RFQ),
    _rule("Interested", [A.ESCALATE], I.INTERESTED),
    _rule("Glad", [A.ESCALATE], sentiment_over=0.5, campaign_kind=SEQUENCE),
    _rule(
        "Asks again", [A.ESCALATE, A.DRAFT_ANSWER], I.QUESTION,
        campaign_kind=SEQUENCE, engaged=True,
    ),
    _rule("Question", [A.DRAFT_ANSWER], I.QUESTION),
    _rule("Later, in a sequence", [A.RESUME], I.DEFERRAL, campaign_kind=SEQUENCE),
    _rule("Later", [A.REMIND], I.DEFERRAL),
    _rule("Names somebody else", [A.PROPOSE_CONTACT, A.THANK], I.REFERRAL),
    _rule("A vendor writes", [A.LEAVE], I.UNKNOWN, campaign_kind=RFQ),
    _rule("Unclear", [A.ASK_PERSON], I.UNKNOWN),
)  # fmt: skip
