"""Hands e-mail to whatever carries it: SMTP, the console, or any provider anymail knows."""

import smtplib
from datetime import datetime

from anymail.exceptions import (
    AnymailAPIError,
    AnymailConfigurationError,
    AnymailError,
    AnymailRecipientsRefused,
)
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.utils.module_loading import import_string

from outreach.channels import outcomes, smtp
from outreach.channels.outcomes import Outcome
from outreach.channels.talk import Talk
from outreach.models import Mailbox, Message
from outreach.sending.render import render

# The provider says itself that it did not take the message. Any other answer from 500 on comes
# from something on the way, such as a gateway that waited in vain: the message may be on its way.
TEMPORARY_HTTP = frozenset({408, 425, 429, 500, 503})


def open_backend(mailbox: Mailbox) -> BaseEmailBackend:
    """The mail backend a mailbox names; ConfigurationProblem for a name nobody configured."""
    if mailbox.connection == "default":
        return get_connection()
    options = dict(settings.EMAIL_CONNECTIONS.get(mailbox.connection) or {})
    backend = options.pop("backend", None)
    if backend is None:
        raise AnymailConfigurationError(
            f"Mailbox “{mailbox.name}” names the connection “{mailbox.connection}”, which "
            "EMAIL_CONNECTIONS does not define."
        )
    return get_connection(backend, **options)


class EmailConnection:
    """One open connection, reused for many messages by one thread."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self.backend: BaseEmailBackend | None = None
        self.data_begun = False

    @property
    def shares_thread(self) -> bool:
        """Only SMTP tells what it waits for; a provider's client keeps its thread waiting."""
        named = settings.EMAIL_CONNECTIONS.get(self.mailbox.connection) or {}
        path = named.get("backend") or settings.EMAIL_BACKEND
        return issubclass(import_string(path), SmtpBackend)

    def open(self) -> Outcome | None:
        """Connect; None when ready, else why not. Nothing has been handed over yet."""
        try:
            if self.backend is None:
                self.backend = open_backend(self.mailbox)
            self.backend.open()
            if session := self._session:
                session.ehlo_or_helo_if_needed()
        except AnymailError as error:
            return outcomes.permanent(_words(error))
        except smtplib.SMTPAuthenticationError as error:
            return outcomes.temporary(_words(error), mailbox_trouble=True)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return outcomes.temporary(_words(error), mailbox_trouble=True)
        return None

    def prepare(self, message: Message, now: datetime) -> EmailMessage:
        """The mail as it will leave."""
        return render(message, now=now)

    @property
    def _session(self) -> smtplib.SMTP | None:
        session = getattr(self.backend, "connection", None)
        return session if isinstance(session, smtplib.SMTP) else None

    def _text_begins(self) -> None:
        self.data_begun = True

    def talk(self, message: EmailMessage) -> Talk[Outcome]:
        """Hand one message over. Never raises for what a provider or network does."""
        assert self.backend is not None
        self.data_begun = False
        try:
            if session := self._session:
                yield from smtp.hand_over(session, message, before_text=self._text_begins)
            else:
                self.backend.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            return self._by_code(code, _text(words))
        except smtplib.SMTPResponseException as error:
            return self._by_code(error.smtp_code, _text(error.smtp_error))
        except (AnymailRecipientsRefused, AnymailConfigurationError) as error:
            return outcomes.permanent(_words(error))
        except AnymailAPIError as error:
            return self._by_http(error)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            if self.data_begun:
                return outcomes.uncertain(f"The connection broke after the text: {_words(error)}")
            return outcomes.temporary(_words(error), mailbox_trouble=True)
        except (AnymailError, ValueError, UnicodeError) as error:
            return outcomes.permanent(_words(error))
        status = getattr(message, "anymail_status", None)
        provider = getattr(self.backend, "esp_name", "") or "smtp"
        return outcomes.sent(provider.lower(), getattr(status, "message_id", "") or "")

    def _by_code(self, code: int, words: str) -> Outcome:
        if code == 421:
            self.close()
            return outcomes.temporary(f"{code} {words}", mailbox_trouble=True)
        if 500 <= code < 600:
            return outcomes.permanent(f"{code} {words}")
        return outcomes.temporary(f"{code} {words}")

    def _by_http(self, error: AnymailAPIError) -> Outcome:
        code = getattr(error, "status_code", None)
        if code is None:
            # The request went out and no answer came back: the provider may have taken it.
            return outcomes.uncertain(_words(error))
        if code in TEMPORARY_HTTP:
            return outcomes.temporary(_words(error), mailbox_trouble=code in {429, 503})
        return (
            outcomes.uncertain(_words(error)) if code > 500 else outcomes.permanent(_words(error))
        )

    def close(self) -> None:
        """Let the connection go; a broken one may not even close."""
        if self.backend is None:
            return
        try:
            self.backend.close()
        except (smtplib.SMTPException, OSError):
            pass
        finally:
            self.backend = None


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:1000]


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
