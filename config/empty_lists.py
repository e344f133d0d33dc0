"""What an empty list says: what would stand there, and what to do so that something does."""

from collections.abc import Callable

WORDS: dict[str, str] = {
    "outreach.campaign": "A campaign begins with New request, from a segment, or from a sequence.",
    "crm.request": "Type what a client wants under New request; it is kept here.",
    "quotes.quote": "Offers appear by themselves as vendors answer. What came by phone is entered "
    "on a campaign's Compare tab.",
    "crm.lead": "Take in a list of leads under Imports, or add one by hand.",
    "crm.property": "Properties come with a list of leads, under Imports; or add one by hand.",
    "crm.contact": "Take in a list under Imports, or add somebody by hand.",
    "crm.company": "Take in a list under Imports, or add one by hand. Vendors need a category and "
    "an address to be asked for offers.",
    "crm.importbatch": "Press Import a list above: it is checked before anything is kept.",
    "crm.importprofile": "Give a profile a name in the second step of an import, and the next list "
    "with the same headings is read like it.",
    "crm.category": "Categories ship with the desk: run manage.py migrate again, or add one.",
    "compliance.suppression": "Nobody has asked us to stop. Bring over the list of your last "
    "system with Import a list.",
    "compliance.callingruleversion": "The shipped rules are missing, so no text may leave: run "
    "manage.py migrate again.",
    "compliance.holidayruleversion": "The shipped holidays are missing: run manage.py migrate "
    "again.",
    "compliance.blackoutday": "Add a day on which nothing shall leave, such as one of mourning.",
    "compliance.emaillawversion": "The shipped laws are missing, so no cold mail may leave: run "
    "manage.py migrate again.",
    "compliance.internaldncnumber": "Nobody has asked us not to call. Who does is entered here, "
    "one by one or as a file.",
    "compliance.dncversion": "No list was taken in. Import the lists of your area codes under "
    "Do-not-call lists.",
    "compliance.dncfile": "No file was handed in. Import lists under Do-not-call lists.",
    "compliance.consent": "Marketing texts need a written consent. Enter one by hand, or many with "
    "manage.py consent import.",
    "compliance.auditentry": "Whatever somebody does here is written down.",
    "outreach.message": "Drafts, what was sent and what came back stand here, newest first.",
    "outreach.providerevent": "What mail and text providers report is kept here. Point their "
    "webhooks at this desk.",
    "outreach.knowledgeentry": "Add the questions people ask and your answers: the desk drafts "
    "replies from them, and from nothing else.",
    "outreach.decisionrule": "Without rules every reply waits for a person. Run manage.py migrate "
    "again for those that ship.",
    "outreach.staffduty": "Hot conversations need somebody to go to: add yourself, and how you "
    "want to be told.",
    "outreach.handoffpolicy": "Add one to say who is told first, and after how many minutes the "
    "next.",
    "outreach.mailbox": "Nothing can be sent without one: add the address you write from.",
    "quotes.exchangerate": "Prices in other currencies cannot be compared: run manage.py migrate "
    "again, or add rates.",
    "outreach.outreachpolicy": "Add it to force a person's approval of every message.",
    "outreach.airun": "No model was asked. Set AI_MODEL to have one; without it the rules do the "
    "work.",
    "outreach.apikey": "Programs need a key: add one, and give it no more scopes than it uses.",
    "outreach.webhookendpoint": "Add the address of a program that wants to know of replies, hot "
    "leads, quotes and wishes to stop.",
    "outreach.webhookdelivery": "Once a program is entered under Webhooks, what was told to it "
    "stands here.",
    "outreach.contactproposal": "Whom replies name waits under Proposals; what was decided of "
    "them is kept here.",
}


# For who may not do what the sentence says: how something comes to stand there without them.
FOR_READERS: dict[str, str] = {
    "outreach.campaign": "Campaigns stand here once a colleague begins one.",
    "crm.request": "What clients want stands here once a colleague types it in.",
    "quotes.quote": "Offers appear by themselves as vendors answer.",
    "crm.lead": "Leads stand here once a colleague takes in a list or adds one.",
    "crm.property": "Properties come with a list of leads that a colleague takes in.",
    "crm.contact": "People stand here once a colleague takes in a list or adds somebody.",
    "crm.company": "Companies stand here once a colleague who may adds one or takes in a list.",
    "crm.importbatch": "Each list that a colleague takes in stands here.",
    "crm.importprofile": "Profiles stand here once a colleague keeps a list’s columns as one.",
    "crm.category": "The shipped categories are missing: tell whoever looks after the desk.",
    "compliance.suppression": "Nobody has asked us to stop.",
    "compliance.callingruleversion": "The shipped rules are missing, so no text may leave: tell "
    "whoever looks after the desk.",
    "compliance.holidayruleversion": "The shipped holidays are missing: tell whoever looks after "
    "the desk.",
    "compliance.blackoutday": "Days on which nothing shall leave stand here; none is set.",
    "compliance.emaillawversion": "The shipped laws are missing, so no cold mail may leave: tell "
    "whoever looks after the desk.",
    "compliance.internaldncnumber": "Nobody has asked us not to call.",
    "compliance.dncversion": "No list was taken in. A colleague who may does it.",
    "compliance.dncfile": "No file was handed in. A colleague who may does it.",
    "compliance.consent": "Marketing texts need a written consent; none is kept yet.",
    "outreach.knowledgeentry": "The desk drafts replies from the questions and answers that "
    "colleagues write here.",
    "outreach.decisionrule": "Without rules every reply waits for a person.",
    "outreach.staffduty": "Nobody is on duty: hot conversations have nobody to go to.",
    "outreach.handoffpolicy": "Nothing is set: who is told first is not agreed.",
    "outreach.mailbox": "Nothing can be sent until a colleague who may adds an address.",
    "quotes.exchangerate": "Prices in other currencies cannot be compared: tell whoever looks "
    "after the desk.",
    "outreach.outreachpolicy": "Nothing is set: each campaign says what a person approves.",
}
# What the sentence above asks for, where it is more than adding to this very list.
RIGHTS: dict[str, str] = {
    "compliance.dncversion": "compliance.add_dncfile",
    "outreach.outreachpolicy": "outreach.change_outreachpolicy",
}


def words_for(label: str, may: Callable[[str], bool] = lambda _right: True) -> str:
    """The sentence for a model by its label, such as “crm.contact”; "" where none is known.

    `may` says whether the reader holds a right: nobody is told to do what they cannot.
    """
    app, _dot, model = label.partition(".")
    if label in FOR_READERS and not may(RIGHTS.get(label, f"{app}.add_{model}")):
        return FOR_READERS[label]
    return WORDS.get(label, "")
