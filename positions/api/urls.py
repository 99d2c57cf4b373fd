"""Addresses of the API. Version 1 may gain fields and endpoints, never lose them."""

from django.urls import path, re_path

from positions.api import views

urlpatterns = [
    path("", views.index, name="api-index"),
    path("openapi.json", views.openapi, name="api-openapi"),
    path("matrix", views.table, {"table": "matrix"}, name="api-matrix"),
    path("timeline", views.table, {"table": "timeline"}, name="api-timeline"),
    path("shifts", views.table, {"table": "shifts"}, name="api-shifts"),
    path("statements", views.statements, name="api-statements"),
    path("articles", views.articles, name="api-articles"),
    path("issues", views.issues, name="api-issues"),
    path("actors", views.actors, name="api-actors"),
    re_path("^(?P<rest>.+)$", views.nothing),
]
