"""The second factor: an authenticator's six digits after the password, for who set one up."""

import base64
import io
from collections.abc import Callable
from typing import Any

import qrcode
import qrcode.image.svg
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django_otp import login as verify_session
from django_otp import match_token, user_has_device
from django_otp.plugins.otp_totp.models import TOTPDevice

OWED = "second_factor_owed"
WRONG = "That code is not right, or it was used already. Wait for the next one and try again."


class SecondFactorMiddleware:
    """Lets nobody past the password who owes the second factor; OTPMiddleware comes before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = reverse("second_factor")
        free = {page, reverse("admin:logout"), reverse("admin:login")}
        if request.path.startswith(reverse("admin:index")) and request.path not in free:
            user = request.user
            if isinstance(user, User) and owes_second_factor(request, user):
                return redirect(f"{page}?next={request.path}")
        return self.get_response(request)


def owes_second_factor(request: HttpRequest, user: User) -> bool:
    """A set-up factor must be shown in every session; a required one must be set up first.

    Whether one is set up is looked up once, at log-in, and kept in the session.
    """
    if user.is_verified():  # type: ignore[attr-defined]
        return False
    return settings.REQUIRE_SECOND_FACTOR or bool(request.session.get(OWED))


@receiver(user_logged_in)
def note_factor(sender: Any, request: HttpRequest | None, user: User, **_signal: Any) -> None:
    """At log-in: does this person have to show a second factor in this session?"""
    if request is not None and hasattr(request, "session"):
        request.session[OWED] = user_has_device(user)


@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code; without a device, help to set one up. Only POST changes anything."""
    user = request.user
    assert isinstance(user, User)
    problem = ""
    if request.method == "POST":
        token = request.POST.get("token", "").replace(" ", "")[:10]
        if "begin" in request.POST and not user_has_device(user):
            TOTPDevice.objects.filter(user=user, confirmed=False).delete()
            TOTPDevice.objects.create(user=user, name="Authenticator", confirmed=False)
        elif _accept(request, user, token):
            return redirect(_next(request))
        else:
            problem = WRONG
    pending = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    context = {
        **admin.site.each_context(request),
        "title": "Second factor",
        "has_device": user_has_device(user),
        "pending": pending,
        "picture": _picture(pending.config_url) if pending else "",
        "secret": base64.b32encode(pending.bin_key).decode() if pending else "",
        "problem": problem,
        "verified": user.is_verified(),  # type: ignore[attr-defined]
        "next": _next(request),
    }
    return TemplateResponse(request, "admin/second_factor.html", context)


def _accept(request: HttpRequest, user: User, token: str) -> bool:
    device = match_token(user, token)
    if device is None and not user_has_device(user):
        pending = TOTPDevice.objects.filter(user=user, confirmed=False).first()
        if pending and pending.verify_token(token):
            pending.confirmed = True
            pending.save(update_fields=["confirmed"])
            device = pending
    if device is None:
        return False
    verify_session(request, device)
    return True


def _next(request: HttpRequest) -> str:
    """Where the person was going; only ever a page of the admin."""
    wanted = str(request.GET.get("next") or request.POST.get("next") or "")
    home = reverse("admin:index")
    return wanted if wanted.startswith(home) and "//" not in wanted[1:] else home


def _picture(url: str) -> str:
    """The QR code as a data address; the content policy lets no other picture in."""
    buffer = io.BytesIO()
    qrcode.make(url, image_factory=qrcode.image.svg.SvgPathImage, box_size=14).save(buffer)
    return "data:image/svg+xml;base64," + base64.b64encode(buffer.getvalue()).decode()
