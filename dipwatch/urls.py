"""All addresses of the site."""

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from dipwatch.health import healthz

handler500 = "positions.api.answers.server_error"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("sign-in/", LoginView.as_view(redirect_authenticated_user=True), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("admin/", admin.site.urls),
    path("", include("positions.urls")),
    path("", include("articles.urls")),
]
