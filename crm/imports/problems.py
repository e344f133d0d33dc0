"""What can be wrong with a file or a row: a reason code for programs, a sentence for people."""

from django.db.models import TextChoices

from crm.errors import CrmError


class Reason(TextChoices):
    """Why a row stayed out, or (the last group) what to look at in a row that is in."""

    RAGGED = "ragged_row", "More or fewer cells than the header"
    BAD_QUOTES = "bad_quotes", "Quotation marks that do not match"
    NUL = "nul_character", "A NUL character"
    TOO_LONG = "too_long", "Longer than the field holds"
    UNREADABLE = "unreadable_character", "A character that cannot be read"
    SHEET_ERROR = "sheet_error", "An error of the spreadsheet in a cell"
    FORMULA = "formula_without_value", "A formula that was never computed"
    TWO_VALUES = "two_values", "Two columns of one meaning that differ"
    BAD_EMAIL = "bad_email", "No e-mail address"
    BAD_PHONE = "bad_phone", "No phone number"
    BAD_URL = "bad_url", "No address of a page"
    BAD_DOMAIN = "bad_domain", "No domain"
    BAD_COUNTRY = "bad_country", "No country"
    BAD_TIMEZONE = "bad_timezone", "No time zone"
    BAD_LINE = "bad_line_type", "No kind of line"
    BAD_NUMBER = "bad_number", "No number"
    BAD_AMOUNT = "bad_amount", "No amount of money"
    BAD_STATE = "bad_state", "No US state"
    BAD_PARCEL = "bad_parcel", "No parcel number"
    NO_PLACE = "no_place", "Parcel, county or state is missing"
    NO_ADDRESS = "no_address", "No address to write to or call"
    DUPLICATE = "duplicate_in_file", "The same person or company in an earlier row"
    SHARED = "shared_address", "One mailbox for two names"
    SHARED_NUMBER = "shared_number", "A tax id or registration number of another company"
    AMBIGUOUS = "ambiguous_company", "Several companies of that name"
    REFUSED = "refused", "Refused by the desk's own rules"
    ROLE_ACCOUNT = "role_account", "A mailbox of a role, not of a person"
    DISPOSABLE = "disposable_domain", "A throw-away mailbox"
    MOVED = "moved_company", "Was known at another company"
    DIFFERS = "differs_in_file", "Told otherwise by an earlier row"
    STOPPED = "asked_to_stop", "Asked us to stop: made no lead"


class BadFileError(CrmError):
    """A file that cannot be read as a whole; nothing of it was taken in."""


class RefusedRowError(CrmError):
    """One row that cannot be taken in: where, what stood there, and why."""

    def __init__(self, code: Reason, words: str, *, column: str = "", value: str = "") -> None:
        super().__init__(words)
        self.code, self.column, self.value = code, column, value
