"""Addresses of the positions screens."""

from django.urls import include, path, re_path

from positions import views

app_name = "positions"
urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("position/<slug:actor>/<slug:issue>/", views.position, name="position"),
    path("timeline/", views.timeline, name="timeline"),
    path("timeline/figure/", views.timeline_figure, name="timeline-figure"),
    path("shifts/", views.shifts, name="shifts"),
    path("shifts.atom", views.shifts_feed, name="shifts-feed"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>/read-again/", views.read_again, name="read_again"),
    path("statement/<int:pk>/", views.statement, name="statement"),
    path("actor/<slug:slug>/", views.actor, name="actor"),
    path("issue/<slug:slug>/", views.issue, name="issue"),
    path("coverage/", views.coverage, name="coverage"),
    path("search/", views.search, name="search"),
    path("methodology/", views.methodology, name="methodology"),
    path("theme/", views.theme, name="theme"),
    # A screen's selection as a file: the matrix, which stands at the root, goes by its name.
    re_path(
        r"^(?P<table>matrix|timeline|statements|shifts)\.(?P<kind>csv|json|svg|png)$",
        views.download,
        name="download",
    ),
    path("views/", views.saved, name="saved"),
    path("views/save/", views.save_view, name="save-view"),
    path("views/<int:pk>/rename/", views.rename_view, name="rename-view"),
    path("views/<int:pk>/delete/", views.delete_view, name="delete-view"),
    path("api/", views.api, name="api"),
    path("api/tokens/", views.make_token, name="make-token"),
    path("api/tokens/<int:pk>/revoke/", views.revoke_token, name="revoke-token"),
    path("api/v1/", include("positions.api.urls")),
]
