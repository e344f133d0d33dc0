"""The public address of the unsubscribe page."""

from django.urls import path

from compliance.unsubscribe.views import unsubscribe

urlpatterns = [path("u/<str:token>", unsubscribe, name="unsubscribe")]
